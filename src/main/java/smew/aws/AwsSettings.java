package smew.aws;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How AWS is reached.
 *
 * @param region empty: that of the default chain (AWS_REGION, the profile, the machine)
 * @param endpoint of every service; empty: AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the profile, or AWS itself
 * @param credentials empty: those of the default chain (environment, profile, sign-in, container, machine), renewed before
 *     they expire
 */
public record AwsSettings(
        Optional<String> region, Optional<URI> endpoint, Optional<AwsCredentialsProvider> credentials) {

    /** Everything as the default chain has it. */
    public static final AwsSettings DEFAULT = new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    /** The same in a region. */
    public AwsSettings withRegion(Optional<String> other) {
        return new AwsSettings(other, endpoint, credentials);
    }
}
