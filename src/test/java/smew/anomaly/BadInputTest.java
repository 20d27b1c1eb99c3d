package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;

/** Whatever is wrong with a CSV file, a run says so in one sentence and leaves the current release as it was. */
class BadInputTest {

    private static final String HEADER = "id,day,amount,status\n";
    private static final String ROW = "1,2020-01-01,5,0\n";

    @TempDir
    static Path folder;

    private static SmallProject project;
    private static String before;

    @BeforeAll
    static void release() {
        project = SmallProject.in(folder);
        assertEquals(0, project.smew("run").code());
        before = project.text("out/CURRENT");
    }

    @Test
    void aMissingFile() {
        refuses(3, "nowhere.csv", "there is no file");
    }

    @Test
    void aFolderInPlaceOfAFile() {
        refuses(3, "sql", "/sql is a folder", "/*.csv");
    }

    @Test
    void anEmptyFile() {
        project.write("empty.csv", "");
        refuses(4, "empty.csv", "empty.csv");
    }

    @Test
    void aHeaderWithoutRows() {
        project.write("bare.csv", HEADER);
        refuses(4, "bare.csv", "the source has no rows", "bare.csv");
    }

    @Test
    void aFileThatEndsInTheMiddleOfARow() {
        project.write("cut.csv", HEADER + ROW.repeat(500) + "1,2020-0");
        refuses(4, "cut.csv", "cut.csv", "Check that the file is whole");
    }

    @Test
    void aCompressedFileThatIsCutShort() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((HEADER + ROW.repeat(5000)).getBytes(StandardCharsets.UTF_8));
        }
        project.write("cut.csv.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() - 20));
        refuses(4, "cut.csv.gz", "cut.csv.gz", "damaged or cut short");
    }

    @Test
    void aCompressedFileThatIsNone() {
        project.write("plain.csv.gz", HEADER + ROW);
        refuses(4, "plain.csv.gz", "plain.csv.gz");
    }

    @Test
    void aRaggedRow() {
        project.write("ragged.csv", HEADER + ROW.repeat(3000) + "1,2020-01-01,5,0,9\n" + ROW.repeat(3000));
        refuses(4, "ragged.csv", "ragged.csv line 3002", "found 5 columns, expected 4");
    }

    @Test
    void aQuoteThatIsNeverClosed() {
        project.write("quote.csv", HEADER + ROW.repeat(3000) + "\"1,2020-01-01,5,0\n" + ROW.repeat(3000));
        refuses(4, "quote.csv", "quote.csv");
    }

    @Test
    void aFileThatIsNotUtf8() {
        byte[] rows = (HEADER + ROW + "1,2020-01-01,\u00e9,0\n").getBytes(StandardCharsets.ISO_8859_1);
        project.write("latin.csv", rows);
        refuses(4, "latin.csv", "latin.csv", "not UTF-8");
    }

    @Test
    void aValueOfAnotherType() {
        project.write("typed.csv", HEADER + ROW + "2,2020-01-02,n/a,0\n");
        refuses(4, "typed.csv", "typed.csv line 3: column amount holds 'n/a', expected DOUBLE", "nullstr='n/a'");
    }

    @Test
    void aColumnThatIsGone() {
        project.write("gone.csv", "id,day,amount\n1,2020-01-01,5\n");
        refuses(4, "gone.csv", "gone.csv", "status", "sql/sources/loans.sql");
    }

    @Test
    void aColumnThatIsRenamed() {
        project.write("renamed.csv", "id,day,amt,status\n1,2020-01-01,5,0\n");
        refuses(4, "renamed.csv", "renamed.csv", "amount", "sql/sources/loans.sql");
    }

    @Test
    void aNewColumnIsNoAnomaly() {
        StringBuilder wider = new StringBuilder();
        project.text("loans.csv").lines().forEach(line -> wider.append(line).append(",new\n"));
        project.write("wider.csv", wider.toString());
        Outcome run = project.smew("run", "--set", "loans=" + folder.resolve("wider.csv"), "--store", "wider");
        assertEquals(0, run.code(), run.err());
    }

    /** Runs over a file, and expects a message with every part. */
    private void refuses(int code, String file, String... parts) {
        Outcome run = project.smew("run", "--set", "loans=" + folder.resolve(file));
        String message = run.err()
                .lines()
                .filter(line -> !line.endsWith(" ...") && !line.matches(".*\\d s"))
                .reduce("", (all, line) -> all + line);
        assertEquals(code, run.code(), message);
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
        assertFalse(message.contains("\tat "), message);
        assertEquals("", run.out());
        assertEquals(before, project.text("out/CURRENT"));
        assertFalse(folder.resolve("out/.staging").toFile().exists(), "nothing is left behind");
    }
}
