package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;
import smew.base.Json;

/** The current release is the measure of what the next run reads. */
class InputContractTest {

    private static final String HEAD = "id,amount,status\n";

    @TempDir
    Path folder;

    @BeforeEach
    void release() throws IOException {
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT * FROM read_csv(getvariable('loans'), header = true)
                """);
        write("sql/features/loan.sql", "-- @entity id\nSELECT id, status FROM loans\n");
        write("loans.csv", loans(100, ",", "good"));
        assertEquals(0, run("run").code());
    }

    private Outcome run(String command, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = command;
        System.arraycopy(more, 0, all, 1, more.length);
        return new Console(folder).run(all);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
    }

    private static String loans(int rows, String before, String status) {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < rows; i++) {
            text.append(i)
                    .append(before)
                    .append(i % 50)
                    .append(",")
                    .append(status)
                    .append('\n');
        }
        return text.toString();
    }

    private String current() throws IOException {
        return Files.readString(folder.resolve("out/CURRENT")).strip();
    }

    @Test
    void aColumnThatIsGoneOrRetypedStopsTheRunAndKeepsTheRelease() throws IOException {
        String before = current();
        write("loans.csv", "id,amount\n1,n/a\n2,5\n".repeat(1) + "3,x\n".repeat(60));
        write("sql/features/loan.sql", "-- @entity id\nSELECT DISTINCT ON (id) id FROM loans\n");
        Outcome stopped = run("run");
        assertEquals(4, stopped.code(), stopped.err());
        assertTrue(stopped.err().contains("sql/sources/loans.sql:1: reads "), stopped.err());
        assertTrue(stopped.err().contains("loans.csv: column amount is VARCHAR, was BIGINT in release " + before));
        assertTrue(stopped.err().contains("column status is gone, was VARCHAR in release " + before), stopped.err());
        assertEquals(before, current());
        assertEquals(4, run("check").code());
        Outcome accepted = run("run", "--accept-changes", "--json");
        assertEquals(0, accepted.code(), accepted.err());
        assertTrue(Json.tree(accepted.out()).at("/contract/accepted").asBoolean());
        assertEquals(before, Json.tree(accepted.out()).at("/contract/release").asString());
        assertFalse(before.equals(current()));
        assertFalse(Json.tree(run("run", "--json").out()).has("contract"), "what was accepted is the measure now");
    }

    @Test
    void rowsNullsRangesAndTextsThatAreFarOffAreToldAndKept() throws IOException {
        write("loans.csv", loans(30, ",", "bad").replace(",29,", ",9999,").replaceAll(",[0-9],", ",,"));
        Outcome warned = run("run");
        assertEquals(0, warned.code(), warned.err());
        assertTrue(warned.out().contains("30 rows, were 100"), warned.out());
        assertTrue(warned.out().contains("amount is null in 33.3 % of the rows, was in 0.0 %"), warned.out());
        assertTrue(warned.out().contains("amount lies from 10 to 9999, lay from 0 to 49"), warned.out());
        String report = Files.readString(folder.resolve("out/releases/" + current() + "/report.html"));
        assertTrue(report.contains("lay from 0 to 49"));
    }

    @Test
    void textsThatNeverWereAreNamed() throws IOException {
        write("loans.csv", loans(100, ",", "worse"));
        assertTrue(run("check").out().contains("status holds 'worse', which it did not in release"));
    }

    @Test
    void aDirectiveSaysWhatIsUsual() throws IOException {
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                -- @contract rows 0.01..5
                -- @contract range error amount
                -- @contract nulls off
                SELECT * FROM read_csv(getvariable('loans'), header = true)
                """);
        write("loans.csv", loans(30, ",", "good").replace(",29,", ",9999,").replaceAll(",[0-9],", ",,"));
        Outcome stopped = run("run");
        assertEquals(4, stopped.code(), stopped.err());
        assertTrue(stopped.err().contains("amount lies from 10 to 9999"), stopped.err());
        assertFalse(stopped.err().contains("null"), stopped.err());
        assertFalse(stopped.err().contains("30 rows, were"), stopped.err());
    }

    @Test
    void aColumnThatTheSqlNamesAndTheNewFileLacksIsSaidOfTheFile() throws IOException {
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT id, amount, status FROM read_csv(getvariable('loans'), header = true)
                """);
        assertEquals(0, run("run").code());
        write("loans.csv", "id,sum,status\n1,2,good\n");
        Outcome stopped = run("run");
        assertEquals(4, stopped.code(), stopped.err());
        assertTrue(stopped.err().contains("loans.csv: it has no column amount, and "), stopped.err());
        assertTrue(stopped.err().contains("in release " + current() + ", had it"), stopped.err());
    }

    @Test
    void anotherSelectOfTheAnalystStopsNothing() throws IOException {
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT id, status FROM read_csv(getvariable('loans'), header = true)
                """);
        Outcome told = run("run");
        assertEquals(0, told.code(), told.err());
        assertTrue(told.out().contains("column amount is gone"), told.out());
    }
}
