package smew.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import smew.features.Inputs.Given;
import smew.store.StoreSettings;

/**
 * Which release to run again.
 *
 * @param project where relative paths of inputs start
 * @param release empty: the current one
 * @param moved inputs that lie elsewhere now, by name
 * @param keep a folder for what is rebuilt; empty: it is deleted
 */
record ReproduceRequest(
        Path project,
        StoreSettings store,
        Optional<String> release,
        Map<String, Given> moved,
        OptionalInt threads,
        Optional<String> memory,
        Optional<Path> keep) {
    ReproduceRequest {
        moved = Map.copyOf(moved);
    }
}
