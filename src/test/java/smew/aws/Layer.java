package smew.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Between an S3 server and its objects: tells a test of every request before and after it was done, and what the test throws
 * then is what the client is answered. What was done stays done.
 */
public final class Layer extends ForwardingBlobStore {

    /** What the server is asked for. */
    public enum Operation {
        READ,
        HEAD,
        LIST,
        PUT,
        DELETE,
        BEGIN,
        PART,
        COMPLETE,
        ABORT,
        UPLOADS;

        /** Whether it changes what is stored. */
        public boolean changes() {
            return switch (this) {
                case PUT, DELETE, BEGIN, PART, COMPLETE, ABORT -> true;
                case READ, HEAD, LIST, UPLOADS -> false;
            };
        }
    }

    /** One request: its key or prefix, and what else it says in the form of the SDK. */
    public record Call(Operation operation, String key, Object request) {
        public boolean is(Operation wanted, String end) {
            return operation == wanted && key.endsWith(end);
        }
    }

    /** What a test does. */
    public interface Plan {
        default void before(Call call) {}

        default void after(Call call) {}

        /** What a lister gets. */
        default ListObjectsV2Response list(ListObjectsV2Response listed) {
            return listed;
        }

        /** The bytes that a reader gets. */
        default InputStream read(Call call, InputStream content) {
            return content;
        }
    }

    /** Which plan is in force may change at any time. */
    public static final class Switch implements UnaryOperator<BlobStore> {

        private final List<Call> calls = new CopyOnWriteArrayList<>();
        private final Map<String, String> begun = new ConcurrentHashMap<>();
        private volatile Plan plan = new Plan() {};

        public void to(Plan next) {
            plan = next;
        }

        public void off() {
            plan = new Plan() {};
        }

        /** All that was asked so far. */
        public List<Call> calls() {
            return calls;
        }

        /** The keys of the uploads in parts that were begun and not ended. */
        public Set<String> begun() {
            return Set.copyOf(begun.values());
        }

        @Override
        public BlobStore apply(BlobStore blobs) {
            return new Layer(blobs, this);
        }
    }

    /** What the server keeps for itself of an upload in parts. */
    private static final List<String> OWN = List.of(".s3proxy-", ".mpus-");

    private final Switch wired;

    private Layer(BlobStore blobs, Switch wired) {
        super(blobs);
        this.wired = wired;
    }

    /** A refusal of S3's. */
    public static S3Exception error(int status, String code) {
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .message(code)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("Refused by the test.")
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(status).build())
                        .build())
                .build();
    }

    /** A refusal before the body was read would break the connection, and nobody hear of it. */
    private static InputStream whole(InputStream payload) {
        try {
            return new ByteArrayInputStream(payload.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private <T> T told(Operation operation, String key, Object request, Supplier<T> work) {
        if (OWN.stream().anyMatch(key::startsWith)) {
            return work.get();
        }
        Call call = new Call(operation, key, request);
        wired.calls.add(call);
        wired.plan.before(call);
        T done = work.get();
        wired.plan.after(call);
        return done;
    }

    @Override
    public boolean supportsServerSideEncryption() {
        return true;
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        return told(
                Operation.LIST, String.valueOf(request.prefix()), request, () -> wired.plan.list(super.list(request)));
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream payload) {
        InputStream whole = whole(payload);
        return told(Operation.PUT, request.key(), request, () -> super.putBlob(request, whole));
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        return told(Operation.HEAD, request.key(), request, () -> super.blobMetadata(request));
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        return told(Operation.READ, request.key(), request, () -> {
            ResponseInputStream<GetObjectResponse> answer = super.getBlob(request);
            return new ResponseInputStream<>(
                    answer.response(), wired.plan.read(new Call(Operation.READ, request.key(), request), answer));
        });
    }

    @Override
    public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
        // With this the server knows the upload no more, whatever comes of removing its parts.
        wired.begun
                .keySet()
                .removeIf(upload -> request.key().startsWith(OWN.getFirst())
                        && request.key().endsWith(upload));
        return told(Operation.DELETE, request.key(), request, () -> super.removeBlob(request));
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        return told(Operation.BEGIN, request.key(), request, () -> {
            MultipartUpload upload = super.initiateMultipartUpload(request);
            wired.begun.put(upload.id(), upload.blobName());
            return upload;
        });
    }

    @Override
    public void abortMultipartUpload(MultipartUpload upload) {
        told(Operation.ABORT, upload.blobName(), upload, () -> {
            super.abortMultipartUpload(upload);
            return upload;
        });
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
            MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return told(
                Operation.COMPLETE, upload.blobName(), request, () -> super.completeMultipartUpload(upload, request));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream part) {
        return told(Operation.PART, upload.blobName(), request, () -> super.uploadMultipartPart(upload, request, part));
    }

    /** The store in files (S3Proxy 4.1) does not find its own where keys have slashes. */
    @Override
    public List<software.amazon.awssdk.services.s3.model.MultipartUpload> listMultipartUploads(String container) {
        return told(
                Operation.UPLOADS,
                container,
                container,
                () -> wired.begun.entrySet().stream()
                        .map(upload -> software.amazon.awssdk.services.s3.model.MultipartUpload.builder()
                                .uploadId(upload.getKey())
                                .key(upload.getValue())
                                .initiated(Instant.now())
                                .build())
                        .toList());
    }
}
