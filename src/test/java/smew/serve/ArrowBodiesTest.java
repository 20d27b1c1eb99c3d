package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import smew.columns.ArrowStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.online.Cell;
import tools.jackson.databind.JsonNode;

/** Arrow streams as bodies: ids as columns, and what no model can score. */
class ArrowBodiesTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String ARROW = "application/vnd.apache.arrow.stream";
    private static final String PATH = "/invocations";

    @BeforeAll
    static void start() {
        serve(TestStore.loans(1, "loans", 300));
    }

    private static double[] doubles(Table table, int column) {
        return ((Column.Doubles) table.columns().get(column)).values();
    }

    @Test
    void tellsWhatIsWrongWithColumns() {
        Table table = SentRows.random(10, 1).table();
        Table lacking = new Table(table.columns().subList(0, 3), 10);
        JsonNode refused = refused(422, SentRows.arrow(lacking, 10));
        assertEquals(
                List.of("column city", "column member"),
                refused.get("errors")
                        .valueStream()
                        .map(error -> error.get("where").asString())
                        .toList());
        Table twisted = new Table(
                List.of(
                        new Column.Dates("amount", new int[10], TestStore.NONE),
                        TestStore.integers("city", new long[10]),
                        TestStore.integers("member", 0, 1, 2, 0, 0, 0, 0, 0, 0, 0),
                        new Column.Booleans("marker", new boolean[10], TestStore.NONE)),
                10);
        assertEquals(3, refused(422, SentRows.arrow(twisted, 10)).get("errors").size());
        List<Column> columns = new ArrayList<>(table.columns());
        columns.set(4, TestStore.integers("member", 0, 1, 2, 0, 0, 0, 0, 0, 0, 0));
        detail("row 2, column member", refused(422, SentRows.arrow(new Table(columns, 10), 10)));
        columns.set(4, columns.get(0));
        detail("twice", refused(422, SentRows.arrow(new Table(columns, 10), 10)));
        detail("no row", refused(400, ArrowStream.writer(Map.of()).batch(table.pick(), true)));
    }

    @Test
    void takesAndGivesIdsAsColumns() throws IOException {
        long[] asked = {1007, 1003, -5, 1007, 1299};
        Table ids = new Table(List.of(TestStore.integers("id", asked), TestStore.integers("zzz", asked)), asked.length);
        byte[] body = SentRows.arrow(ids, 2);
        JsonNode expected = client.post("/predictions", JSON, "{\"ids\":[1007,1003,-5,1007,1299]}")
                .json();
        assertEquals(
                expected,
                Json.tree(client.bytes("/predictions", ARROW, BodyPublishers.ofByteArray(body))
                        .body()));
        byte[] answer = client.bytes(
                        "/models/loans/predictions", ARROW, BodyPublishers.ofByteArray(body), "Accept", ARROW)
                .body();
        List<Table> batches = new ArrayList<>();
        ArrowStream.read(new ByteArrayInputStream(answer), _ -> true, 1_000_000, () -> 100, batches::add);
        Table columns = batches.getFirst();
        assertEquals(
                List.of(
                        "id",
                        "prediction",
                        "probability",
                        "probability_0",
                        "probability_1",
                        "day",
                        "amount",
                        "city",
                        "member",
                        "marker"),
                columns.names());
        assertEquals(4, columns.rows());
        for (int row = 0; row < 4; row++) {
            JsonNode one = expected.get("predictions").get(row);
            assertEquals(one.get("id").asLong(), Cell.value(columns.columns().get(0), row));
            assertEquals(one.get("probability").asDouble(), doubles(columns, 2)[row]);
            assertEquals(
                    one.get("time").asString(), Cell.value(columns.columns().get(5), row));
            assertEquals(
                    one.at("/features/city").asString(),
                    Cell.value(columns.columns().get(7), row));
        }
        Table other = new Table(List.of(TestStore.integers("zzz", 1)), 1);
        detail("no column id", refused("/predictions", 400, SentRows.arrow(other, 1)));
        detail(
                "ids[1]",
                refused(
                        "/predictions",
                        400,
                        SentRows.arrow(new Table(List.of(TestStore.texts("id", "1007", "x")), 2), 9)));
        refused(
                "/predictions",
                413,
                SentRows.arrow(new Table(List.of(TestStore.integers("id", new long[10_001])), 10_001), 9_000));
        problem(406, client.post("/predictions?explain=true", JSON, "{\"ids\":[1007]}", "Accept", ARROW));
    }

    private static JsonNode refused(String path, int status, byte[] body) {
        HttpResponse<byte[]> answer = client.bytes(path, ARROW, BodyPublishers.ofByteArray(body));
        JsonNode problem = Json.tree(answer.body());
        assertEquals(status, answer.statusCode(), problem.toString());
        return problem;
    }

    private static JsonNode refused(int status, byte[] body) {
        return refused(PATH, status, body);
    }

    @Test
    void refusesDamagedStreamsAndAnswersOn() {
        byte[] whole = SentRows.random(50, 2).arrow(20);
        SplittableRandom random = new SplittableRandom(11);
        Set<Integer> expected = Set.of(200, 400, 413, 415, 422);
        for (int i = 0; i < 1_500; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] =
                        random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (random.nextInt(3) - 1);
            }
            if (random.nextInt(4) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            HttpResponse<byte[]> answer = client.bytes(PATH, ARROW, BodyPublishers.ofByteArray(damaged));
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            assertTrue(expected.contains(answer.statusCode()), i + ": " + text);
        }
        assertEquals(
                50,
                Json.tree(client.bytes(PATH, ARROW, BodyPublishers.ofByteArray(whole))
                                .body())
                        .get("predictions")
                        .size());
    }
}
