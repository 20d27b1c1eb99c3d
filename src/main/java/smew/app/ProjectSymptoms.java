package smew.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.project.Finding;
import smew.project.Kind;
import smew.project.ProjectReview;

/** Whether there is a project, and whether its files can be read. */
final class ProjectSymptoms {

    private ProjectSymptoms() {}

    static List<Symptom> of(Path project) {
        if (!Files.isDirectory(project.resolve("sql"))) {
            return List.of(Symptom.fail(
                    "project",
                    "there is no folder sql/ in " + project,
                    "Go to the folder of a project or name it with --project DIR; smew init DIR writes one."));
        }
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return List.of(reviewed(project, ProjectReview.of(project, Map.of(), duck::parse)));
        } catch (SmewException failed) {
            return List.of(Symptom.fail("project", failed.getMessage(), "Mend that first."));
        } catch (LinkageError noDuck) {
            return List.of(Symptom.warn("project", project + " was not looked at without DuckDB", "See duckdb."));
        }
    }

    private static Symptom reviewed(Path project, ProjectReview review) {
        String counted = Arrays.stream(Kind.values())
                .map(kind -> plural(
                        review.files().stream()
                                .filter(file -> file.kind() == kind)
                                .count(),
                        kind))
                .collect(Collectors.joining(", "));
        if (review.findings().isEmpty()) {
            return Symptom.ok("project", project + ": " + counted);
        }
        Finding first = review.findings().getFirst();
        int problems = review.findings().size();
        return Symptom.fail(
                "project",
                project + ": " + counted + "; " + problems + (problems == 1 ? " problem: " : " problems, such as ")
                        + first.path() + ":" + first.place().line() + ": " + first.detail(),
                "smew lint tells them all.");
    }

    private static String plural(long count, Kind kind) {
        return count + " " + kind.noun() + (count == 1 ? "" : "s");
    }
}
