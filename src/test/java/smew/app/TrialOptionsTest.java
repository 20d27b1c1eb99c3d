package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.aws.AwsSettings;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.monitor.LogSettings;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Canary;
import smew.serve.ServeSettings.Trials;
import smew.serve.TestStore;
import smew.store.S3Settings;
import smew.store.StoreSettings;

/** Releases that are tried beside the current one, from the command line to the log of predictions. */
class TrialOptionsTest extends OnPrompt {

    private static final String NEWER = TestStore.id(2).value();

    private Trials asked(String... arguments) {
        prompt.run(arguments);
        return prompt.engine.serves.getLast().settings().trials();
    }

    @Test
    void aCanaryIsAReleaseAndAShareInPercent() {
        assertEquals(Trials.NONE, asked("serve"));
        assertEquals(
                new Trials(Optional.of(new Canary(NEWER, 0.05)), Optional.empty()),
                asked("serve", "--canary", NEWER + "=5%"));
        assertEquals(
                new Trials(Optional.of(new Canary(NEWER, 0.0025)), Optional.of("other")),
                asked("serve", "--canary=" + NEWER + "=0.25%", "--shadow", "other"));
        prompt.write("smew.properties", "canary=" + NEWER + "=100%\n");
        prompt.environment.put("SMEW_SHADOW", NEWER);
        assertEquals(new Trials(Optional.of(new Canary(NEWER, 1)), Optional.of(NEWER)), asked("serve"));
    }

    @Test
    void aShareThatIsNoneIsRefused() {
        for (String senseless : List.of(NEWER, NEWER + "=5", NEWER + "=101%", NEWER + "=-1%", "=5%", NEWER + "=0.05")) {
            assertEquals(2, prompt.run("serve", "--canary", senseless), senseless);
            assertTrue(prompt.err().contains("expected RELEASE=PERCENT with 0% to 100% of the ids"), prompt.err());
        }
        assertEquals(2, prompt.run("serve", "--shadow", NEWER, "--features-only"));
        assertTrue(prompt.err().contains("--features-only"), prompt.err());
    }

    @Test
    void whatIsTriedIsSaidWhenTheServerStarts() {
        prompt.run("serve", "--canary", NEWER + "=7.5%", "--shadow", "other");
        Engine.ServeRequest request = prompt.engine.serves.getLast();
        String said = EffectiveSettings.of(request, request.settings()).toString();
        assertTrue(said.contains("canary " + NEWER + "=7.5%, shadow other, "), said);
    }

    @Test
    void aReleaseThatCannotBeTriedEndsTheCommandAsOneThatCannotBeServedDoes() {
        Path store = directory.resolve("out");
        new TestStore(store).publishModels(1, TestStore.loans(1, "loans", 60));
        Engine wiring = new Wiring(prompt.clock());
        assertEquals(3, prompt.run(wiring, "serve", "--port", "0", "--canary", NEWER + "=5%"));
        assertTrue(prompt.err().contains("Looking for release " + NEWER), prompt.err());
    }

    @Test
    void theLogHoldsWhatEachReleaseSaid() throws Exception {
        Path store = directory.resolve("out");
        TestStore releases = new TestStore(store);
        releases.publishModels(3, TestStore.loans(3, "loans", 60));
        releases.publishModels(2, TestStore.loans(2, "loans", 60));
        releases.publishModels(1, TestStore.loans(1, "loans", 60));
        Trials both = new Trials(
                Optional.of(new Canary(NEWER, 0.5)), Optional.of(TestStore.id(3).value()));
        LocalServer server = LocalServer.start(new Engine.ServeRequest(
                new StoreSettings(store.toString(), AwsSettings.DEFAULT, S3Settings.DEFAULT),
                ServeSettings.DEFAULT.withPort(0).with(both),
                Optional.empty(),
                Optional.of(LogSettings.DEFAULT),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        try {
            ask(server.address());
        } finally {
            server.stop();
        }
        Table log = log(store);
        assertEquals(List.of("canary", "current"), texts(log, "side"));
        assertEquals(List.of(0L, 1L), integers(log, "shadows"));
        Column.Integers rows = (Column.Integers) log.column("rows").orElseThrow();
        assertEquals(60, rows.values()[0] + rows.values()[1]);
        assertTrue(rows.values()[0] > 10 && rows.values()[1] > 10, "both were asked");
        assertEquals(integers(log, "rows").get(1), integers(log, "compared").get(1));
        assertEquals(0L, integers(log, "wrong").get(1));
    }

    private static void ask(String address) throws IOException, InterruptedException {
        String ids = IntStream.range(1000, 1060).mapToObj(String::valueOf).collect(Collectors.joining(","));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/predictions"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"ids\":[" + ids + "]}"))
                            .build(),
                    BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
        }
    }

    private static Table log(Path store) throws IOException {
        try (var files = Files.walk(store.resolve("predictions"));
                Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            String all = files.map(Path::toString)
                    .filter(name -> name.endsWith(".parquet"))
                    .map(Duck::literal)
                    .collect(Collectors.joining(", ", "[", "]"));
            return duck.query(
                    "SELECT CASE release WHEN '" + NEWER + "' THEN 'canary' ELSE 'current' END AS side,"
                            + " count(*) AS rows, count(DISTINCT shadow_release) AS shadows,"
                            + " count(shadow_prediction) AS compared,"
                            + " count(*) FILTER (abs(abs(probability - shadow_probability) - shadow_difference) > 1e-9)"
                            + " AS wrong FROM read_parquet(" + all
                            + ", union_by_name = true) GROUP BY ALL ORDER BY ALL",
                    Origin.engine("Reading", "the log"));
        }
    }

    private static List<String> texts(Table table, String name) {
        Column.Texts column = (Column.Texts) table.column(name).orElseThrow();
        return IntStream.of(column.codes())
                .mapToObj(code -> column.dictionary()[code])
                .toList();
    }

    private static List<Long> integers(Table table, String name) {
        return Arrays.stream(((Column.Integers) table.column(name).orElseThrow()).values())
                .boxed()
                .toList();
    }
}
