package smew.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.project.Place;

final class LintTest {

    @TempDir
    Path directory;

    private LintedProject project;

    @BeforeEach
    void open() {
        project = LintedProject.ofLoans(directory);
    }

    @Test
    void hasNothingAgainstASoundProject() {
        project.view(
                "avg(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS mean");
        assertEquals(List.of(), project.rules());
    }

    @Test
    void tellsAllProblemsOfAllFilesTogether() {
        project.file("features/history.sql", """
                        -- @entity id
                        -- @tiem day
                        SELECT loan_id, id, day, kind, amont, random() AS luck, amuont
                        FROM loans
                        """)
                .file("models/good.sql", "-- @label kind\nSELECT id, kind FROM histroy\n")
                .file("models/worse.sql", "-- @label kind\n-- @frob x\nSELECT id,\n    kind FROM (\n");
        assertEquals(
                List.of(
                        "features/history.sql:2:1 directive",
                        "features/history.sql:3:32 column",
                        "features/history.sql:3:39 random",
                        "features/history.sql:3:57 column",
                        "models/good.sql:1:1 directive",
                        "models/good.sql:2:22 relation",
                        "models/worse.sql:2:1 directive",
                        "models/worse.sql:4:15 syntax"),
                project.rules());
    }

    @Test
    void countsColumnsInCharactersAndNotInBytes() {
        project.file("features/history.sql", "-- @entity id\nSELECT id, 'äöü€' AS \"Größe\", nope FROM loans\n");
        Diagnostic found = project.diagnostics().stream()
                .filter(one -> one.rule().key().equals("column"))
                .findFirst()
                .orElseThrow();
        assertEquals(new Place(2, 31, 2, 35), found.place());
        assertTrue(found.message().contains("\"nope\" not found"), found::toString);
    }

    @Test
    void tellsTheNearestNameOfAMissingColumn() {
        project.view("amunt AS typo");
        Diagnostic found = project.diagnostics().getFirst();
        assertTrue(found.hint().orElse("").contains("\"amount\""), found::toString);
    }

    @Test
    void looksAtNamesWhereAnInputIsMissing() {
        project.file("sources/raw.sql", """
                        -- @input raw = gone.csv
                        SELECT id, day::DATE AS day, height FROM read_csv(getvariable('raw'))
                        """)
                .file("features/body.sql", "-- @entity id\nSELECT id, day, height - 1 AS lower, hieght FROM raw\n")
                .view("1 AS one");
        assertEquals(List.of("features/body.sql:2:38 column", "sources/raw.sql:1:1 input"), project.rules());
    }

    @Test
    void looksAtTypesWhereTheInputIsThere() {
        project.write("here.csv", "id,day,height\n1,2020-01-01,2\n")
                .file(
                        "sources/raw.sql",
                        "-- @input raw = here.csv\nSELECT id, day, height FROM read_csv(getvariable('raw'))\n")
                .file(
                        "features/body.sql",
                        "-- @entity id\nSELECT id, sum(day) AS days, height FROM raw GROUP BY id, height\n")
                .view("1 AS one");
        Diagnostic found = project.diagnostics().getFirst();
        assertEquals("features/body.sql:2:12 column", LintedProject.rule(found));
        assertTrue(found.message().contains("sum(DATE)"), found::toString);
    }

    @Test
    void reachesOverNoNetwork() {
        project.file(
                        "sources/raw.sql",
                        "-- @input raw = s3://bucket/raw.csv\nSELECT id FROM read_csv(getvariable('raw'))\n")
                .file("features/body.sql", "-- @entity id\nSELECT id FROM raw\n")
                .view("1 AS one");
        assertEquals(List.of("sources/raw.sql:1:1 input"), project.rules());
    }

    @Test
    void takesTheUnsavedTextOfAFileInPlaceOfTheSavedOne() {
        project.view("1 AS one");
        List<Diagnostic> found = project.diagnostics(Map.of(
                "features/history.sql", "-- @entity id\nSELECT id, day, kind, loan_id, amount FROM lons\n",
                "features/brand_new.sql", "-- @entity id\nSELECT id FROM loans LIMIT 3\n"));
        assertEquals(
                List.of("features/brand_new.sql:2:28 unordered", "features/history.sql:2:44 relation"),
                found.stream().map(LintedProject::rule).toList());
    }

    @Test
    void aFileSilencesARuleWithAReason() {
        project.file("features/history.sql", """
                -- @entity id
                -- @lint off random a jitter that nobody relies on
                -- @lint off clock none is asked
                SELECT loan_id, id, day, kind, amount, random() AS luck FROM loans
                """);
        assertEquals(List.of("features/history.sql:3:1 silence"), project.rules());
    }

    @Test
    void doesNotSilenceWhatStopsARun() {
        project.file(
                "features/history.sql",
                "-- @entity id\n-- @lint off syntax why not\nSELECT loan_id, id, day, kind, amount FROM loans\n");
        Diagnostic found = project.diagnostics().getFirst();
        assertEquals("features/history.sql:2:1 directive", LintedProject.rule(found));
        assertTrue(found.message().contains("cannot be silenced"), found::toString);
    }

    @Test
    void modelsAreFunctionsInChecks() {
        project.view("1 AS one")
                .file("models/good.sql", "-- @label kind\nSELECT id, day, kind, amount, loan_id, one FROM history\n")
                .file("checks/scores.sql", "SELECT id FROM good WHERE predict_good(good) IS NULL\n");
        assertEquals(List.of(), project.rules());
        project.file("checks/scores.sql", "SELECT id FROM good WHERE predict_bad(good) IS NULL\n");
        assertEquals(List.of("checks/scores.sql:1:27 column"), project.rules());
    }
}
