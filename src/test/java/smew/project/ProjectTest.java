package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Digest;

final class ProjectTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    private ProjectFolder folder;

    @BeforeEach
    void open() {
        folder = new ProjectFolder(directory, PARSER);
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void readsEveryKindOfRelationWithItsDirectives() {
        folder.write("sources/loans.sql", """
                -- One row per loan.
                --
                --   Renamed and cast.
                -- @input loans = data/loans.csv
                -- @time loan_date, loan_id
                SELECT * FROM read_csv(getvariable('loans'));
                """)
                .write("features/history.sql", """
                -- @entity id, "branch ""x"" no"
                -- @time loan_date, loan_id
                SELECT * FROM loans
                """)
                .write("models/risk.sql", """
                -- @label status
                -- @task classification
                -- @positive 'yes '
                -- @algorithm random-forest trees=5 max-depth=3
                -- @split time 0.25
                -- @resample class-weight
                -- @missing zero
                -- @seed -7
                SELECT * FROM history
                """)
                .write("checks/unique.sql", """
                -- @severity warn
                SELECT * FROM risk WHERE (SELECT count(*) FROM history) > 1
                """);
        Project project = folder.read();
        assertEquals(List.of("loans", "history", "risk", "unique"), names(project));
        Relation.Source loans = project.sources().getFirst();
        assertEquals(Map.of("loans", "data/loans.csv"), loans.inputs());
        assertEquals("One row per loan.\n\n  Renamed and cast.", loans.file().description());
        assertEquals("sql/sources/loans.sql:4", loans.file().where(Directive.INPUT));
        Relation.Model risk = project.models().getFirst();
        assertEquals(List.of("id", "branch \"x\" no"), risk.entity());
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

    @Test
    void fillsInDefaults() {
        folder.write("sources/a.sql", "SELECT 1 AS x")
                .write("models/m.sql", "-- @entity x\n-- @label y\nSELECT * FROM a")
                .write("checks/c.sql", "SELECT * FROM a WHERE x > 1");
        Relation.Model model = folder.read().models().getFirst();
        assertEquals(new Relation.Algorithm("random-forest", Map.of()), model.algorithm());
        assertEquals(42, model.seed());
        assertEquals(Relation.Missing.MEDIAN, model.missing());
        assertEquals(Relation.Resample.NONE, model.resample());
        assertEquals(Optional.empty(), model.split());
        assertEquals(Relation.Severity.ERROR, folder.read().checks().getFirst().severity());
    }

    @Test
    void findsReadsInEveryCornerOfASelectAndLeavesOutCtes() {
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
            folder.write("sources/" + name + ".sql", "SELECT 1 AS x");
        }
        folder.write("features/v.sql", """
                -- @entity x
                WITH A AS (SELECT * FROM a), other AS (FROM A JOIN B USING (x)),
                RECURSIVE_one AS (SELECT 1 AS x)
                SELECT x, (SELECT max(x) FROM c), [y FOR y IN (SELECT list(x) FROM d)]
                FROM other AS g WHERE EXISTS (FROM E) UNION ALL (SELECT x, x, [] FROM (PIVOT f ON x IN (1) USING sum(x)))
                ORDER BY 1
                """);
        assertEquals(
                List.of("a", "b", "c", "d", "e", "f"),
                folder.read().featureViews().getFirst().file().reads());
    }

    @Test
    void takesARecursiveCteForItself() {
        folder.write(
                "sources/walk.sql",
                "WITH RECURSIVE steps AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM steps WHERE n < 9) FROM steps");
        assertEquals(List.of(), folder.read().sources().getFirst().file().reads());
    }

    @Test
    void readsWindowsLineEndsAndByteOrderMarks() {
        byte[] bytes = "\uFEFF-- Grüße.\r\n-- @input a = ü.csv\r\nSELECT *\r\nFROM read_csv(getvariable('a'))\r\n;\r\n"
                .getBytes(StandardCharsets.UTF_8);
        folder.write("sources/a.sql", bytes);
        Relation.Source source = folder.read().sources().getFirst();
        assertEquals("Grüße.", source.file().description());
        assertEquals(Map.of("a", "ü.csv"), source.inputs());
        assertEquals(
                "-- Grüße.\n-- @input a = ü.csv\nSELECT *\nFROM read_csv(getvariable('a'))\n \n",
                source.file().sql());
        assertEquals(Digest.of(bytes), source.file().digest());
    }

    @Test
    void takesOffTheClosingSemicolonButNoneInAString() {
        folder.write(
                "sources/a.sql",
                "SELECT ';' AS x, $$ ; -- @label no $$ AS y, 1 AS \"a;b\" /* ; /* ; */ */ ; -- done ;");
        assertEquals(
                "SELECT ';' AS x, $$ ; -- @label no $$ AS y, 1 AS \"a;b\" /* ; /* ; */ */   -- done ;\n",
                folder.read().sources().getFirst().file().sql());
    }

    @Test
    void ignoresWhatIsNoSqlFile() {
        folder.write("sources/a.sql", "SELECT 1")
                .write("sources/notes.md", "x")
                .write("sources/._a.sql", "x")
                .write("README.txt", "x");
        assertEquals(List.of("a"), names(folder.read()));
    }

    @Test
    void findsRelationsInAnyCase() {
        folder.write("sources/Loans.sql", "SELECT 1 AS x").write("features/v.sql", "-- @entity x\nFROM LOANS");
        Project project = folder.read();
        assertEquals(List.of("Loans"), project.featureViews().getFirst().file().reads());
        assertFalse(project.relation("loans").isEmpty());
    }

    private static List<String> names(Project project) {
        return project.relations().stream().map(Relation::name).toList();
    }
}
