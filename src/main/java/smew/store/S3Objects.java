package smew.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Single objects of S3: every request that Smew makes there. Bytes are compared with checksums both ways. */
final class S3Objects implements AutoCloseable {

    /** S3 deletes so many at once. */
    private static final int DELETED_AT_ONCE = 1000;

    private final Aws aws;
    private final S3Settings settings;
    private final S3AsyncClient client;

    private S3Objects(Aws aws, S3Settings settings, S3AsyncClient client) {
        this.aws = aws;
        this.settings = settings;
        this.client = client;
    }

    static S3Objects open(StoreSettings settings) {
        Aws aws = Aws.open(settings.aws());
        boolean pathStyle = settings.s3().pathStyle().orElseGet(aws::elsewhere);
        return new S3Objects(
                aws, settings.s3(), aws.client(S3AsyncClient.builder().forcePathStyle(pathStyle)));
    }

    /**
     * One object as S3 lists it.
     *
     * @param etag changes with the content
     */
    record Listed(String key, long bytes, String etag) {}

    /** The bytes of an object and what tells them from later ones. */
    record Read(byte[] bytes, String etag) {}

    Optional<Read> read(S3Location object) {
        try {
            var answer = client.getObject(
                            request -> request.bucket(object.bucket()).key(object.key()),
                            AsyncResponseTransformer.<GetObjectResponse>toBytes())
                    .join();
            return Optional.of(new Read(answer.asByteArray(), answer.response().eTag()));
        } catch (CompletionException failed) {
            if (AwsFailure.code(failed).equals("NoSuchKey")) {
                return Optional.empty();
            }
            throw AwsFailure.of("Reading " + object, failed);
        }
    }

    /** An object's size and ETag, if it exists. */
    Optional<Listed> look(S3Location object) {
        try {
            var head = client.headObject(
                            request -> request.bucket(object.bucket()).key(object.key()))
                    .join();
            return Optional.of(new Listed(object.key(), head.contentLength(), head.eTag()));
        } catch (CompletionException failed) {
            // A HEAD has no body to tell a missing key from a missing bucket.
            if (AwsFailure.status(failed) == 404) {
                return Optional.empty();
            }
            throw AwsFailure.of("Looking for " + object, failed);
        }
    }

    /** What S3 knows of the content of an object as a whole. */
    Optional<Proof> proof(S3Location object) {
        return Proof.of(Aws.await(
                "Looking for " + object,
                client.headObject(request ->
                        request.bucket(object.bucket()).key(object.key()).checksumMode(ChecksumMode.ENABLED))));
    }

    /** Every object below a prefix. */
    List<Listed> below(S3Location prefix) {
        List<Listed> all = new ArrayList<>();
        pages(
                prefix,
                "",
                page -> page.contents()
                        .forEach(object -> all.add(new Listed(object.key(), object.size(), object.eTag()))));
        return all;
    }

    /** The names directly below a prefix that ends with a slash, or is empty. */
    List<String> names(S3Location prefix) {
        List<String> names = new ArrayList<>();
        int start = prefix.key().length();
        pages(prefix, "/", page -> {
            page.commonPrefixes()
                    .forEach(below -> names.add(
                            below.prefix().substring(start, below.prefix().length() - 1)));
            page.contents().forEach(object -> names.add(object.key().substring(start)));
        });
        return names.stream().filter(name -> !name.isEmpty()).sorted().toList();
    }

    private void pages(S3Location prefix, String delimiter, Consumer<ListObjectsV2Response> page) {
        String doing = "Listing " + prefix;
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(prefix.bucket()).prefix(prefix.key());
        if (!delimiter.isEmpty()) {
            request.delimiter(delimiter);
        }
        ListObjectsV2Response answer = Aws.await(doing, client.listObjectsV2(request.build()));
        page.accept(answer);
        while (Boolean.TRUE.equals(answer.isTruncated())) {
            answer = Aws.await(
                    doing,
                    client.listObjectsV2(request.continuationToken(answer.nextContinuationToken())
                            .build()));
            page.accept(answer);
        }
    }

