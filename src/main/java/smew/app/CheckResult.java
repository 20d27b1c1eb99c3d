package smew.app;

import java.util.List;
import java.util.Optional;
import smew.base.Problem;
import smew.features.TestResult;
import smew.project.Leaks;
import smew.release.InputChanges;
import smew.release.Manifest;

/**
 * What tests, checks and leak tests found.
 *
 * @param tests all passed, or the rest was not looked at
 * @param leaks empty where nobody looked for any
 * @param problems what would stop a release
 * @param contract how inputs differ from those of the current release; empty where they do not
 */
record CheckResult(
        List<TestResult> tests,
        List<Manifest.Check> checks,
        Optional<Leaks> leaks,
        List<Problem> problems,
        Optional<InputChanges> contract) {
    CheckResult {
        tests = List.copyOf(tests);
        checks = List.copyOf(checks);
        problems = List.copyOf(problems);
    }
}
