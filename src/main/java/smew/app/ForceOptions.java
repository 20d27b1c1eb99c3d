package smew.app;

import java.util.Optional;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;

/** How a release becomes current that a gate would hold back. */
final class ForceOptions {

    @Option(
            names = "--force",
            paramLabel = "REASON",
            description =
                    "Makes the release current even if a model misses what @require says or is worse than the current"
                            + " one; the reason is kept in the release.")
    private Optional<String> force = Optional.empty();

    /**
     * The reason given.
     *
     * @throws SmewException USAGE when it says nothing
     */
    Optional<String> reason() {
        if (force.filter(String::isBlank).isPresent()) {
            throw new SmewException(
                    Fault.USAGE, "--force is empty; give it a reason, such as --force \"new definition of default\".");
        }
        return force;
    }
}
