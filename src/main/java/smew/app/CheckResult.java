package smew.app;

import java.util.List;
import java.util.Optional;
import smew.base.Problem;
import smew.project.Leaks;
import smew.release.Manifest;

/**
 * What checks and leak tests found.
 *
 * @param leaks empty where nobody looked for any
 * @param problems what would stop a release
 * @param contract how inputs differ from those of the current release; empty where they do not
 */
record CheckResult(
        List<Manifest.Check> checks,
        Optional<Leaks> leaks,
        List<Problem> problems,
        Optional<Manifest.Contract> contract) {
    public CheckResult {
        checks = List.copyOf(checks);
        problems = List.copyOf(problems);
    }

    /** Of inputs that nothing is said against. */
    CheckResult(List<Manifest.Check> checks, Optional<Leaks> leaks, List<Problem> problems) {
        this(checks, leaks, problems, Optional.empty());
    }
}
