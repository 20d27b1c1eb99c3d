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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Json;
import smew.columns.ArrowStream;
import smew.columns.Column;
import smew.columns.Table;
import tools.jackson.databind.JsonNode;

/** Whatever format rows come in and answers go out, and in however many pieces, what is said is the same. */
class FormatsTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final String ARROW = "application/vnd.apache.arrow.stream";
    private static final String PATH = "/invocations";

    @BeforeAll
    static void start() {
        serve(TestStore.loans(1, "loans", 300));
    }

    /** Sends a body whole, and in chunks without its length, which is what is streamed. */
    private static JsonNode predictions(String type, byte[] body) {
        HttpResponse<byte[]> whole = client.bytes(PATH, type, BodyPublishers.ofByteArray(body));
        HttpResponse<byte[]> chunked =
                client.bytes(PATH, type, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));
        String text = new String(whole.body(), StandardCharsets.UTF_8);
        assertEquals(200, whole.statusCode(), text);
        assertEquals(text, new String(chunked.body(), StandardCharsets.UTF_8));
        return Json.tree(text).get("predictions");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 77, 8_192, 20_001})
    void everyFormatGetsTheSameAnswer(int count) {
        SentRows rows = SentRows.random(count, count);
        JsonNode expected = predictions(JSON, utf8(rows.json().getFirst()));
        assertEquals(count, expected.size());
        for (String body : rows.json()) {
            assertEquals(expected, predictions(JSON, utf8(body)), () -> body.substring(0, 60));
        }
        assertEquals(expected, predictions(CSV + "; header=absent", utf8(rows.csv())));
        assertEquals(expected, predictions("application/jsonlines", utf8(rows.lines())));
        for (int batch : new int[] {100_000, Math.max(1, count / 3)}) {
            assertEquals(expected, predictions(ARROW, rows.arrow(batch)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2_500, 20_001})
    void everyAnswerSaysTheSame(int count) throws IOException {
        byte[] body = SentRows.random(count, 5).arrow(4_000);
        JsonNode expected = predictions(ARROW, body);
        Table columns = arrow(answer(body, ARROW));
        List<String> lines = new String(answer(body, "application/jsonlines"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> csv = new String(answer(body, "text/csv;header=present"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals("prediction,probability", csv.getFirst());
        assertEquals(
                List.of("prediction", "probability", "probability_0", "probability_1"),
                columns.columns().stream().map(Column::name).toList());
        for (int row = 0; row < count; row++) {
            JsonNode one = expected.get(row);
            assertEquals(one, Json.tree(lines.get(row)));
            assertEquals(one.get("prediction") + "," + one.get("probability"), csv.get(row + 1));
            assertEquals(
                    one.get("prediction").asLong(),
                    ((Column.Integers) columns.columns().get(0)).values()[row]);
            assertEquals(one.get("probability").asDouble(), doubles(columns, 1)[row]);
            assertEquals(one.at("/probabilities/0").asDouble(), doubles(columns, 2)[row]);
            assertEquals(one.at("/probabilities/1").asDouble(), doubles(columns, 3)[row]);
        }
        assertEquals(count, lines.size());
    }

    private static double[] doubles(Table table, int column) {
        return ((Column.Doubles) table.columns().get(column)).values();
    }

    private static byte[] answer(byte[] body, String accept, String... more) {
        List<String> headers = new ArrayList<>(List.of("Accept", accept));
        headers.addAll(List.of(more));
        HttpResponse<byte[]> answer =
                client.bytes(PATH, ARROW, BodyPublishers.ofByteArray(body), headers.toArray(String[]::new));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("X-Request-Id").isPresent());
        return answer.body();
    }

    /** Asserts that batches fit together. */
    private static Table arrow(byte[] stream) throws IOException {
        List<Table> batches = new ArrayList<>();
        ArrowStream.read(
                new ByteArrayInputStream(stream), _ -> true, 100_000_000, () -> Integer.MAX_VALUE, batches::add);
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < batches.getFirst().columns().size(); c++) {
            int column = c;
            Column first = batches.getFirst().columns().get(c);
            columns.add(
                    first instanceof Column.Integers
                            ? TestStore.integers(
                                    first.name(),
                                    batches.stream()
                                            .map(batch -> (Column.Integers)
                                                    batch.columns().get(column))
                                            .flatMapToLong(longs -> Arrays.stream(longs.values()))
                                            .toArray())
                            : TestStore.doubles(
                                    first.name(),
                                    batches.stream()
                                            .flatMapToDouble(batch -> Arrays.stream(doubles(batch, column)))
                                            .toArray()));
        }
        return new Table(columns, columns.getFirst().rows());
    }

    @Test
    void packsAnAnswerThatIsWrittenInPieces() throws IOException {
        byte[] body = SentRows.random(9_000, 3).arrow(9_000);
        byte[] packed = answer(body, JSON, "Accept-Encoding", "gzip");
        byte[] plain = answer(body, JSON);
        assertTrue(packed.length < plain.length / 2, packed.length + " of " + plain.length);
        assertEquals(
                new String(plain, StandardCharsets.UTF_8),
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void refusesTheWholeBodyForARowFarBehind() {
        String csv = "5,Oslo,true,1\n".repeat(50_000) + "x,Oslo,true,1\n" + "5,Oslo,true,1\n".repeat(9_000);
        detail("row 50000, column amount", problem(422, client.post(PATH, CSV, csv)));
        String json = "{\"instances\":[" + "[5,\"Oslo\",true,1],".repeat(50_000) + "[\"x\",\"Oslo\",true,1]]}";
        detail("row 50000, column amount", problem(422, client.post(PATH, JSON, json)));
        detail("row 50000", problem(422, client.post(PATH, JSON, json.replace("\"x\",", ""))));
        problem(400, client.post(PATH, JSON, json.replace("\"x\"", "5").replace("]}", "]")));
        problem(400, client.post(PATH, "application/jsonlines", "[5,\"Oslo\",true,1]\n".repeat(50_000) + "[5"));
    }

    @Test
    void holdsNothingOfWhatIsNoRow() {
        String much = "{},".repeat(8_000_000) + "{}";
        detail("cannot score", problem(422, client.post(PATH, JSON, "{\"instances\":[" + much + "]}")));
        for (String body : List.of(
                "{\"inputs\":{\"amount\":[" + much + "]}}",
                "{\"dataframe_split\":{\"columns\":[\"amount\"],\"data\":[" + much + "]}}")) {
            detail("more than 100000", problem(413, client.post(PATH, JSON, body)));
        }
        detail("none", problem(400, client.post(PATH, JSON, "{\"a\":[" + much + "]}")));
        JsonNode wide = problem(422, client.post(PATH, JSON, "{\"instances\":[[" + much + "]]}"));
        assertTrue(wide.toString().contains("found 8000001 values, expected 4"), wide.toString());
        detail("8000001", problem(413, client.post("/predictions", JSON, "{\"ids\":[" + much + "]}")));
    }
}
