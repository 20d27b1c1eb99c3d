package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;

final class ProjectProblemsTest {

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
    void gathersAllProblemsOfAllFilesInOrder() {
        folder.write("sources/a.sql", "-- @input x\n-- @sede 3\nSELECT 1")
                .write("features/v.sql", "SELECT * FROM b")
                .write("checks/c.sql", "SELEC 1");
        SmewException wrong = assertThrows(SmewException.class, folder::read);
        assertEquals(Fault.CONFIGURATION, wrong.fault());
        assertTrue(wrong.getMessage().contains("found 5 problems:\n  sql/checks/c.sql:1: "), wrong.getMessage());
        assertEquals(
                List.of(
                        "sql/checks/c.sql:1",
                        "sql/features/v.sql:1",
                        "sql/features/v.sql:1",
                        "sql/sources/a.sql:1",
                        "sql/sources/a.sql:2"),
                wrong.problems().stream().map(problem -> problem.where()).toList());
    }

    @Test
    void saysWhereAProjectWasLookedForAndHowToStartOne() {
        SmewException noFolder = assertThrows(SmewException.class, folder::read);
        assertTrue(noFolder.getMessage().contains("there is no folder " + directory.resolve("sql")));
        assertTrue(noFolder.getMessage().contains("smew init"));
        folder.write("sources/notes.md", "x");
        SmewException noFile = assertThrows(SmewException.class, folder::read);
        assertTrue(noFile.getMessage().contains("there is no .sql file in " + directory.resolve("sql")));
    }

    @Test
    void refusesAnythingButOneSelectAndNamesTheLine() {
        folder.write("sources/a.sql", "-- é\nSELECT *\nFRO x y z")
                .write("sources/b.sql", "\n-- only words\n")
                .write("sources/c.sql", "SELECT 1;\n\nSELECT 2;")
                .write("sources/d.sql", "-- one\nCREATE TABLE x AS SELECT 1")
                .write("sources/e.sql", "PIVOT a ON b USING sum(c)")
                .write("sources/f.sql", "")
                .write("sources/g.sql", "\n/* open")
                .write("sources/h.sql", "SELECT 'open")
                .write("sources/i.sql", "-- gone\nWITH x AS (DELETE FROM a RETURNING *) FROM x")
                .write("sources/j.sql", "FROM (WITH x AS (COPY a TO 'b.csv') FROM x)");
        expect(
                "sql/sources/a.sql:3: DuckDB cannot parse this: syntax error at or near \"x\", in: FRO x y z",
                "sql/sources/b.sql:1: The file holds no SQL. Expected exactly one SELECT.",
                "sql/sources/c.sql:3: Here starts the second of 2 statements.",
                "sql/sources/d.sql:2: The file holds a statement that is no SELECT (CREATE).",
                "sql/sources/e.sql:1: The file holds a statement that is no SELECT (PIVOT). Expected exactly one SELECT."
                        + " Write SELECT * FROM (PIVOT",
                "sql/sources/f.sql:1: The file holds no SQL.",
                "sql/sources/g.sql:2: DuckDB cannot parse this: unterminated /* comment",
                "sql/sources/h.sql:1: DuckDB cannot parse this: unterminated string literal, in: SELECT 'open",
                "sql/sources/i.sql:2: A CTE of this SELECT changes or writes something. A file only reads.",
                "sql/sources/j.sql:1: A CTE of this SELECT changes or writes something. A file only reads.");
    }

    @Test
    void refusesFilesThatAreNotUtf8() {
        folder.write("sources/a.sql", "-- one\n-- caf\u00e9\nSELECT 1".getBytes(StandardCharsets.ISO_8859_1))
                .write("features/v.sql", "-- @entity x\nFROM a");
        expect("sql/sources/a.sql:2: The file is not in UTF-8: the byte 0xE9 on this line.");
    }

