package smew.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import smew.features.Inputs.Given;
import smew.store.StoreSettings;

/**
 * What one run is asked to do.
 *
 * @param variables what {@code --set} and the settings override; no two names differ in case only
 * @param seed overrides every model's own
 * @param memory as DuckDB reads it, such as {@code 2GB}
 * @param leakTests whether to look for leaks
 * @param orders what it does otherwise than by itself
 */
record RunRequest(
        Path project,
        StoreSettings store,
        LocalDate asOf,
        Map<String, Given> variables,
        OptionalLong seed,
        OptionalInt threads,
        Optional<String> memory,
        boolean featuresOnly,
        boolean leakTests,
        Orders orders) {

    RunRequest {
        variables = Map.copyOf(variables);
    }

    /**
     * What a run does otherwise than by itself.
     *
     * @param force why the release is to become current whatever speaks against its models
     * @param acceptChanges whether changes of inputs are meant
     * @param fresh whether what has not changed is made anew as well
     */
    record Orders(Optional<String> force, boolean acceptChanges, boolean fresh) {
        static final Orders NONE = new Orders(Optional.empty(), false, false);
    }

    /** The same with other orders. */
    RunRequest with(Orders others) {
        return new RunRequest(project, store, asOf, variables, seed, threads, memory, featuresOnly, leakTests, others);
    }
}
