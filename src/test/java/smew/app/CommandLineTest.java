package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.EndpointSettings;

final class CommandLineTest extends OnPrompt {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init",
                "run",
                "check",
                "serve",
                "train",
                "score",
                "drift",
                "sql",
                "releases",
                "rollback",
                "reproduce",
                "algorithms"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        assertEquals(0, prompt.run(command, "--help"));
        assertTrue(prompt.out().contains("Example"), prompt.out());
        assertTrue(prompt.out().contains("--project=DIR"), prompt.out());
        assertTrue(prompt.out().contains("--store=DIR"), prompt.out());
        assertEquals("", prompt.err());
        assertEquals(0, prompt.run("--help"));
        assertTrue(prompt.out().contains("  " + command + " "), prompt.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|smew needs a command: init, run",
                "rn|There is no command rn. Did you mean run?",
                "scoer|There is no command scoer. Did you mean score?",
                "run --asof 1|smew run has no option --asof. Did you mean --as-of?",
                "run --as-of 2021-13-01|--as-of holds '2021-13-01', expected a date such as 2021-09-17.",
                "run --memory much|--memory holds 'much', expected a size",
                "run --every 5|--every holds '5', expected a duration",
                "run --every 0s|--every holds '0s', expected a duration above zero",
                "run --cron x|--cron holds 'x', expected five cron fields",
                "run --every 1h --cron 1_2_*_*_*|--every and --cron are both set",
                "run --cron 0_0_30_2_*|--cron \"0 0 30 2 *\" names a time that never comes",
                "run --retries -1|--retries holds '-1', expected a whole number from 0 up",
                "run --seed 1 --seed 2|--seed is given twice",
                "run --set loans|--set",
                "run --threads|--threads needs a value: N.",
                "run extra|smew run does not know what to do with 'extra'",
                "serve --port 70000|--port holds '70000', expected a port",
                "serve --backend churn|--backend holds 'churn', expected local, sagemaker:ENDPOINT, sagemaker:ENDPOINT/VARIANT",
                "serve --backend sagemaker:a/b/c|--backend holds",
                "serve --backend-format xml|--backend-format holds 'xml', expected csv or json.",
                "serve --backend sagemaker:a --backend-timeout 90s|--backend-timeout is 90000 ms, expected more than 0",
                "serve --fallback remote|--fallback holds 'remote', expected local.",
                "rollback|smew rollback needs ID.",
                "sql|smew sql needs one query",
                "sql --format tsv x|--format holds 'tsv', expected table, csv, json or parquet.",
                "sql x --output a.txt|ends with none of .csv",
                "sql x --output a.csv --format table|A table is for a terminal",
                "score --output s3://bucket/scores|ends with none of .csv",
                "score --explain 0|--explain holds '0', expected a whole number from 1 up.",
                "drift --threshold -1|--threshold holds '-1', expected a number from 0 up such as 0.25.",
                "drift --since 3|--since is about logged predictions: say --predictions too.",
                "outcomes|smew outcomes needs a command: load.",
                "outcomes load|smew outcomes load needs FILE.",
                "outcomes load http://host/truth.csv|Opening http://host/truth.csv: Smew reads and writes folders",
                "score --output http://host/scores.csv|Opening http://host/scores.csv: Smew reads and writes folders",
            })
    void aWrongCommandLineIsExplainedInOneSentenceWithAWayToHelp(String line, String expected) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = arguments[index].replace('_', ' ');
        }
        assertEquals(2, prompt.run(arguments));
        assertTrue(prompt.err().contains(expected), prompt.err());
        assertEquals(1, prompt.err().lines().count(), prompt.err());
        assertEquals("", prompt.out());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theFaultAloneDecidesTheExitCode(Fault fault) {
        prompt.engine.outcomes.add(Optional.of(new SmewException(fault, "Reading loans: it is gone.")));
        assertEquals(fault.exitCode(), prompt.run("run"));
        assertTrue(prompt.err().contains("Reading loans: it is gone."), prompt.err());
        assertEquals(fault == Fault.INTERNAL, prompt.err().contains("\tat "));
    }

    @Test
    void traceAddsTheStackTrace() {
        SmewException failure = new SmewException(Fault.DATA, "Bad.", new IllegalStateException("the cause"));
        prompt.engine.outcomes.add(Optional.of(failure));
        prompt.run("run", "--trace");
        assertTrue(prompt.err().contains("the cause"), prompt.err());
        prompt.engine.outcomes.add(Optional.of(failure));
        prompt.environment.put("SMEW_TRACE", "true");
        prompt.run("run");
        assertTrue(prompt.err().contains("\tat "), prompt.err());
    }

    @Test
    void anythingElseIsOurBug() {
        prompt.engine.outcomes.add(Optional.of(new IllegalStateException("no rows")));
        assertEquals(70, prompt.run("run"));
        assertTrue(prompt.err().startsWith("This is a bug in Smew"), prompt.err());
        assertTrue(prompt.err().contains("\tat "), prompt.err());
    }

    @Test
    void aFullHeapIsExplained() {
        prompt.engine.outcomes.add(Optional.of(new OutOfMemoryError("Java heap space")));
        assertEquals(6, prompt.run("run"));
        assertTrue(prompt.err().contains("-Xmx"), prompt.err());
        assertFalse(prompt.err().contains("\tat "), prompt.err());
    }

    @Test
    void aRunPrintsItsReleaseAndOneScoredEntityOnStandardOutput() {
        assertEquals(0, prompt.run("run", "--as-of", "2021-09-17"));
        assertTrue(
                prompt.out().startsWith("release 20260101T000000.000Z-000000000000  as of 2021-09-17"), prompt.out());
        assertTrue(prompt.out().endsWith("{\"id\": 1}" + System.lineSeparator()), prompt.out());
        assertEquals(0, prompt.run("run", "--json"));
        assertTrue(prompt.out().startsWith("{"), prompt.out());
        assertTrue(prompt.out().contains("\"as_of\":\"2026-01-01\""), prompt.out());
    }

    @Test
    void initWritesTheSampleOnceAndNeverOverwrites() throws Exception {
        assertEquals(0, prompt.run("init", "demo"), prompt.err());
        Path written = directory.resolve("demo/sql/models/credit_risk.sql");
        assertTrue(Files.isRegularFile(written));
        Files.delete(directory.resolve("demo/sql/sources/loans.sql"));
        assertEquals(2, prompt.run("init", "demo"));
        assertTrue(prompt.err().contains("credit_risk.sql: the file exists"), prompt.err());
        assertFalse(Files.exists(directory.resolve("demo/sql/sources/loans.sql")));
    }

    @Test
    void anUnknownAlgorithmIsNotFoundAndANearOneNamed() {
        assertEquals(3, prompt.run("algorithms", "randm-forest"));
        assertTrue(prompt.err().contains("Did you mean random-forest?"), prompt.err());
    }

    @Test
    void aQueryAnswersAsCsvJsonOrAFile() throws Exception {
        assertEquals(0, prompt.run(new Wiring(Clock.systemUTC()), "sql", "SELECT 1 AS a, 'x' AS b"), prompt.err());
        assertEquals("a,b\n1,x\n", prompt.out());
        assertEquals(
                0,
                prompt.run(new Wiring(Clock.systemUTC()), "sql", "SELECT 1 AS a, 'x' AS b", "--format", "table"),
                prompt.err());
        assertEquals("a  b\n-  -\n1  x\n", prompt.out().replace("\r", ""));
        assertEquals(0, prompt.run(new Wiring(Clock.systemUTC()), "sql", "SELECT 1 AS a", "--json"), prompt.err());
        assertEquals("[{\"a\":1}]", prompt.out().replaceAll("\\s", ""));
        prompt.write("q.sql", "SELECT getvariable('n')::INT + 1 AS n");
        assertEquals(
                0,
                prompt.run(
                        new Wiring(Clock.systemUTC()), "sql", "--file", "q.sql", "--set", "n=41", "--output", "n.csv"),
                prompt.err());
        assertEquals("n\n42\n", Files.readString(directory.resolve("n.csv")));
        assertEquals(
                2,
                prompt.run(new Wiring(Clock.systemUTC()), "sql", "SELECT missing FROM nowhere", "--output", "n.csv"));
        assertEquals("n\n42\n", Files.readString(directory.resolve("n.csv")));
    }

    @Test
    void theServerIsToldWhereToListen() {
        prompt.environment.put("SMEW_TOKEN", "secret");
        prompt.run("serve", "--host", "0.0.0.0", "--port", "0", "--body-limit", "2MiB");
        Engine.ServeRequest asked = prompt.engine.serves.getLast();
        assertEquals("0.0.0.0", asked.settings().listening().bind());
        assertEquals(0, asked.settings().listening().port());
        assertEquals(Optional.of("secret"), asked.settings().access().token());
        assertEquals(2L << 20, asked.settings().limits().bodyBytes());
        assertEquals(directory.resolve("out").toString(), asked.store().location());
    }

    @Test
    void theServerIsToldWhatQueriesMayTake() {
        prompt.run("serve");
        assertEquals(
                Optional.of(SqlProcesses.Limits.DEFAULT),
                prompt.engine.serves.getLast().sql());
        prompt.environment.put("SMEW_SQL_TIME", "1m");
        prompt.run("serve", "--sql-limit", "7");
        SqlProcesses.Limits asked = prompt.engine.serves.getLast().sql().orElseThrow();
        assertEquals(7, asked.rows());
        assertEquals(Duration.ofMinutes(1), asked.time());
        assertEquals(SqlProcesses.Limits.DEFAULT.memoryBytes(), asked.memoryBytes());
        prompt.run("serve", "--no-sql");
        assertEquals(Optional.empty(), prompt.engine.serves.getLast().sql());
        for (String senseless : List.of("0s", "2h")) {
            assertEquals(2, prompt.run("serve", "--sql-time", senseless), senseless);
        }
    }

    @Test
    void theServerIsToldWhichEndpointToAsk() {
        prompt.environment.put("SMEW_BACKEND", "sagemaker:churn/blue");
        prompt.run("serve", "--backend-format", "csv", "--backend-timeout", "1s500ms", "--fallback", "local");
        Engine.BackendRequest asked = prompt.engine.serves.getLast().backend().orElseThrow();
        assertEquals("sagemaker:churn/blue", asked.endpoint().address().toString());
        assertEquals(EndpointSettings.Format.CSV, asked.endpoint().format());
        assertEquals(Duration.ofMillis(1_500), asked.endpoint().timeout());
        assertEquals(2_000, asked.endpoint().concurrency());
        assertTrue(asked.fallback());
        assertFalse(asked.allowDifference());
        prompt.run("serve", "--backend", "local");
        assertEquals(Optional.empty(), prompt.engine.serves.getLast().backend());
    }
}
