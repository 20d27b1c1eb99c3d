package smew.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How AWS is reached.
 *
 * @param region empty: that of the default chain (AWS_REGION, the profile, the machine)
 * @param endpoint of every service; empty: AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the profile, or AWS itself
 * @param credentials empty: those of the default chain (environment, profile, sign-in, container, machine), renewed before
 *     they expire
 * @param silence how long a service may send nothing before a request counts as failed
 */
public record AwsSettings(
        Optional<String> region,
        Optional<URI> endpoint,
        Optional<AwsCredentialsProvider> credentials,
        Duration silence) {

    /** How long a service may send nothing. Here and not in {@link Aws}, which would be loaded with all of its SDK. */
    public static final Duration SILENCE = Duration.ofSeconds(15);

    /** Everything as the default chain has it. */
    public static final AwsSettings DEFAULT = new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** With the usual patience. */
    public AwsSettings(Optional<String> region, Optional<URI> endpoint, Optional<AwsCredentialsProvider> credentials) {
        this(region, endpoint, credentials, SILENCE);
    }

    /** The same in a region. */
    public AwsSettings withRegion(Optional<String> other) {
        return new AwsSettings(other, endpoint, credentials, silence);
    }

    /** The same with more patience, or less. */
    public AwsSettings withSilence(Duration other) {
        return new AwsSettings(region, endpoint, credentials, other);
    }

    /** The same at another address. */
    public AwsSettings withEndpoint(URI other) {
        return new AwsSettings(region, Optional.of(other), credentials, silence);
    }

    /** The same with other credentials. */
    public AwsSettings withCredentials(AwsCredentialsProvider other) {
        return new AwsSettings(region, endpoint, Optional.of(other), silence);
    }
}
