package smew.sagemaker;

import java.time.Clock;
import java.time.Duration;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * How an endpoint is asked. Numbers out of range are refused as CONFIGURATION.
 *
 * @param timeout how long one prediction may take in all, retries and waiting for a connection included
 * @param concurrency how many requests may be under way at once
 * @param clock tells when an endpoint that failed may be tried again
 */
public record EndpointSettings(EndpointAddress address, Format format, Duration timeout, int concurrency, Clock clock) {

    /** SageMaker itself gives up on a model after this. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** In which form rows travel, and answers are asked for. */
    public enum Format {
        CSV("text/csv"),
        JSON("application/json");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    public EndpointSettings {
        check(
                timeout.isPositive() && timeout.compareTo(LONGEST) <= 0,
                "--backend-timeout is " + timeout.toMillis() + " ms, expected more than 0 and at most 60 s");
        check(concurrency > 0, "--backend-concurrency is " + concurrency + ", expected more than 0");
    }

    private static void check(boolean holds, String found) {
        if (!holds) {
            throw new SmewException(Fault.CONFIGURATION, "Asking an endpoint: " + found + ".");
        }
    }
}
