package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.base.Problem;
import smew.features.Inputs.Given;
import smew.release.ColumnLineage;
import smew.release.Manifest;

/** A project as {@code smew ui} tells of it, whatever is wrong with it. */
final class ProjectOnDiskTest {

    private static final String SOURCE = "-- @input a = data.csv\nFROM read_csv(getvariable('a'))\n";

    @TempDir
    Path folder;

    private ProjectOnDisk project;

    @BeforeEach
    void open() {
        project = new ProjectOnDisk(new ProjectRequest(folder), Clock.systemUTC());
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> wrong() {
        return project.project().problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aFolderWithoutSqlIsAnEmptyProject() {
        ProjectOnDisk.Shown shown = project.project();
        assertEquals(folder.getFileName().toString(), shown.name());
        assertEquals(List.of(), shown.sql());
        assertEquals(List.of(), shown.problems());
    }

    @Test
    void columnsAndWhereTheyComeFromAreKnownBeforeAnythingRan() throws IOException {
        write("data.csv", "id,v,day\n1,2.5,2020-01-01\n");
        write("sql/sources/a.sql", SOURCE);
        write("sql/features/f.sql", "-- @entity id\n-- @time day\nSELECT id, day, v * 2 AS w FROM a\n");
        write("sql/models/m.sql", "-- @label y\nSELECT id, day, w, w > 3 AS y FROM f\n");
        write("sql/checks/c.sql", "FROM m WHERE w IS NULL\n");
        ProjectOnDisk.Shown shown = project.project();
        assertEquals(List.of(), shown.problems());
        assertEquals(
                List.of("a", "f", "m", "c"),
                shown.sql().stream().map(ProjectOnDisk.Shown.Part::name).toList());
        assertEquals(
                List.of(
                        new Manifest.Column("id", "BIGINT"),
                        new Manifest.Column("day", "DATE"),
                        new Manifest.Column("w", "DOUBLE")),
                shown.columns().get(1).columns());
        ColumnLineage.Traced model = shown.lineage().getLast();
        assertEquals("m", model.name());
        assertEquals(
                List.of(new ColumnLineage.Origin("f", "w")),
                model.columns().getLast().from().orElseThrow());
    }

    @Test
    void everythingWrongIsToldInItsPlaceAndTheRestIsShown() throws IOException {
        write("data.csv", "id,v\n1,2\n");
        write("sql/sources/a.sql", SOURCE);
        write("sql/features/bad_column.sql", "-- @entity id\nSELECT id,\n  vv\nFROM a\n");
        write("sql/features/bad_key.sql", "-- @entity idd\nSELECT id FROM a\n");
        write("sql/features/bad_sql.sql", "-- @entity id\nSELECT id FRM a, b\n");
        write("sql/features/good.sql", "-- @entity id\nSELECT id, v FROM a\n");
        write("sql/features/reads_bad.sql", "-- @entity id\nSELECT id FROM bad_column\n");
        write("sql/features/unknown.sql", "-- @entity id\n-- @tme x\nSELECT id FROM nowhere\n");
        write("sql/lost.sql", "SELECT 1\n");
        List<String> wrong = wrong();
        assertEquals(
                List.of(
                        "sql/features/bad_column.sql:3",
                        "sql/features/bad_key.sql:1",
                        "sql/features/bad_sql.sql:2",
                        "sql/features/unknown.sql:2",
                        "sql/features/unknown.sql:3",
                        "sql/lost.sql:1"),
                wrong.stream().map(line -> line.replaceAll(": .*", "")).toList(),
                String.join("\n", wrong));
        assertEquals(7, project.project().sql().size());
        assertEquals(
                List.of("a", "good"),
                project.project().columns().stream()
                        .map(ProjectOnDisk.Shown.Columns::name)
                        .toList());
    }

    @Test
    void filesThatReadEachOtherInACircleAreStillShown() throws IOException {
        write("sql/features/f.sql", "-- @entity id\nSELECT id FROM g\n");
        write("sql/features/g.sql", "-- @entity id\nSELECT id FROM f\n");
        assertEquals(2, project.project().sql().size());
        assertTrue(wrong().getFirst().contains("circle"), wrong().toString());
    }

    @Test
    void aMissingInputIsToldWithoutTheFoldersOfThisMachine() throws IOException {
        write("sql/sources/a.sql", SOURCE);
        write("sql/features/f.sql", "-- @entity id\nSELECT id FROM a\n");
        assertEquals(
                List.of("sql/sources/a.sql:1: there is no file data.csv. Put it there, or give --set a=FILE."),
                wrong());
        assertFalse(Json.write(project.project()).contains(folder.toString()));
    }

    @Test
    void anInputOnS3IsNotFetchedAndNothingIsSaidAgainstWhatReadsIt() throws IOException {
        write("sql/sources/a.sql", "-- @input a = s3://bucket/data.csv\nFROM read_csv(getvariable('a'))\n");
        write("sql/features/f.sql", "-- @entity id\nSELECT id FROM a\n");
        assertEquals(List.of(), wrong());
        assertEquals(List.of(), project.project().columns());
    }

    @Test
    void aValueThatWasGivenIsReadInsteadOfTheDeclaredOne() throws IOException {
        write("other.csv", "id\n1\n");
        write("sql/sources/a.sql", SOURCE);
        project = new ProjectOnDisk(
                new ProjectRequest(
                        folder,
                        Map.of("A", new Given("other.csv", "--set A", folder, true)),
                        Optional.empty(),
                        Optional.empty()),
                Clock.systemUTC());
        assertEquals(List.of(), wrong());
        assertEquals(
                "id",
                project.project().columns().getFirst().columns().getFirst().name());
    }

    @Test
    void aWatchedInputIsLookedAtAgainOnceItHasChanged() throws IOException {
        write("data.csv", "id\n1\n");
        write("sql/sources/a.sql", SOURCE);
        LiveBoard board = new LiveBoard(Clock.systemUTC());
        project = new ProjectOnDisk(
                new ProjectRequest(folder, Map.of(), Optional.empty(), Optional.of(board)), Clock.systemUTC());
        board.ended(new WatchTurn(List.of(), 0, List.of(), List.of()), Map.of());
        String before = project.project().digest();
        assertEquals(1, project.project().columns().getFirst().columns().size());
        write("data.csv", "id,more\n1,2\n");
        board.ended(
                new WatchTurn(List.of("data.csv"), 0, List.of(), List.of(new Problem("sql/sources/a.sql:2", "wrong"))),
                Map.of());
        assertEquals(2, project.project().columns().getFirst().columns().size());
        assertEquals(List.of("sql/sources/a.sql:2: wrong"), wrong());
        assertNotEquals(before, project.project().digest());
        board.ended(new WatchTurn(List.of("sql/sources/a.sql"), 0, List.of(), List.of()), Map.of());
        assertEquals(List.of(), wrong());
    }

    /** It is bound when there is a model whose function it calls. */
    @Test
    void aCheckThatCallsAModelIsNoProblem() throws IOException {
        write("sql/sources/a.sql", "SELECT 1 AS id, 2 AS x, true AS y\n");
        write("sql/features/f.sql", "-- @entity id\nFROM a\n");
        write("sql/models/m.sql", "-- @label y\nFROM f\n");
        write("sql/checks/c.sql", "SELECT * FROM m WHERE predict_m(m) IS NULL\n");
        assertEquals(List.of(), wrong());
    }

    @Test
    void theDigestChangesWithTheSqlAlone() throws IOException {
        write("sql/sources/a.sql", SOURCE);
        project.refresh();
        String before = project.digest();
        write("data.csv", "id\n1\n");
        project.refresh();
        assertEquals(before, project.digest());
        write("sql/sources/a.sql", SOURCE + "-- more\n");
        project.refresh();
        assertNotEquals(before, project.digest());
    }
}