    @Test
    void refusesFilesInTheWrongPlace() {
        folder.write("sources/a.sql", "SELECT 1")
                .write("feature/v.sql", "SELECT 1")
                .write("b.sql", "SELECT 1")
                .write("sources/deep/c.sql", "SELECT 1");
        expect(
                "sql/b.sql:1: The file lies in sql/ itself.",
                "sql/feature/v.sql:1: There is no folder sql/feature/ in a project. Did you mean features?",
                "sql/sources/deep/c.sql:1: The file lies deeper than sql/sources/.");
    }

    @Test
    void refusesNamesThatAreTakenReservedOrNoIdentifier() {
        folder.write("sources/loans.sql", "SELECT 1 AS x")
                .write("features/Loans.sql", "-- @entity x\nSELECT 1 AS x")
                .write("sources/2020 loans.sql", "SELECT 1")
                .write("sources/select.sql", "SELECT 1")
                .write("sources/latest_loans.sql", "SELECT 1")
                .write("features/Smew_Release.sql", "-- @entity x\nSELECT 1 AS x")
                .write("checks/unique.sql", "SELECT 1");
        expect(
                "sql/features/Loans.sql:1: The name Loans is taken by sql/sources/loans.sql.",
                "sql/features/Smew_Release.sql:1: The name Smew_Release is that of a table of the warehouse",
                "sql/sources/2020 loans.sql:1: '2020 loans' cannot be a relation name.",
                "sql/sources/latest_loans.sql:1: The name latest_loans starts with latest_",
                "sql/sources/select.sql:1: The name select is a reserved word of SQL.");
    }

    @Test
    void namesTheFirstMentionOfAnUnknownRelation() {
        folder.write("sources/loans.sql", "SELECT 1 AS x").write("features/v.sql", """
                -- é
                -- @entity x
                SELECT *
                FROM loan JOIN main.loans USING (x) JOIN 'data/x.csv' USING (x)
                JOIN loan AS again USING (x)
                """);
        expect(
                "sql/features/v.sql:4: Reads loan, which no file defines. Did you mean loans?",
                "sql/features/v.sql:4: Reads main.loans, a name with a schema. Write loans.",
                "sql/features/v.sql:4: Reads the file 'data/x.csv' by its path, which a run could not record");
    }

    @Test
    void refusesAConstantFileNameInAFunctionLikeOneInFrom() {
        folder.write("sources/a.sql", """
                -- @input a = a.csv
                SELECT * FROM read_csv(getvariable('a'), header = true)
                UNION ALL FROM read_csv([getvariable('a') || '.gz'], sep = ',')
                UNION ALL FROM READ_CSV_AUTO('data/a.csv')
                UNION ALL FROM read_json_objects(['b.json', getvariable('a'), 'c' || '.json'])
                """)
                .write(
                        "sources/b.sql",
                        "SELECT 1 FROM glob('*.csv'::VARCHAR), range(3), (FROM sniff_csv('x.csv')), json_each('[1]')");
        expect(
                "sql/sources/a.sql:4: Reads the file 'data/a.csv' by its path, which a run could not record or replace."
                        + " Declare it in a source, -- @input data = data/a.csv, and read it with"
                        + " read_csv_auto(getvariable('data')).",
                "sql/sources/a.sql:5: Reads the file 'b.json' by its path",
                "sql/sources/a.sql:5: Reads the file 'c.json' by its path",
                "sql/sources/b.sql:1: Reads the file '*.csv' by its path",
                "sql/sources/b.sql:1: Reads the file 'x.csv' by its path");
    }

    @Test
    void readsLongChainsOfOperatorsAndNamesTheFileOfOneThatIsTooLong() {
        folder.write("sources/a.sql", "SELECT 1" + " + 1".repeat(900) + " AS x");
        assertEquals(List.of(), folder.problems());
        folder.write("sources/b.sql", "SELECT 1" + " + 1".repeat(5_000) + " AS x");
        List<String> problems = folder.problems();
        assertEquals(1, problems.size());
        String expected = "sql/sources/b.sql:1: DuckDB cannot parse this: Max expression depth limit of 1000 exceeded";
        assertTrue(problems.getFirst().startsWith(expected), problems.getFirst());
    }

