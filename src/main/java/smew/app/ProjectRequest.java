package smew.app;

import java.nio.file.Path;
import java.util.Map;
import smew.features.Inputs.Given;

/** A project to show, and what its inputs are but for what its SQL declares. */
record ProjectRequest(Path folder, Map<String, Given> variables) {
    ProjectRequest {
        variables = Map.copyOf(variables);
    }
}
