package smew.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.app.Console;
import smew.app.Console.Outcome;

/** What no project can be made of, and what is said then. Nothing is written. */
final class StarterProblemsTest {

    private Started started;

    @BeforeEach
    void start(@TempDir Path folder) {
        started = new Started(folder);
        started.file(
                "loans.csv",
                Started.rows(
                        "id,customer,day,free,one,none,y",
                        120,
                        row -> row + "," + row % 30 + ",2024-01-0" + (1 + row % 9) + ",word " + row % 50 + ",x,,"
                                + (row * 7919 % 11 < 4 ? "bad" : "good")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 | --from lons.csv --entity id --label y                          | Did you mean
            3 | --from loans.csv --entity custmer --label why                  | --entity: there is no column custmer. Did you mean customer?
            3 | --from loans.csv --entity id --label zzzzzzzz                  | --label: there is no column zzzzzzzz. Columns: id, customer
            2 | --from loans.csv --entity id                                   | needs --label COLUMN, what the model is to predict. Columns: id
            2 | --from loans.csv --label y                                     | Different in each row: id.
            2 | --from loans.csv --entity y --label y                          | y is the entity already
            4 | --from loans.csv --entity customer --label y                   | 120 rows have 30 different values, up to 4 rows for one (0)
            4 | --from loans.csv --entity customer --label y                   | (dates: day)
            4 | --from loans.csv --entity id --label one                       | it has only one value, 'x'
            4 | --from loans.csv --entity id --label none                      | no row has a value
            4 | --from loans.csv --entity id --label day                       | it is a DATE, expected classes or a number
            4 | --from loans.csv --entity none --label y                       | no row has a value. Different in each row: id
            4 | --from loans.csv --entity customer --label y --time free       | found 'word 0', 'word 1' and 'word 10', expected dates
            2 | --from . --entity id --label y                                 | this is a folder. Name a file in it. In
            2 | --entity id                                                    | Name it with --from FILE
            2 | --from https://example.com/a.csv --entity id --label y         | Copy the files
            """)
    void saysWhatIsMissingAndWhatToDo(int code, String arguments, String said) {
        Outcome outcome = new Console(started.folder()).run(("init " + arguments + " project").split(" +"));

        assertEquals(code, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(said), outcome.err());
        assertFalse(Files.exists(started.folder().resolve("project")), "nothing is written");
    }

    @Test
    void saysOfAFileThatItIsNoTable() {
        started.file("empty.csv", "")
                .file("header.csv", "id,y\n")
                .file("sheet.xlsx", "PK\u0003\u0004rest")
                .file("a.json", "[{}]");

        assertTrue(said("empty.csv").contains("the file is empty"));
        assertTrue(said("header.csv").contains("there are no rows below the header (id and y)"));
        assertTrue(said("sheet.xlsx").contains("Save the sheet as CSV"));
        assertTrue(said("a.json").contains("looks like JSON"));
    }

    private String said(String file) {
        Outcome outcome = started.init(file, "--entity", "id", "--label", "y");
        assertEquals(4, outcome.code(), outcome.err());
        return outcome.err();
    }

    @Test
    void rowsWithoutAnEntityAreCountedAndLeftOut() {
        started.file(
                "d.csv",
                Started.rows(
                        "id,x,y",
                        100,
                        row -> (row % 10 == 0 ? "" : "k" + row) + "," + row % 7 + "," + (row * 7919 % 11 < 4 ? 1 : 0)));

        Outcome made = started.init("d.csv", "--entity", "id", "--label", "y");

        assertEquals(0, made.code(), made.err());
        assertTrue(made.out().contains("10 of 100 rows have no entity or no event time"), made.out());
        assertEquals(0, started.run().code());
        assertTrue(started.sql("SELECT count(*) FROM d_features").out().contains("90"));
    }

    @Test
    void aFileWithoutAnIdIsNumberedWhenAskedTo() {
        started.file("d.csv", Started.rows("x,y", 100, row -> row % 7 + "," + (row * 7919 % 11 < 4 ? 1 : 0)));

        Outcome without = started.init("d.csv", "--label", "y");
        Outcome numbered = started.init("d.csv", "--entity", "row_number", "--label", "y");

        assertEquals(2, without.code());
        assertTrue(without.err().contains("--entity row_number numbers the rows"), without.err());
        assertEquals(0, numbered.code(), numbered.err());
        assertEquals(0, started.run().code());
        assertTrue(started.sql("SELECT max(row_number) FROM d_features").out().contains("100"));
    }

    @Test
    void aRelationOfTheSameNameIsNotDoubled() throws Exception {
        Path models = Files.createDirectories(started.folder().resolve("project/sql/models"));
        Files.writeString(models.resolve("loans.sql"), "SELECT 1");

        Outcome made = started.init("loans.csv", "--entity", "id", "--label", "y");

        assertEquals(2, made.code());
        assertTrue(made.err().contains("it has the name of sql/sources/loans.sql"), made.err());
        assertFalse(Files.exists(started.folder().resolve("project/sql/sources")), "nothing is written");
    }
}
