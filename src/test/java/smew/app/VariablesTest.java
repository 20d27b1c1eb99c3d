package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file a variable names, over a real project: that of the project holds 1, that of the folder a user stands in 2. */
final class VariablesTest {

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void open() throws IOException {
        prompt = new Prompt(directory);
        Files.createDirectories(directory.resolve("project/sql/sources"));
        Files.createDirectories(directory.resolve("project/sql/checks"));
        prompt.write("project/sql/sources/loans.sql", """
                -- @input Loans = declared.csv
                SELECT id FROM read_csv(getvariable('loans'), header = true, types = {'id': 'BIGINT'})
                """);
        prompt.write("project/declared.csv", "id\n0\n");
        prompt.write("project/data.csv", "id\n1\n");
        prompt.write("data.csv", "id\n2\n");
        prompt.write("here.csv", "id\n2\n");
        prompt.write("project/there.csv", "id\n1\n");
    }

    private int check(int expected, String... flags) {
        prompt.write("project/sql/checks/right.sql", "SELECT * FROM loans WHERE id <> " + expected);
        String[] arguments = new String[flags.length + 3];
        System.arraycopy(flags, 0, arguments, 3, flags.length);
        arguments[0] = "check";
        arguments[1] = "--project";
        arguments[2] = "project";
        return prompt.run(new Wiring(Clock.systemUTC()), arguments);
    }

    @Test
    void aRelativeNameOfTheFileStartsAtTheProjectOnly() {
        prompt.write("project/smew.properties", "set.loans = data.csv\n");
        assertEquals(0, check(1), prompt.err());
        prompt.write("project/smew.properties", "# one\nset.loans = here.csv\n");
        assertEquals(3, check(1), prompt.err());
        assertTrue(prompt.err().contains("smew.properties:2: there is no file "), prompt.err());
        // The folder in which tests run has such a file.
        prompt.write("project/smew.properties", "set.loans = pom.xml\n");
        assertEquals(3, check(1), prompt.err());
    }

    @Test
    void aRelativeNameOfAFlagOrTheEnvironmentStartsAtTheCurrentFolderOnly() {
        assertEquals(0, check(2, "--set", "loans=data.csv"), prompt.err());
        assertEquals(3, check(1, "--set", "loans=there.csv"), prompt.err());
        assertTrue(prompt.err().contains("--set loans: there is no file "), prompt.err());
        prompt.environment.put("SMEW_SET_LOANS", "data.csv");
        assertEquals(0, check(2), prompt.err());
        prompt.environment.put("SMEW_SET_LOANS", "there.csv");
        assertEquals(3, check(1), prompt.err());
        assertTrue(prompt.err().contains("SMEW_SET_LOANS: there is no file "), prompt.err());
    }

    @Test
    void aVariableIsTheSameInUpperAndLowerCase() {
        prompt.write("project/smew.properties", "set.LOANS = nowhere.csv\n");
        assertEquals(0, check(2, "--set", "lOaNs=data.csv"), prompt.err());
    }

    @Test
    void aVariableThatNoSqlReadsIsRefusedByItsOriginButIgnoredInTheEnvironment() {
        prompt.environment.put("SMEW_SET_CUSTOMERS", "s3://bucket/of-another-project.csv");
        ByteArrayOutputStream warned = new ByteArrayOutputStream();
        Handler handler = new StreamHandler(warned, new SimpleFormatter());
        Logger log = Logger.getLogger("smew");
        log.addHandler(handler);
        assertEquals(0, check(0), prompt.err());
        log.removeHandler(handler);
        handler.flush();
        assertTrue(warned.toString(StandardCharsets.UTF_8).contains("SMEW_SET_CUSTOMERS is ignored"));
        prompt.write("project/smew.properties", "\n\nset.loan = data.csv\n");
        assertEquals(2, check(0), prompt.err());
        assertTrue(
                prompt.err().contains("smew.properties:3: no SQL file reads this variable. Did you mean Loans?"),
                prompt.err());
    }
}
