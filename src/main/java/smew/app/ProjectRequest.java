package smew.app;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import smew.features.Inputs.Given;

/**
 * A project to show.
 *
 * @param variables what its inputs are but for what its SQL declares
 * @param asOf the day that its SQL takes for today; empty: the current one
 * @param board what watching it finds; empty: nobody does
 */
record ProjectRequest(Path folder, Map<String, Given> variables, Optional<LocalDate> asOf, Optional<LiveBoard> board) {
    ProjectRequest {
        variables = Map.copyOf(variables);
    }

    /** As it stands on disk, as of today. */
    ProjectRequest(Path folder) {
        this(folder, Map.of(), Optional.empty(), Optional.empty());
    }
}
