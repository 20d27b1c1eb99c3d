package smew.sagemaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/**
 * What SageMaker tells a hosting container in its environment. {@code SAGEMAKER_SAFE_PORT_RANGE} is for containers that open
 * several ports, {@code SAGEMAKER_BATCH} changes nothing here, and what speaks of workers is for servers that have some.
 *
 * @param port {@code SAGEMAKER_BIND_TO_PORT}, or else 8080
 * @param accept {@code SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT}
 * @param concurrentTransforms {@code SAGEMAKER_MAX_CONCURRENT_TRANSFORMS}; empty where SageMaker leaves it to the container
 * @param batchStrategy {@code SAGEMAKER_BATCH_STRATEGY}: {@code MULTI_RECORD} or {@code SINGLE_RECORD}
 * @param payloadMegabytes {@code SAGEMAKER_MAX_PAYLOAD_IN_MB}; empty where SageMaker leaves it to the container
 */
public record HostVariables(
        int port,
        Optional<String> accept,
        Optional<Integer> concurrentTransforms,
        String batchStrategy,
        Optional<Integer> payloadMegabytes) {

    private static final int PORT = 8080;
    private static final int MOST = 1024;

    /**
     * Reads them.
     *
     * @throws SmewException CONFIGURATION, with every value that is wrong
     */
    public static HostVariables read(Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Optional<Integer> port = number(environment, "SAGEMAKER_BIND_TO_PORT", 65_535, problems);
        Optional<Integer> concurrent = number(environment, "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS", MOST, problems);
        Optional<Integer> payload = number(environment, "SAGEMAKER_MAX_PAYLOAD_IN_MB", MOST, problems);
        String strategy = environment.getOrDefault("SAGEMAKER_BATCH_STRATEGY", "MULTI_RECORD");
        boolean single = strategy.replace("_", "").equalsIgnoreCase("SingleRecord");
        if (!single && !strategy.replace("_", "").equalsIgnoreCase("MultiRecord")) {
            problems.add(new Problem(
                    "SAGEMAKER_BATCH_STRATEGY",
                    "it holds '" + strategy + "', expected MULTI_RECORD or SINGLE_RECORD."));
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Reading the environment of the container", problems);
        }
        return new HostVariables(
                port.orElse(PORT),
                Optional.ofNullable(environment.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT"))
                        .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
                        .filter(type -> !type.isEmpty() && !type.equals("*/*")),
                concurrent,
                single ? "SINGLE_RECORD" : "MULTI_RECORD",
                payload);
    }

    /** A whole number; empty where it is absent or 0, which leaves the choice to us. */
    private static Optional<Integer> number(
            Map<String, String> environment, String name, int most, List<Problem> problems) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
            problems.add(new Problem(name, "it holds '" + text + "', expected a whole number from 0 to " + most + "."));
            return Optional.empty();
        }
        return Optional.of(Integer.valueOf(text)).filter(value -> value > 0);
    }
}
