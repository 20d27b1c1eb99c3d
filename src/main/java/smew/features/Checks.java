package smew.features;

import java.util.ArrayList;
import java.util.List;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.project.Relation;
import smew.release.Manifest;

/** Runs the checks of a project over relations that exist. */
public final class Checks {

    private Checks() {}

    /**
     * Runs every check.
     *
     * @return how many rows each of them returned
     */
    public static List<Manifest.Check> run(Duck duck, List<Relation.Check> checks, Progress progress) {
        List<Manifest.Check> results = new ArrayList<>();
        for (Relation.Check check : checks) {
            try (Progress.Step step = progress.start("check " + check.name())) {
                long failing = duck.count(
                        "SELECT count(*) FROM (\n" + check.file().sql() + "\n)", FeatureRun.running(check.file()));
                String severity = check.severity().word();
                results.add(new Manifest.Check(check.name(), severity, failing));
                step.result(failing == 0 ? "passed" : FeatureRun.rows(failing) + " failing, severity " + severity);
            }
        }
        return results;
    }

    /**
     * What stops a release: each check of severity error that returned rows.
     *
     * @param results of these checks and maybe of others
     */
    public static List<Problem> problems(List<Relation.Check> checks, List<Manifest.Check> results) {
        return checks.stream()
                .filter(check -> check.severity() == Relation.Severity.ERROR)
                .flatMap(check -> results.stream()
                        .filter(result -> result.name().equals(check.name()) && result.failing() > 0)
                        .map(result -> new Problem(check.file().path(), failing(check, result.failing()))))
                .toList();
    }

    /**
     * Refuses to go on where a check of severity error returned rows.
     *
     * @throws SmewException DATA, with all such checks together
     */
    public static void require(List<Relation.Check> checks, List<Manifest.Check> results) {
        List<Problem> problems = problems(checks, results);
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Checking", problems);
        }
    }

    private static String failing(Relation.Check check, long failing) {
        String meaning = check.file().description().lines().findFirst().orElse("");
        return "found " + FeatureRun.rows(failing) + ", expected none. " + meaning
                + " Fix the data or the SQL, or write -- @severity warn into the check.";
    }
}
