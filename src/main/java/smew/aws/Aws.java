package smew.aws;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import smew.base.Fault;
import smew.base.MemoryAccessWarning;
import smew.base.SmewException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Makes clients of AWS services that share credentials, region and connections. All are asynchronous: a waiting request
 * holds no thread. Safe for any number of threads; closing it ends the connections of all its clients.
 */
public final class Aws implements AutoCloseable {

    /** How long a connection may take to open. */
    public static final Duration CONNECT = Duration.ofSeconds(3);

    private static final int ATTEMPTS = 3;

    /**
     * Within which a request to a service that is dead fails, after all attempts and the pauses between them: within two seconds
     * where nothing listens, twelve where a connection is not answered, and this where it is and nothing is said.
     */
    public static final Duration GIVES_UP = Duration.ofSeconds(60);

    /** How long one attempt may take that moves much data, however slowly: the network may be that slow. */
    public static final Duration TRANSFER = Duration.ofMinutes(10);

    private final AwsSettings settings;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final EventLoopGroup loops;
    private final SdkAsyncHttpClient http;

    private Aws(
            AwsSettings settings,
            Region region,
            AwsCredentialsProvider credentials,
            EventLoopGroup loops,
            SdkAsyncHttpClient http) {
        this.settings = settings;
        this.region = region;
        this.credentials = credentials;
        this.loops = loops;
        this.http = http;
    }

    /**
     * Reaches AWS; nothing is sent yet.
     *
     * @throws SmewException CONFIGURATION when no region is known
     */
    public static Aws open(AwsSettings settings) {
        return open(settings, settings.silence(), 64);
    }

    /**
     * The same for services that think longer, or are asked more at once.
     *
     * @param silence how long a service may send nothing
     * @param connections how many requests may be under way at once; more wait for their turn
     */
    public static Aws open(AwsSettings settings, Duration silence, int connections) {
        MemoryAccessWarning.silence();
        Region region = region(settings);
        // One thread. With two, one of five requests that met a refused connection waited without end when made again
        // (SDK 2.40, its own threads too), and closing complained of threads that had ended; with one, none of 120.
        EventLoopGroup loops = new NioEventLoopGroup(
                1, Thread.ofPlatform().daemon().name("smew-aws-", 0).factory());
        SdkAsyncHttpClient http = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(loops))
                .maxConcurrency(connections)
                .connectionTimeout(CONNECT)
                .readTimeout(silence)
                .writeTimeout(silence)
                .connectionAcquisitionTimeout(Duration.ofMinutes(10))
                .maxPendingConnectionAcquires(100_000)
                .build();
        return new Aws(
                settings,
                region,
                settings.credentials()
                        .orElseGet(() -> DefaultCredentialsProvider.builder().build()),
                loops,
                http);
    }

    private static Region region(AwsSettings settings) {
        try {
            return settings.region()
                    .map(Region::of)
                    .orElseGet(() ->
                            DefaultAwsRegionProviderChain.builder().build().getRegion());
        } catch (SdkClientException unknown) {
            if (endpoint(settings).isPresent()) {
                // Servers that stand in for AWS have no regions, but a signature wants one.
                return Region.US_EAST_1;
            }
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reaching AWS: no region is known. Give --aws-region, or set AWS_REGION or a region in the AWS profile.",
                    unknown);
        }
    }

    /** The address that stands in for AWS, where one is configured for all services. */
    private static Optional<URI> endpoint(AwsSettings settings) {
        return settings.endpoint().or(() -> variable("AWS_ENDPOINT_URL")).or(() -> variable("AWS_ENDPOINT_URL_S3"));
    }

    private static Optional<URI> variable(String name) {
        String value = System.getenv().getOrDefault(name, "");
        try {
            URI endpoint = new URI(value);
            if (value.isEmpty() || endpoint.getHost() != null) {
                return Optional.of(endpoint).filter(given -> given.getHost() != null);
            }
        } catch (URISyntaxException wrong) {
            // It is refused below, like one without a host.
        }
        throw new SmewException(
                Fault.CONFIGURATION,
                "Reaching AWS: " + name + " is '" + value + "', expected an address such as http://127.0.0.1:9000.");
    }

    /** The region that requests are signed for. */
    public String region() {
        return region.id();
    }

    /** Whether requests go to a server that stands in for AWS. */
    public boolean elsewhere() {
        return endpoint(settings).isPresent();
    }

    /**
     * A client of one service whose answers are short, with these credentials, this region, and up to three attempts in the
     * standard mode.
     */
    public <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            B builder) {
        return client(builder, attempt());
    }

    /**
     * The same for longer answers.
     *
     * @param attempt how long one attempt may take, from looking up the host to the last byte
     */
    public <B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            B builder, Duration attempt) {
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(configuration -> configuration
                        .apiCallAttemptTimeout(attempt)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .retryOnException(AwsFailure::mayPass)
                                .build()))
                .build();
    }

    /**
     * How long one attempt may take whose answer is short: an answer that drips in slowly is none either.
     */
    public Duration attempt() {
        return settings.silence().plus(CONNECT);
    }

    /**
     * Waits for an answer.
     *
     * @param doing what to say if it fails, such as {@code Reading s3://bucket/key}
     * @throws SmewException what the failure means, see {@link AwsFailure}
     */
    public static <T> T await(String doing, CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException | CancellationException failed) {
            throw AwsFailure.of(doing, failed);
        }
    }

    @Override
    public void close() {
        http.close();
        // A group of its own would be waited for, 2 seconds long (SDK 2.40), at the end of every command. Nobody waits
        // for this one, but connections that are closing still have something to say to it.
        Future<?> _ = loops.shutdownGracefully(500, 5000, TimeUnit.MILLISECONDS);
        if (credentials instanceof SdkAutoCloseable closeable
                && settings.credentials().isEmpty()) {
            closeable.close();
        }
    }
}
