package smew.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/** Rules for rows: which rows break them, and what is said of these. */
final class DeclaredChecksTest {

    private static final LocalDate TODAY = LocalDate.of(2021, 9, 17);
    private static final String ROWS = """
            SELECT * FROM (VALUES
                (1, 'a', 10, 0.5::DOUBLE, DATE '2021-09-01', TIMESTAMP '2021-09-15 23:00'),
                (2, 'b', NULL, 'NaN'::DOUBLE, DATE '2021-09-18', TIMESTAMP '2021-09-17 23:00'),
                (2, 'c', 30, 1, NULL, TIMESTAMP '2021-09-18 01:00'),
                (NULL, NULL, 10, 'Infinity'::DOUBLE, DATE '1990-01-01', NULL),
                (NULL, 'it''s', -4, NULL, DATE '1990-01-01', 'infinity')
            ) AS t (id, "Kind", amount, share, day, stamp)
            """;

    @TempDir
    Path folder;

    private Duck duck;

    @BeforeEach
    void open() {
        duck = Duck.inMemory(Duck.Limits.NONE);
    }

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void findsNothingWhereEveryRowKeepsItsRules() throws IOException {
        keep(
                "@unique amount, Kind",
                "@unique \"Kind\"",
                "@not-null amount_or_0",
                "@accepted kind a, b, c, 'it''s'",
                "@accepted amount 10, 30.0, -4",
                "@accepted day 2021-09-01, 2021-09-18, 1990-01-01",
                "@range amount -4..30",
                "@range amount -4.5<..<30.5",
                "@range day 1990-01-01..2021-09-18",
                "@range day ..<2021-09-19",
                "@relationship kind -> kinds.name",
                "@relationship id -> kinds.number",
                "@freshness stamp <= 0 days",
                "@freshness day <= 16 days");
    }

    @Test
    void countsRowsThatShareValuesAndLeavesNullsAlone() throws IOException {
        breaks("@unique id", 2, "2 rows share id with another, such as id=2 (2 rows).");
        breaks("@unique day", 2, "2 rows share day with another, such as day=1990-01-01 (2 rows).");
    }

    @Test
    void countsRowsWithoutAValueInAnyOfTheColumns() throws IOException {
        breaks(
                "@not-null id, amount",
                3,
                "3 rows have no id or no amount, such as day=1990-01-01, id=null, amount=-4; day=1990-01-01, id=null, amount=10;"
                        + " day=2021-09-18, id=2, amount=null.");
    }

    @Test
    void tellsWhichOtherValuesThereAre() throws IOException {
        breaks(
                "@accepted Kind a, B, c",
                2,
                "2 rows have another value: 'b' (1), 'it's' (1), such as day=1990-01-01, Kind=it's; day=2021-09-18, Kind=b.");
        breaks("@accepted amount 10, 30", 1, "1 row has another value: '-4' (1), such as day=1990-01-01, amount=-4.");
    }

    @Test
    void countsWhatLiesOutsideAndWhatIsNoNumber() throws IOException {
        assertEquals(1, one("@range share 0..").failing());
        assertEquals(2, one("@range share ..1e9").failing());
        assertEquals(2, one("@range amount -4<..<30").failing());
        assertEquals(1, one("@range amount -3.5..").failing());
        breaks("@range day ..as-of", 1, "1 row lies outside, such as day=2021-09-18.");
    }

    @Test
    void findsValuesThatAnotherRelationLacks() throws IOException {
        breaks(
                "@relationship amount -> kinds.name",
                4,
                "4 rows have a value that kinds.name lacks, such as day=1990-01-01, amount=-4; day=1990-01-01, amount=10;"
                        + " day=2021-09-01, amount=10.");
    }

    @Test
    void measuresFreshnessByTheNewestDateUpToTheAsOfDate() throws IOException {
        breaks(
                "@freshness day <= 15 days",
                1,
                "the newest day up to 2021-09-17 is 2021-09-01, expected 15 days before at the most.");
        breaks(
                "@freshness later <= 1 day",
                1,
                "the newest later up to 2021-09-17 is none, expected 1 day before at the most.");
    }

    @Test
    void namesRowsByWhatIsKnownToBeUnique() throws IOException {
        List<Manifest.Check> found = run("@unique amount_or_0, kind", "@unique id", "@range amount 0..");
        assertEquals(
                Optional.of("1 row lies outside, such as amount_or_0=-4, kind=it's, amount=-4."),
                found.get(2).declared().orElseThrow().found());
        assertEquals("rows @range amount 0..", found.get(2).name());
        assertEquals(
                "sql/sources/rows.sql:3", found.get(2).declared().orElseThrow().where());
    }

