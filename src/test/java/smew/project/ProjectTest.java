package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectTest {

    @TempDir
    Path directory;

    @Test
    void readsEveryKindOfRelationWithItsDirectives() throws IOException {
        write("sources/loans.sql", """
                -- One row per loan.
                -- @input loans = data/loans.csv
                -- @time loan_date, loan_id
                SELECT * FROM read_csv(getvariable('loans'));
                """);
        write("features/history.sql", """
                -- @entity id, branch
                -- @time loan_date, loan_id
                WITH loans AS (SELECT * FROM Loans) SELECT * FROM loans
                """);
        write("models/risk.sql", """
                -- @label status
                -- @task classification
                -- @positive 'yes '
                -- @algorithm random-forest trees=5 max-depth=3
                -- @split time 0.25
                -- @resample class-weight
                -- @missing zero
                -- @seed -7
                SELECT * FROM history
                """);
        write("checks/unique.sql", """
                -- @severity warn
                SELECT * FROM risk WHERE (SELECT count(*) FROM history) > 1
                """);
        Project project = read();
        assertEquals(
                List.of("loans", "history", "risk", "unique"),
                project.relations().stream().map(Relation::name).toList());
        Relation.Source loans = project.sources().getFirst();
        assertEquals(Map.of("loans", "data/loans.csv"), loans.inputs());
        assertEquals("One row per loan.", loans.file().description());
        assertEquals(List.of("loans"), project.featureViews().getFirst().file().reads());
        Relation.Model risk = project.models().getFirst();
        assertEquals(List.of("id", "branch"), risk.entity());
        assertEquals(List.of("loan_date", "loan_id"), risk.time());
        assertEquals(Optional.of(Relation.Task.CLASSIFICATION), risk.task());
        assertEquals(Optional.of("yes "), risk.positive());
        assertEquals(new Relation.Algorithm("random-forest", Map.of("trees", "5", "max-depth", "3")), risk.algorithm());
        assertEquals(Optional.of(new Relation.Split(Relation.SplitBy.TIME, 0.25)), risk.split());
        assertEquals(Relation.Resample.CLASS_WEIGHT, risk.resample());
        assertEquals(Relation.Missing.ZERO, risk.missing());
        assertEquals(-7, risk.seed());
        assertEquals(Relation.Severity.WARN, project.checks().getFirst().severity());
        assertEquals(
                List.of("history", "risk"), project.checks().getFirst().file().reads());
    }

    private Project read() {
        try (DuckParser parser = new DuckParser()) {
            return Project.read(directory, parser);
        }
    }

    private void write(String path, String sql) throws IOException {
        Path file = directory.resolve("sql").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, sql);
    }
}
