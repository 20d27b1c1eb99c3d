package smew.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * @throws SmewException DATA when a check of severity error returned rows; all such checks together
     */
    public static List<Manifest.Check> run(Duck duck, List<Relation.Check> checks, Progress progress) {
        List<Manifest.Check> results = new ArrayList<>();
        List<Problem> failed = new ArrayList<>();
        for (Relation.Check check : checks) {
            try (Progress.Step step = progress.start("check " + check.name())) {
                long failing = duck.count(
                        "SELECT count(*) FROM (\n" + check.file().sql() + "\n)", FeatureRun.running(check.file()));
                String severity = check.severity().name().toLowerCase(Locale.ROOT);
                results.add(new Manifest.Check(check.name(), severity, failing));
                if (failing > 0 && check.severity() == Relation.Severity.ERROR) {
                    failed.add(new Problem(check.file().path(), failing(check, failing)));
                }
                step.result(failing == 0 ? "passed" : FeatureRun.rows(failing) + " failing, severity " + severity);
            }
        }
        if (!failed.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Checking", failed);
        }
        return results;
    }

    private static String failing(Relation.Check check, long failing) {
        String meaning = check.file().description().lines().findFirst().orElse("");
        return "found " + FeatureRun.rows(failing) + ", expected none. " + meaning
                + " Fix the data or the SQL, or write -- @severity warn into the check.";
    }
}
