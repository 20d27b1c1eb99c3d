package smew.store;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Objects that are uploaded in parts. S3 compares each part with its checksum, which goes before it: one that comes after it, as
 * the SDK sends it by itself, not every server looks at.
 */
final class S3Parts {

    /** Of cleaning up after a failure: soon the cause is told, and {@code prune} has to do the rest. */
    static final AwsRequestOverrideConfiguration CLEAN = AwsRequestOverrideConfiguration.builder()
            .apiCallTimeout(Duration.ofSeconds(10))
            .build();

    private final S3AsyncClient client;
    private final S3Settings settings;
    private final AwsRequestOverrideConfiguration brief;

    S3Parts(S3AsyncClient client, S3Settings settings, AwsRequestOverrideConfiguration brief) {
        this.client = client;
        this.settings = settings;
        this.brief = brief;
    }

    CompletableFuture<CreateMultipartUploadResponse> begin(S3Location object) {
        return client.createMultipartUpload(request -> {
            request.bucket(object.bucket())
                    .key(object.key())
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .overrideConfiguration(brief);
            settings.storageClass().ifPresent(request::storageClass);
            settings.kmsKey()
                    .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                            .ssekmsKeyId(key));
        });
    }

    /** Uploads one part, numbered from 1. */
    CompletableFuture<UploadPartResponse> part(S3Location object, String upload, int number, ByteBuffer bytes) {
        return client.uploadPart(
                request -> request.bucket(object.bucket())
                        .key(object.key())
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumCRC32(Proof.crc32(bytes)),
                AsyncRequestBody.fromByteBufferUnsafe(bytes));
    }

    /**
     * Makes an object of the parts.
     *
     * @param parts the answers to all parts, in order
     */
    CompletableFuture<?> complete(S3Location object, String upload, List<UploadPartResponse> parts) {
        List<CompletedPart> numbered = IntStream.range(0, parts.size())
                .mapToObj(i -> CompletedPart.builder()
                        .partNumber(i + 1)
                        .eTag(parts.get(i).eTag())
                        .checksumCRC32(parts.get(i).checksumCRC32())
                        .build())
                .toList();
        return client.completeMultipartUpload(request -> request.bucket(object.bucket())
                .key(object.key())
                .uploadId(upload)
                .multipartUpload(all -> all.parts(numbered)));
    }

    /** Ends an upload that shall become no object. One that S3 does not know has ended already. */
    void abort(S3Location object, String upload) {
        try {
            client.abortMultipartUpload(request -> request.bucket(object.bucket())
                            .key(object.key())
                            .uploadId(upload)
                            .overrideConfiguration(CLEAN))
                    .join();
        } catch (CompletionException failed) {
            if (AwsFailure.status(failed) != 404) {
                throw AwsFailure.of("Ending the upload of " + object, failed);
            }
        }
    }

    /** Uploads below a prefix that were begun and not ended. */
    List<MultipartUpload> begun(S3Location prefix) {
        String doing = "Listing the uploads of " + prefix;
        List<MultipartUpload> all = new ArrayList<>();
        ListMultipartUploadsRequest.Builder request = ListMultipartUploadsRequest.builder()
                .bucket(prefix.bucket())
                .prefix(prefix.key())
                .overrideConfiguration(brief);
        ListMultipartUploadsResponse page = Aws.await(doing, client.listMultipartUploads(request.build()));
        all.addAll(page.uploads());
        while (Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null) {
            page = Aws.await(
                    doing,
                    client.listMultipartUploads(request.keyMarker(page.nextKeyMarker())
                            .uploadIdMarker(page.nextUploadIdMarker())
                            .build()));
            all.addAll(page.uploads());
        }
        return all;
    }
}
