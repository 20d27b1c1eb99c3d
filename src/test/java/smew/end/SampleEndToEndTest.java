package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Json;
import smew.end.SmewJar.Outcome;
import tools.jackson.databind.JsonNode;

/** The sample project from init to rollback, at a prompt. */
class SampleEndToEndTest {

    private static final Pattern PROGRESS = Pattern.compile("[a-z_ ]+ (\\.\\.\\.|.*\\d+\\.\\d s)");

    @TempDir
    static Path folder;

    @TempDir
    static Path logs;

    private static SmewJar smew;
    private static Outcome init;
    private static Outcome run;

    @BeforeAll
    static void runTheSample() {
        init = SmewJar.in(folder, logs).run("init", "sample");
        smew = SmewJar.in(folder.resolve("sample"), logs);
        run = smew.run("run", "--as-of", "2021-09-17");
    }

    @Test
    void initSaysWhatToDoNext() {
        assertEquals(0, init.code(), init.err());
        assertTrue(init.out().startsWith("Wrote "), init.out());
        assertTrue((init.out() + init.err()).contains("smew run --project sample"), init.err());
    }

    @Test
    void resultsAreOnStandardOutputAndProgressIsOnStandardError() throws IOException {
        assertEquals(0, run.code(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("release " + new StoreFiles(store()).current() + "  as of 2021-09-17", lines.getFirst());
        assertTrue(run.out().contains("  credit_history: 40,000 rows, 2,000 entities\n"), run.out());
        assertTrue(run.out().contains("  history_is_complete (error): passed\n"), run.out());
        JsonNode scored = Json.tree(lines.getLast());
        assertEquals(5008804, scored.get("id").asInt());
        double probability = scored.get("probability").asDouble();
        assertTrue(probability >= 0 && probability <= 1, lines.getLast());
        for (String line : run.err().lines().toList()) {
            assertTrue(PROGRESS.matcher(line).matches(), "not a line of progress: " + line);
        }
    }

    @Test
    void theModelIsHonestlyBetterThanGuessing() throws IOException {
        JsonNode manifest = Json.tree(Files.readString(store().resolve("releases")
                .resolve(new StoreFiles(store()).current())
                .resolve("release.json")));
        double auc = manifest.get("models").get(0).get("metrics").get("auc").asDouble();
        assertTrue(auc > 0.7 && auc < 0.85, "AUC " + auc);
    }

    @Test
    void theSameRunWithOtherThreadsIntoAnotherStoreWritesTheSameBytes() throws IOException {
        Outcome again = smew.run("run", "--as-of", "2021-09-17", "--store", "again", "--threads", "1");
        assertEquals(0, again.code(), again.err());
        StoreFiles.assertSame(store(), smew.directory().resolve("again"));
    }

    @Test
    void queriesAnswerInEveryFormat() throws IOException {
        String query = "SELECT count(*) AS loans, max(nb_previous_loans) AS most FROM credit_history";
        String table = smew.run("sql", query, "--format", "table").out();
        assertTrue(Pattern.matches("loans +most\n-+ +-+\n40000 +\\d+\n", table), table);
        String csv = smew.run("sql", query).out();
        assertTrue(Pattern.matches("loans,most\n40000,\\d+\n", csv), csv);
        JsonNode json = Json.tree(smew.run("sql", query, "--json").out());
        assertEquals(40000, json.get(0).get("loans").asInt());
        Outcome written = smew.run("sql", query, "--output", "answer.parquet");
        assertEquals(0, written.code(), written.err());
        assertEquals("", written.out());
        byte[] parquet = Files.readAllBytes(smew.directory().resolve("answer.parquet"));
        assertEquals("PAR1", new String(parquet, 0, 4, StandardCharsets.US_ASCII));
        Outcome read = smew.run("sql", "SELECT loans FROM read_parquet('answer.parquet')");
        assertEquals("loans\n40000\n", read.out(), read.err());
    }

    @Test
    void checkPrintsTheChecksAndPublishesNothing() throws IOException {
        String before = new StoreFiles(store()).current();
        Outcome check = smew.run("check", "--as-of", "2021-09-17");
        assertEquals(0, check.code(), check.err());
        assertEquals(
                List.of(
                        "credit_history @range loan_date ..as-of (error): passed",
                        "credit_history @unique loan_id (error): passed",
                        "history_is_complete (error): passed",
                        "loans @accepted status 0, 1 (error): passed",
                        "loans @not-null loan_id, id, loan_date, loan_amount, status (error): passed",
                        "loans @range loan_amount 0<.. (error): passed",
                        "loans_are_unique (error): passed",
                        "values_are_plausible (warn): passed"),
                check.out()
                        .lines()
                        .filter(line -> line.endsWith(": passed"))
                        .sorted()
                        .toList());
        assertTrue(check.out().contains("\n1 test passed\n"), check.out());
        assertEquals(
                List.of(
                        "leak as-of, credit_history.age (allowed",
                        "leak as-of, credit_history.years_on_the_job (allowed"),
                check.out()
                        .lines()
                        .filter(line -> line.startsWith("leak "))
                        .map(line -> line.substring(0, line.indexOf(':')))
                        .sorted()
                        .toList());
        assertEquals(before, new StoreFiles(store()).current());
    }

    @Test
    void releasesAreListedAndRolledBack() throws IOException {
        Outcome newer = smew.run("run", "--as-of", "2020-06-30", "--features-only", "--store", "two");
        assertEquals(0, newer.code(), newer.err());
        StoreFiles two = new StoreFiles(smew.directory().resolve("two"));
        String old = two.current();
        assertEquals(
                0,
                smew.run("run", "--as-of", "2020-12-31", "--features-only", "--store", "two")
                        .code());
        String young = two.current();
        assertNotEquals(old, young);
        List<String> listed =
                smew.run("releases", "--store", "two").out().lines().toList();
        assertTrue(listed.get(2).contains(young) && listed.get(2).contains("2020-12-31"), listed.get(2));
        assertTrue(listed.get(3).contains(old) && listed.get(3).contains("2020-06-30"), listed.get(3));
        Outcome back = smew.run("rollback", old, "--store", "two");
        assertEquals(0, back.code(), back.err());
        assertEquals(old, two.current());
        Outcome newest =
                smew.run("sql", "--store", "two", "SELECT max(loan_date) <= '2020-06-30' AS old FROM credit_history");
        assertEquals("old\ntrue\n", newest.out(), newest.err());
    }

    @Test
    void algorithmsAreListedWithParameters() {
        Outcome algorithms = smew.run("algorithms");
        assertEquals(0, algorithms.code());
        assertTrue(algorithms.out().contains("random-forest (classification, regression)"), algorithms.out());
        assertTrue(algorithms.out().contains("max-depth"), algorithms.out());
        assertEquals("", algorithms.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "init", "run", "check", "serve", "sql", "releases", "rollback", "algorithms"})
    void helpIsOnStandardOutputAlone(String command) {
        Outcome help = command.isEmpty() ? smew.run("--help") : smew.run(command, "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().startsWith("Usage: smew " + command), help.out());
        assertEquals("", help.err());
    }

    @Test
    void exitCodesTellWhoCanAct() throws IOException {
        fails(2, "has no option --as-if", "run", "--as-if", "2021-09-17");
        fails(3, "there is none of that id", "rollback", "20200101T000000.000Z-0123456789ab");
        Path twice = folder.resolve("twice.csv.gz");
        Files.write(twice, Files.readAllBytes(folder.resolve("sample/sample-data/loans.csv.gz")));
        try (var out = Files.newOutputStream(twice, java.nio.file.StandardOpenOption.APPEND)) {
            out.write(gzipped("rubbish\n"));
        }
        fails(4, "twice.csv.gz", "run", "--set", "loans=" + twice, "--store", "fresh");
        fails(5, "there is none", "serve", "--port", "0", "--store", "empty");
        Files.writeString(folder.resolve("sample/file"), "no folder");
        fails(6, "file system refused", "run", "--store", "file/below");
        assertFalse(Files.exists(folder.resolve("sample/fresh/CURRENT")));
    }

    @Test
    void anOlderJavaReadsOneSentence() throws IOException {
        Optional<Path> older = olderJava();
        assumeTrue(older.isPresent(), "no older Java is installed here");
        Outcome refused = new SmewJar(older.get(), List.of(), folder, logs, Map.of()).run("algorithms");
        assertEquals(2, refused.code());
        assertEquals("", refused.out());
        assertEquals(1, refused.err().lines().count(), refused.err());
        assertTrue(refused.err().startsWith("Smew needs Java 25 or newer, and this is Java "), refused.err());
    }

    private void fails(int code, String says, String... arguments) {
        Outcome failed = smew.run(arguments);
        assertEquals(code, failed.code(), failed.err());
        assertTrue(failed.err().contains(says), failed.err());
        assertFalse(failed.err().contains("\tat "), failed.err());
        assertEquals("", failed.out());
    }

    private static byte[] gzipped(String text) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Optional<Path> olderJava() throws IOException {
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> home.getFileName().toString().matches(".*\\b(8|1\\.8\\.0|11|17|21)\\b.*"))
                    .findFirst();
        }
    }

    private static Path store() {
        return smew.directory().resolve("out");
    }
}
