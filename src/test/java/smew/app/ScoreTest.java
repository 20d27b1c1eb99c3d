package smew.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Engine.SqlRequest.Format;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.release.Releases;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.Store;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** Predictions for every entity, from a folder and from S3. */
class ScoreTest {

    private static final int ENTITIES = 50;

    @TempDir
    Path folder;

    private CloudProject cloud;
    private StoreSettings local;
    private Prompt prompt;

    @BeforeEach
    void start() {
        cloud = new CloudProject(folder);
        local = StoreSettings.folder(folder.resolve("project/out").toString());
        prompt = new Prompt(cloud.project());
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Scores score(StoreSettings store) {
        return cloud.wiring.score(new ScoreRequest(store, Optional.empty(), Optional.empty(), 0), Progress.NONE);
    }

    private int smew(String... arguments) {
        return prompt.run(cloud.wiring, arguments);
    }

    @Test
    void everyPredictionIsTheOneOverHttpBitForBit() throws Exception {
        String release = cloud.run(cloud.store(), false).manifest().id();
        Scores scores = score(cloud.store());
        assertEquals(release, scores.release());
        Table table = scores.scored().table();
        assertEquals(ENTITIES, table.rows());
        try (Releases releases = Releases.of(cloud.store());
                Server server = Server.start(ServeSettings.DEFAULT.withPort(0), releases);
                HttpClient http = HttpClient.newHttpClient()) {
            for (int row = 0; row < table.rows(); row++) {
                long id = ((Column.Integers) table.column("id").orElseThrow()).values()[row];
                URI uri = URI.create("http://127.0.0.1:" + server.port() + "/predictions/" + id);
                JsonNode answer =
                        Json.tree(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body());
                assertEquals(answer.get("id").asLong(), id);
                assertEquals(answer.get("time").asString(), CellText.of(column(table, "day"), row));
                assertEquals(answer.get("model").asString(), CellText.of(column(table, "model"), row));
                assertEquals(answer.get("release").asString(), CellText.of(column(table, "release"), row));
                assertEquals(answer.get("prediction").asString(), CellText.of(column(table, "prediction"), row));
                assertEquals(answer.get("probability").asDouble(), number(table, "probability", row));
                for (String name : List.of("0", "1")) {
                    assertEquals(
                            answer.get("probabilities").get(name).asDouble(),
                            number(table, "probability_" + name, row));
                }
            }
        }
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow();
    }

    private static double number(Table table, String name, int row) {
        return ((Column.Doubles) column(table, name)).values()[row];
    }

    @Test
    void aFolderAndS3GiveTheSameRowsAndEveryRunTheSameBytes() throws IOException {
        cloud.run(local, false);
        cloud.run(cloud.store(), false);
        Table here = score(local).scored().table();
        Table there = score(cloud.store()).scored().table();
        for (String name : List.of("id", "day", "model", "prediction", "probability", "probability_0")) {
            for (int row = 0; row < ENTITIES; row++) {
                assertEquals(CellText.of(column(here, name), row), CellText.of(column(there, name), row), name);
            }
        }
        for (String file : List.of("a.parquet", "b.parquet", "a.csv.gz", "b.csv.gz")) {
            assertEquals(0, smew("score", "--output", file), prompt.err());
        }
        assertArrayEquals(bytes("a.parquet"), bytes("b.parquet"));
        assertArrayEquals(bytes("a.csv.gz"), bytes("b.csv.gz"));
    }

    private byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(cloud.project().resolve(file));
    }

    @Test
    void aCommandPrintsRowsAndCountsThem() throws IOException {
        String release = cloud.run(local, false).manifest().id();
        assertEquals(0, smew("score"), prompt.err());
        List<String> lines = prompt.out().lines().toList();
        assertEquals("id,day,model,release,prediction,probability,probability_0,probability_1", lines.getFirst());
        assertEquals(1 + ENTITIES, lines.size());
        assertTrue(lines.get(1).startsWith("0,2020-08-15,risk_of_loss," + release + ",0,"), lines.get(1));
        assertTrue(
                prompt.err().startsWith("Scored 50 rows with risk_of_loss of release " + release + " in "),
                prompt.err());
        assertFalse(prompt.err().contains("no prediction"), prompt.err());
        assertEquals(0, smew("score", "--format", "table"), prompt.err());
        assertTrue(prompt.out().startsWith("id"), prompt.out());
        assertTrue(prompt.err().contains("These are the first 40 rows"), prompt.err());
        assertEquals(0, smew("score", "--json"), prompt.err());
        JsonNode json = Json.tree(prompt.out());
        assertEquals(ENTITIES, json.size());
        assertEquals("risk_of_loss", json.get(7).get("model").asString());
        assertEquals(0, smew("score", "--output", "scores.parquet"), prompt.err());
        assertEquals("", prompt.out());
        assertEquals(
                0,
                smew(
                        "sql",
                        "SELECT count(*) AS n, min(release) AS r FROM 'project/scores.parquet'"
                                .replace("project", cloud.project().toString())),
                prompt.err());
        assertEquals("n,r\n50," + release + "\n", prompt.out());
    }

