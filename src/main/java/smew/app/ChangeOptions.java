package smew.app;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How a run deals with what has changed since the current release, and with what has not. */
final class ChangeOptions {

    @Option(
            names = "--accept-changes",
            fallbackValue = "true",
            description =
                    "Goes on where an input broke its contract with the current release; what was accepted is kept in"
                            + " the release.")
    private boolean acceptChanges;

    @Option(
            names = "--fresh",
            fallbackValue = "true",
            description = "Makes everything anew, and takes nothing from the current release.")
    private boolean fresh;

    RunRequest.Orders orders(Optional<String> force) {
        return new RunRequest.Orders(force, acceptChanges, fresh);
    }
}
