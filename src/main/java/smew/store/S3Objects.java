package smew.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
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
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Single objects of S3: requests that need one answer. Bytes are compared with checksums both ways. */
final class S3Objects implements AutoCloseable {

    private final Aws aws;
    private final S3Settings settings;
    private final S3AsyncClient client;

    /** For requests whose answer is short. */
    private final AwsRequestOverrideConfiguration brief;

    private S3Objects(Aws aws, S3Settings settings, S3AsyncClient client) {
        this.aws = aws;
        this.settings = settings;
        this.client = client;
        this.brief = AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(aws.attempt())
                .build();
    }

    static S3Objects open(StoreSettings settings) {
        Aws aws = Aws.open(settings.aws());
        boolean pathStyle = settings.s3().pathStyle().orElseGet(aws::elsewhere);
        try {
            return new S3Objects(
                    aws, settings.s3(), aws.client(S3AsyncClient.builder().forcePathStyle(pathStyle), Aws.TRANSFER));
        } catch (RuntimeException failed) {
            aws.close();
            throw AwsFailure.of("Reaching S3", failed);
        }
    }

    /** Uploads in parts. */
    S3Parts parts() {
        return new S3Parts(client, settings, brief);
    }

    /**
     * One object as S3 lists it.
     *
     * @param etag changes with the content
     */
    record Listed(String key, long bytes, String etag, Instant modified) {}

    /** The bytes of an object and what tells them from later ones. */
    record Read(byte[] bytes, String etag) {}

    /** The bytes of an object; what arrives damaged is asked for once more. */
    Optional<Read> read(S3Location object) {
        for (int attempt = 1; attempt <= 2; attempt++) {
            Optional<ResponseBytes<GetObjectResponse>> answer = get(object);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes = answer.get().asByteArrayUnsafe();
            GetObjectResponse told = answer.get().response();
            if (Proof.of(told).map(proof -> proof.fits(bytes)).orElse(true)) {
                return Optional.of(new Read(bytes, told.eTag()));
            }
        }
        throw Proof.damaged(object);
    }

    private Optional<ResponseBytes<GetObjectResponse>> get(S3Location object) {
        try {
            return Optional.of(client.getObject(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .overrideConfiguration(brief),
                            AsyncResponseTransformer.<GetObjectResponse>toBytes())
                    .join());
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
            var head = client.headObject(request ->
                            request.bucket(object.bucket()).key(object.key()).overrideConfiguration(brief))
                    .join();
            return Optional.of(new Listed(object.key(), head.contentLength(), head.eTag(), head.lastModified()));
        } catch (CompletionException failed) {
            // A HEAD has no body to tell a missing key from a missing bucket.
            if (AwsFailure.status(failed) == 404) {
                return Optional.empty();
            }
            throw explained("Looking for " + object, object, failed);
        }
    }

    /** Nor has it one to tell an expired sign-in from a bucket in another region: a GET is told. */
    private SmewException explained(String doing, S3Location object, CompletionException failed) {
        if (AwsFailure.status(failed) == 0) {
            return AwsFailure.of(doing, failed);
        }
        try {
            client.getObject(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .range("bytes=0-0")
                                    .overrideConfiguration(brief),
                            AsyncResponseTransformer.<GetObjectResponse>toBytes())
                    .join();
            return AwsFailure.of(doing, failed);
        } catch (CompletionException telling) {
            return AwsFailure.of(doing, AwsFailure.code(telling).isEmpty() ? failed : telling);
        }
    }

    /** What S3 knows of the content of an object as a whole. */
    Optional<Proof> proof(S3Location object) {
        return Proof.of(Aws.await(
                "Looking for " + object,
                client.headObject(request -> request.bucket(object.bucket())
                        .key(object.key())
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(brief))));
    }

    /** Every object below a prefix. */
    List<Listed> below(S3Location prefix) {
        List<Listed> all = new ArrayList<>();
        pages(
                prefix,
                "",
                page -> page.contents()
                        .forEach(object -> all.add(
                                new Listed(object.key(), object.size(), object.eTag(), object.lastModified()))));
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
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(prefix.bucket())
                .prefix(prefix.key())
                .overrideConfiguration(brief);
        if (!delimiter.isEmpty()) {
            request.delimiter(delimiter);
        }
        ListObjectsV2Response answer = Aws.await(doing, client.listObjectsV2(request.build()));
        page.accept(answer);
        while (Boolean.TRUE.equals(answer.isTruncated()) && answer.nextContinuationToken() != null) {
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
                        Ranges.into(file, from))
                .thenApply(answer -> {
                    if (answer.contentLength() != bytes) {
                        throw new SmewException(
                                Fault.OUTSIDE,
                                "Reading " + object + ": asked for " + bytes + " bytes, and " + answer.contentLength()
                                        + " came. What answers there does not read in ranges as S3 does.");
                    }
                    return answer;
                });
    }

    /** A whole object into a file that exists; S3's own checksum is compared. */
    CompletableFuture<GetObjectResponse> whole(S3Location object, String etag, Path file) {
        return client.getObject(
                request -> request.bucket(object.bucket()).key(object.key()).ifMatch(etag), Ranges.into(file, 0));
    }

    /** Writes an object in one request. */
    CompletableFuture<?> put(S3Location object, byte[] bytes) {
        return client.putObject(putRequest(object, bytes).build(), AsyncRequestBody.fromBytesUnsafe(bytes));
    }

    /**
     * Writes an object if it is still the one with this ETag, or still absent.
     *
     * @return its new ETag
     * @throws CompletionException with S3's refusal
     */
    String putIf(S3Location object, byte[] bytes, Optional<String> etag) {
        PutObjectRequest.Builder request = putRequest(object, bytes).overrideConfiguration(brief);
        etag.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch("*"));
        return client.putObject(request.build(), AsyncRequestBody.fromBytes(bytes))
                .join()
                .eTag();
    }

    private PutObjectRequest.Builder putRequest(S3Location object, byte[] bytes) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(object.bucket())
                .key(object.key())
                .checksumCRC32(Proof.crc32(ByteBuffer.wrap(bytes)));
        settings.storageClass().ifPresent(request::storageClass);
        settings.kmsKey()
                .ifPresent(key -> request.serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key));
        return request;
    }

    /**
     * Deletes objects; those that are absent are deleted already.
     *
     * @param cleaning whether nobody should wait for it long
     */
    void delete(String bucket, List<String> keys, boolean cleaning) {
        new Deletion(client, bucket, cleaning ? S3Parts.CLEAN : brief).of(keys);
    }

    @Override
    public void close() {
        client.close();
        aws.close();
    }
}