    @Test
    void stopsAReleaseUnlessItIsAWarning() throws IOException {
        List<Problem> problems = problems("@range amount 0..", "@unique id", "@severity unique id warn");
        assertEquals(1, problems.size());
        assertEquals("sql/sources/rows.sql:1", problems.getFirst().where());
        assertTrue(
                problems.getFirst().detail().startsWith("rows, @range amount 0..: 1 row lies outside")
                        && problems.getFirst()
                                .detail()
                                .endsWith("or write -- @severity range amount warn into the file."),
                problems.getFirst().detail());
    }

    @Test
    void looksAtARelationOnce() throws IOException {
        List<String> steps = new ArrayList<>();
        run(steps, "@not-null amount", "@range amount 0..", "@unique id");
        assertEquals(List.of("checks of rows"), steps);
    }

    @Test
    void refusesColumnsThatAreNotThereBeforeAnythingRuns() throws IOException {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> require("@unique idd", "@range amont 1..", "@relationship id -> kinds.nam", "@not-null ID"));
        assertEquals(Fault.CONFIGURATION, refused.fault());
        assertEquals(
                List.of(
                        "sql/sources/rows.sql:1: the SELECT has no column idd. Did you mean id?",
                        "sql/sources/rows.sql:2: the SELECT has no column amont. Did you mean amount?",
                        "sql/sources/rows.sql:3: @relationship id -> kinds.nam: kinds has no column nam. Did you mean name?"),
                refused.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void refusesValuesThatTheColumnCannotHold() throws IOException {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> require(
                        "@accepted amount 1, 2x",
                        "@range day 2021-02-30..",
                        "@range amount 0..as-of",
                        "@freshness amount <= 1 day"));
        assertEquals(
                List.of(
                        "sql/sources/rows.sql:1: @accepted amount 1, 2x: '2x' is no value of column amount, which is of type"
                                + " INTEGER. Write it as that, or cast the column in the SELECT.",
                        "sql/sources/rows.sql:2: @range day 2021-02-30..: '2021-02-30' is no value of column day, which is of type"
                                + " DATE. Write it as that, or cast the column in the SELECT.",
                        "sql/sources/rows.sql:3: @range amount 0..as-of: as-of is a date, and the column is of type INTEGER. Name"
                                + " another bound.",
                        "sql/sources/rows.sql:4: @freshness amount <= 1 day: the column is of type INTEGER, expected a date or"
                                + " timestamp. Cast it in the SELECT."),
                refused.problems().stream().map(Problem::toString).toList());
    }

    private void keep(String... rules) throws IOException {
        for (Manifest.Check check : run(rules)) {
            assertEquals(0, check.failing(), check::toString);
        }
    }

    private void breaks(String rule, long failing, String found) throws IOException {
        Manifest.Check check = one(rule);
        assertEquals(Optional.of(found), check.declared().orElseThrow().found());
        assertEquals(failing, check.failing());
    }

    private Manifest.Check one(String rule) throws IOException {
        return run(rule).getFirst();
    }

    private List<Manifest.Check> run(String... rules) throws IOException {
        return run(new ArrayList<>(), rules);
    }

    private List<Manifest.Check> run(List<String> steps, String... rules) throws IOException {
        Project project = make(rules);
        return DeclaredChecks.run(duck, project, (_, _) -> true, TODAY, name -> {
            steps.add(name);
            return Progress.NONE.start(name);
        });
    }

    private List<Problem> problems(String... rules) throws IOException {
        Project project = make(rules);
        return DeclaredChecks.problems(
                project, DeclaredChecks.run(duck, project, (_, _) -> true, TODAY, Progress.NONE));
    }

    private Project make(String... rules) throws IOException {
        Project project = project(rules);
        DeclaredColumns.require(DeclaredColumns.problems(duck, project));
        for (Relation relation : project.relations()) {
            duck.execute(
                    "CREATE OR REPLACE TABLE " + relation.name() + " AS "
                            + relation.file().sql(),
                    Origin.engine("Making", relation.name()));
        }
        return project;
    }

    private void require(String... rules) throws IOException {
        DeclaredColumns.require(DeclaredColumns.problems(duck, project(rules)));
    }

    private Project project(String... rules) throws IOException {
        StringBuilder directives = new StringBuilder();
        for (String rule : rules) {
            directives.append("-- ").append(rule).append('\n');
        }
        write(
                "rows",
                directives + "-- @time day\nSELECT *, coalesce(amount, 0) AS amount_or_0, day + 100_000 AS later FROM ("
                        + ROWS + ")");
        write(
                "kinds",
                "SELECT name, number FROM (VALUES ('a', 1.0), ('b', 2.0), ('c', 3), ('it''s', 4)) AS k (name, number)");
        return Project.read(folder, duck::parse);
    }

    private void write(String name, String sql) throws IOException {
        Path file = folder.resolve("sql/sources/" + name + ".sql");
        Files.createDirectories(file.getParent());
        Files.writeString(file, sql);
    }
}