    @Test
    void refusesReadsAgainstTheFlow() {
        folder.write("sources/s.sql", "FROM v")
                .write("features/v.sql", "-- @entity x\nFROM m")
                .write("models/m.sql", "-- @entity x\n-- @label y\nSELECT 1 AS x, 2 AS y")
                .write("models/n.sql", "-- @entity x\n-- @label y\nFROM c")
                .write("checks/c.sql", "SELECT 1");
        expect(
                "sql/features/v.sql:2: Reads the model m (sql/models/m.sql). A feature view reads sources and feature",
                "sql/models/n.sql:3: Reads the check c (sql/checks/c.sql). A model reads sources and feature views only.",
                "sql/sources/s.sql:1: Reads the feature view v (sql/features/v.sql). A source reads");
    }

    @Test
    void namesEveryFileOfACycle() {
        folder.write("sources/s.sql", "SELECT 1 AS x FROM s")
                .write("features/a.sql", "-- @entity x\n\nFROM b")
                .write("features/b.sql", "-- @entity x\nFROM c")
                .write("features/c.sql", "-- @entity x\nFROM A")
                .write("features/after.sql", "-- @entity x\nFROM c");
        expect(
                "sql/features/a.sql:3: These files read each other in a circle: sql/features/a.sql -> sql/features/b.sql"
                        + " -> sql/features/c.sql -> sql/features/a.sql.",
                "sql/sources/s.sql:1: A file cannot read itself.");
    }

    @Test
    void asksForTheEntityWhereItCannotBeInherited() {
        folder.write("features/a.sql", "-- @entity x\nSELECT 1 AS x")
                .write("features/b.sql", "-- @entity x\nSELECT 1 AS x")
                .write("models/m.sql", "-- @label y\nFROM a JOIN b USING (x)")
                .write("models/n.sql", "-- @label y\nSELECT 1 AS x, 2 AS y");
        expect(
                "sql/models/m.sql:1: The model reads several feature views (a, b), so its entity cannot be inherited. Add"
                        + " a line -- @entity COLUMN",
                "sql/models/n.sql:1: The model reads no feature view, so its entity cannot be inherited.");
    }

    @Test
    void tiesVariablesToInputs() {
        folder.write("sources/a.sql", "-- @input loans = a.csv\nSELECT getvariable('laons'), getvariable('as_of')")
                .write("sources/b.sql", "-- @input loans = b.csv\nFROM read_csv(getvariable('LOANS'))")
                .write("features/v.sql", "-- @entity x\nSELECT getvariable('loans'), getvariable(x) FROM query('a')");
        expect(
                "sql/features/v.sql:2: Reads the variable loans, which this file does not declare.",
                "sql/features/v.sql:2: getvariable() hides what is read until the file runs. Name the variable in quotes.",
                "sql/features/v.sql:2: query() hides what is read until the file runs. Name the relation in FROM.",
                "sql/sources/a.sql:1: @input loans is never read.",
                "sql/sources/a.sql:2: Reads the variable laons, which this file does not declare. Did you mean loans?",
                "sql/sources/b.sql:1: @input loans is 'b.csv' here and 'a.csv' at sql/sources/a.sql:1.");
    }

    /** Compares the beginning of each problem. */
    private void expect(String... beginnings) {
        List<String> problems = folder.problems();
        String all = String.join("\n", problems);
        assertEquals(beginnings.length, problems.size(), all);
        for (int i = 0; i < beginnings.length; i++) {
            assertTrue(problems.get(i).startsWith(beginnings[i]), "expected: " + beginnings[i] + "\nin: " + all);
        }
    }
}