    @Test
    void aReleaseAndAModelAreChosenByName() {
        String old = cloud.run(local, false).manifest().id();
        cloud.write("sql/models/another.sql", """
                -- @label amount
                -- @algorithm linear-ridge
                SELECT id, day, amount, status FROM history
                """);
        String young = cloud.run(local, false).manifest().id();
        assertEquals(young, score(local).release());
        assertEquals("another", score(local).model());
        Scores chosen = cloud.wiring.score(
                new ScoreRequest(local, Optional.of("risk_of_loss"), Optional.of(old), 0), Progress.NONE);
        assertEquals(old, chosen.release());
        assertEquals("risk_of_loss", chosen.model());
        assertEquals(3, smew("score", "--model", "risk_of_los"));
        assertTrue(prompt.err().contains("Did you mean risk_of_loss?"), prompt.err());
        assertEquals(3, smew("score", "--model", "another", "--release", old));
        assertEquals(3, smew("score", "--release", "20200101T000000.000Z-000000000000"));
        assertTrue(prompt.err().contains("The newest is " + young), prompt.err());
    }

    @Test
    void withoutAReleaseOrAModelThereIsNothingToScore() {
        assertEquals(5, smew("score"));
        assertTrue(prompt.err().contains("Run `smew run` first"), prompt.err());
        cloud.run(local, true);
        assertEquals(3, smew("score"));
        assertTrue(prompt.err().contains("it has none, because it was made with --features-only"), prompt.err());
    }

    @Test
    void anEntityThatTheModelRefusesHasNoPredictionAndIsCounted() {
        cloud.write("sql/models/risk_of_loss.sql", """
                -- @label status
                -- @allow separation * the label was made from the amount
                -- @allow label-copy * the label was made from the amount
                -- @algorithm decision-tree max-depth=3
                -- @missing error
                SELECT id, day, CASE WHEN id < 3 AND day > '2020-08-01' THEN NULL ELSE amount END AS amount,
                    CASE WHEN id < 3 AND day > '2020-08-01' THEN NULL ELSE status END AS status FROM history
                """);
        cloud.run(local, false);
        assertEquals(0, smew("score"), prompt.err());
        assertTrue(prompt.out().lines().toList().get(1).endsWith(",,,,"), prompt.out());
        assertFalse(prompt.out().lines().toList().get(4).endsWith(","), prompt.out());
        assertTrue(
                prompt.err()
                        .contains("3 of them have no prediction: they lack amount, and model risk_of_loss allows none"),
                prompt.err());
    }

    @Test
    void anOutputOnS3IsReplacedWhole() {
        cloud.run(cloud.store(), false);
        Answer answer = new Answer(
                new Surroundings(
                        folder,
                        Map.of(),
                        System.out,
                        new PrintStream(cloud.told, true, StandardCharsets.UTF_8),
                        Terminal.NONE,
                        Clock.systemUTC(),
                        due -> {},
                        cloud.wiring),
                Answer.Rows.of(cloud.wiring, score(cloud.store()).scored().table()));
        for (String name : List.of("scores.csv", "scores.csv.gz", "scores.csv")) {
            answer.write(Format.CSV, new Place("s3://bucket/exports/" + name), cloud.store());
            assertTrue(cloud.told().endsWith("Wrote s3://bucket/exports/" + name + ".\n"), cloud.told());
        }
        try (Store store = Store.open(cloud.store("s3://bucket/exports"))) {
            assertEquals(List.of("scores.csv", "scores.csv.gz"), store.list(""));
            String csv = new String(store.read("scores.csv").orElseThrow(), StandardCharsets.UTF_8);
            assertEquals(1 + ENTITIES, csv.lines().count());
            assertEquals((byte) 0x1f, store.read("scores.csv.gz").orElseThrow()[0]);
        }
        SmewException refused = assertThrows(
                SmewException.class,
                () -> answer.write(Format.CSV, new Place("s3://absent/scores.csv"), cloud.store()));
        assertEquals(Fault.NOT_FOUND, refused.fault(), refused.getMessage());
    }
}
