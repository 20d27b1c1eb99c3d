package smew.sagemaker;

import java.time.Duration;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * What a job runs on.
 *
 * @param type such as {@code ml.m5.xlarge}
 * @param count how many of them
 * @param volumeGigabytes disk of each
 * @param longest after which SageMaker ends the job
 */
public record Machines(String type, int count, int volumeGigabytes, Duration longest) {

    public Machines {
        requireType(type);
        if (count < 1 || volumeGigabytes < 1 || !longest.isPositive()) {
            throw new SmewException(
                    Fault.USAGE,
                    "--instance-count, --volume-size and --max-runtime hold " + count + ", " + volumeGigabytes + " and "
                            + longest.toSeconds() + " s, expected numbers above 0.");
        }
    }

    /** Refuses what is no type of instance; whether it exists in the region, SageMaker knows. */
    static void requireType(String type) {
        if (!type.matches("ml\\.[a-z0-9-]+\\.[a-z0-9-]+")) {
            throw new SmewException(
                    Fault.USAGE, "--instance-type holds '" + type + "', expected one such as ml.m5.xlarge.");
        }
    }

    int seconds() {
        return Math.toIntExact(longest.toSeconds());
    }
}