    /** Part of an object into the same place of a file that exists, if the object is still the one with this ETag. */
    CompletableFuture<GetObjectResponse> range(S3Location object, String etag, long from, long bytes, Path file) {
        return client.getObject(
                request -> request.bucket(object.bucket())
                        .key(object.key())
                        .ifMatch(etag)
                        .range("bytes=" + from + "-" + (from + bytes - 1)),
                Ranges.into(file, from));
    }

    /** A whole object into a file that exists; S3's own checksum is compared. */
    CompletableFuture<GetObjectResponse> whole(S3Location object, String etag, Path file) {
        return client.getObject(
                request -> request.bucket(object.bucket()).key(object.key()).ifMatch(etag), Ranges.into(file, 0));
    }

    /** Writes an object in one request. */
    CompletableFuture<?> put(S3Location object, AsyncRequestBody body) {
        return client.putObject(putRequest(object).build(), body);
    }

    /**
     * Writes an object if it is still the one with this ETag, or still absent.
     *
     * @throws CompletionException with S3's refusal
     */
    void putIf(S3Location object, byte[] bytes, Optional<String> etag) {
        PutObjectRequest.Builder request = putRequest(object);
        etag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        client.putObject(request.build(), AsyncRequestBody.fromBytes(bytes)).join();
    }

    private PutObjectRequest.Builder putRequest(S3Location object) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .checksumAlgorithm(ChecksumAlgorithm.CRC32);
        settings.storageClass().ifPresent(request::storageClass);
        settings.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        return request;
    }

    /** Begins an upload in parts; the answer is its id. */
    CompletableFuture<String> begin(S3Location object) {
        return client.createMultipartUpload(request -> {
                    request.bucket(object.bucket()).key(object.key()).checksumAlgorithm(ChecksumAlgorithm.CRC32);
                    settings.storageClass().ifPresent(request::storageClass);
                    settings.kmsKey()
                            .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                    .ssekmsKeyId(key));
                })
                .thenApply(begun -> begun.uploadId());
    }

    /** Uploads one part, numbered from 1. */
    CompletableFuture<CompletedPart> part(S3Location object, String upload, int number, ByteBuffer bytes) {
        return client.uploadPart(
                        request -> request.bucket(object.bucket())
                                .key(object.key())
                                .uploadId(upload)
                                .partNumber(number)
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32),
                        AsyncRequestBody.fromByteBufferUnsafe(bytes))
                .thenApply(done -> CompletedPart.builder()
                        .partNumber(number)
                        .eTag(done.eTag())
                        .checksumCRC32(done.checksumCRC32())
                        .build());
    }

    CompletableFuture<?> complete(S3Location object, String upload, List<CompletedPart> parts) {
        return client.completeMultipartUpload(request -> request.bucket(object.bucket())
                .key(object.key())
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts)));
    }

    CompletableFuture<?> abort(S3Location object, String upload) {
        return client.abortMultipartUpload(
                request -> request.bucket(object.bucket()).key(object.key()).uploadId(upload));
    }

    /** Uploads in parts below a prefix that were begun and not ended. */
    List<MultipartUpload> begun(S3Location prefix) {
        return Aws.await(
                        "Listing the uploads of " + prefix,
                        client.listMultipartUploads(
                                request -> request.bucket(prefix.bucket()).prefix(prefix.key())))
                .uploads();
    }

    void delete(String bucket, List<String> keys) {
        for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = keys.subList(from, Math.min(keys.size(), from + DELETED_AT_ONCE)).stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            String doing = "Deleting s3://" + bucket + "/" + keys.get(from);
            var answer = Aws.await(
                    doing,
                    client.deleteObjects(request -> request.bucket(bucket)
                            .delete(Delete.builder().objects(some).quiet(true).build())));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                var first = answer.errors().getFirst();
                throw new SmewException(
                        Fault.OUTSIDE,
                        "Deleting s3://" + bucket + "/" + first.key() + ": S3 refused it (" + first.code() + ": "
                                + first.message() + ").");
            }
        }
    }

    @Override
    public void close() {
        client.close();
        aws.close();
    }
}
