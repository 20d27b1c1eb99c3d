package smew.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A real S3 server in this JVM, on loopback, that verifies V4 signatures. Bucket {@code bucket} exists. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "bucket";

    private static final String ACCESS_KEY = "AKIDEXAMPLE";
    private static final String SECRET_KEY = "secret-example-key";

    private final S3Proxy proxy;
    private final BlobStore blobs;

    private S3Server(S3Proxy proxy, BlobStore blobs) {
        this.proxy = proxy;
        this.blobs = blobs;
    }

    /**
     * Starts one that keeps its objects in a folder.
     *
     * @param folder empty, and not to be looked into
     */
    public static S3Server start(Path folder) {
        return start(folder, blobs -> blobs);
    }

    /**
     * The same with a layer between the server and its objects, which may fail, wait or lie.
     *
     * @param layer wraps what keeps the objects, such as a {@code ForwardingBlobStore}
     */
    public static S3Server start(Path folder, UnaryOperator<BlobStore> layer) {
        try {
            Files.createDirectories(folder.resolve(BUCKET));
            BlobStore blobs = new FilesystemNio2BlobStore(folder.toString());
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(layer.apply(blobs))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .stopTimeout(0)
                    // It knows nothing of tokens, which come with credentials that expire.
                    .ignoreUnknownHeaders(true)
                    .build();
            proxy.start();
            return new S3Server(proxy, blobs);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** Credentials that the server accepts. */
    public static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
    }

    /** How a client in this JVM reaches it. */
    public AwsSettings settings() {
        return new AwsSettings(Optional.of("us-east-1"), Optional.of(endpoint()), Optional.of(credentials()));
    }

    /** What a process needs in its environment to reach it. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                endpoint().toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_KEY,
                "AWS_EC2_METADATA_DISABLED",
                "true");
    }

    @Override
    public void close() {
        try {
            proxy.stop();
            blobs.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
