package smew.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.PredictionLog;
import smew.online.Cell;
import smew.release.ReleaseId;
import smew.serve.Client.Reply;
import smew.serve.ServeSettings.Trials;

/** Online rows that stay on disk: every answer is, byte for byte, that of a server that holds them in memory. */
class MappedRowsTest extends OnTestStore {

    private static final String JSON = "application/json";
    private static final String ARROW = "application/vnd.apache.arrow.stream";

    /** More than one record batch. */
    private static final int MANY = 66_000;

    private ServeSettings mapped() {
        return limited(0);
    }

    private ServeSettings limited(long bytes) {
        return settings.with(settings.limits().withOnline(bytes));
    }

    /** Reads that a server answers from the online rows, some of them refused. */
    private static List<Reply> replies(Client client, int last) {
        List<Reply> replies = new ArrayList<>();
        // Twice, because what was said of a row in memory is remembered.
        for (Object id : List.of(1000, last, 1016, "01001", last, 999, "x", "", "1,2")) {
            for (String path : List.of(
                    "/predictions/",
                    "/models/strict/predictions/",
                    "/features/",
                    "/features/history/",
                    "/features/keys/")) {
                replies.add(client.get(path + id));
            }
            replies.add(client.get("/predictions/" + id + "?explain=true"));
            replies.add(client.post("/predictions/" + id, JSON, "{\"features\":{\"amount\":5}}"));
        }
        for (String path : List.of("/predictions", "/models/strict/predictions", "/predictions?explain=true")) {
            for (String ids :
                    List.of("[]", "[1000,999,1001,\"1002\",1000," + last + "]", "[1016]", "[" + last + ",\"x\"]")) {
                replies.add(client.post(path, JSON, "{\"ids\":" + ids + "}"));
            }
        }
        return replies;
    }

    private static void assertSame(List<Reply> expected, List<Reply> found) {
        for (int i = 0; i < expected.size(); i++) {
            Reply one = expected.get(i);
            assertEquals(one.status(), found.get(i).status(), found.get(i).body());
            assertEquals(unnamed(one), unnamed(found.get(i)));
        }
    }

    /** A problem names its request. */
    private static String unnamed(Reply reply) {
        return reply.body().replaceAll("\"(instance|requestId|request_id)\":\"[^\"]*\"", "");
    }

    private static TestStore.View keys() {
        String[] shops = {"Oslo", "Łódź", "", "a,1", "\uD83E\uDD86"};
        Column.Timestamps time =
                new Column.Timestamps("at", new long[] {-1, 0, 1, 2, 1_600_000_000_123_456L}, true, TestStore.NONE);
        return new TestStore.View(
                "keys",
                List.of("shop", "uuid"),
                List.of("at"),
                new Table(
                        List.of(
                                TestStore.texts("shop", shops),
                                TestStore.texts(
                                        "uuid",
                                        IntStream.range(0, 5)
                                                .mapToObj("6f9619ff-8b86-d011-b42d-00cf4fc964f%d"::formatted)
                                                .toArray(String[]::new)),
                                time,
                                TestStore.doubles("number", 1.5, Double.NaN, -0.0, 1e300, 2),
                                new Column.Booleans(
                                        "flag", new boolean[] {true, false, true, false, true}, TestStore.NONE),
                                TestStore.texts("word", "ä", null, "", "\"\n", "z")),
                        5));
    }

    private void release(int number, int rows) {
        TestStore.Model loans = TestStore.loans(number, "loans", rows);
        store.write(
                number,
                List.of(new TestStore.View("history", List.of("id"), List.of("day"), loans.table()), keys()),
                List.of(loans, TestStore.strictLoans(number, "strict", 60)));
    }

    @Test
    void everyAnswerIsTheOneFromMemory() {
        release(1, MANY);
        store.makeCurrent(TestStore.id(1).value());
        int last = 1000 + MANY - 1;
        try (Server memory = Server.start(limited(Long.MAX_VALUE), store.releases());
                Server disk = Server.start(mapped(), store.releases())) {
            assertEquals(Set.of(), memory.mapped());
            assertEquals(Set.of("history", "keys", "loans", "strict"), disk.mapped());
            Client one = new Client(memory);
            Client other = new Client(disk);
            assertSame(replies(one, last), replies(other, last));
            for (String key : List.of(
                    "Oslo,6f9619ff-8b86-d011-b42d-00cf4fc964f0",
                    "Oslo,6F9619FF-8B86-D011-B42D-00CF4FC964F0",
                    "%C5%81%C3%B3d%C5%BA,6f9619ff-8b86-d011-b42d-00cf4fc964f1",
                    ",6f9619ff-8b86-d011-b42d-00cf4fc964f2",
                    "a%2C1,6f9619ff-8b86-d011-b42d-00cf4fc964f3",
                    "%F0%9F%A6%86,6f9619ff-8b86-d011-b42d-00cf4fc964f4",
                    "Oslo,6f9619ff-8b86-d011-b42d-00cf4fc964f1",
                    "Oslo")) {
                assertSame(List.of(one.get("/features/keys/" + key)), List.of(other.get("/features/keys/" + key)));
            }
            byte[] columns = SentRows.arrow(new Table(List.of(TestStore.integers("id", 1001, last, 7, 1001)), 4), 4);
            for (String path : List.of("/predictions", "/models/loans/predictions")) {
                assertArrayEquals(
                        one.bytes(path, ARROW, BodyPublishers.ofByteArray(columns), "Accept", ARROW)
                                .body(),
                        other.bytes(path, ARROW, BodyPublishers.ofByteArray(columns), "Accept", ARROW)
                                .body());
            }
            String metric = "smew_online_rows";
            assertEquals(
                    sum(one.get("/metrics").body(), metric, "name"),
                    sum(other.get("/metrics").body(), metric, "name"));
            for (String name : List.of("history", "keys")) {
                String label = "view=\"" + name + "\"";
                assertEquals(
                        sum(one.get("/metrics").body(), "smew_feature_age_seconds", label),
                        sum(other.get("/metrics").body(), "smew_feature_age_seconds", label),
                        30);
            }
            assertEquals(
                    one.get("/openapi.json").body(), other.get("/openapi.json").body());
        }
    }

    @Test
    void aCanaryAndAShadowAnswerAsFromMemory() {
        release(2, 60);
        release(1, 80);
        store.makeCurrent(TestStore.id(1).value());
        Trials trials =
                new Trials(Optional.of(new ServeSettings.Canary(TestStore.id(2).value(), 0.4)), Optional.empty());
        List<List<Reply>> all = new ArrayList<>();
        for (long bytes : new long[] {Long.MAX_VALUE, 0}) {
            try (Server server = Server.start(limited(bytes).with(trials), store.releases())) {
                Client client = new Client(server);
                List<Reply> replies = new ArrayList<>(replies(client, 1079));
                IntStream.range(1000, 1080).forEach(id -> replies.add(client.get("/predictions/" + id)));
                String ids = IntStream.range(1000, 1081).boxed().toList().toString();
                replies.add(client.post("/predictions", JSON, "{\"ids\":" + ids + "}"));
                replies.add(client.post("/predictions?explain=true", JSON, "{\"ids\":" + ids + "}"));
                all.add(replies);
            }
        }
        assertSame(all.getFirst(), all.getLast());
    }

    @Test
    void theLogHearsOfTheRowsThatWereAskedForAndAShadowOfTheirKeys() {
        release(2, 60);
        release(1, 80);
        store.makeCurrent(TestStore.id(1).value());
        List<List<String>> told = new ArrayList<>();
        for (long bytes : new long[] {Long.MAX_VALUE, 0}) {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            PredictionLog log = served -> heard.add(said(served));
            ServeSettings shadowed = limited(bytes)
                    .with(new Trials(
                            Optional.empty(), Optional.of(TestStore.id(2).value())));
            try (Server server = Server.start(
                    shadowed,
                    store.releases(),
                    Optional.empty(),
                    new Companions(Optional.of(log), Optional.empty(), Optional.empty()))) {
                Client client = new Client(server);
                client.get("/predictions/1003");
                client.post("/predictions", JSON, "{\"ids\":[1005,7,1002,1005,1079]}");
                client.post("/predictions", JSON, "{\"ids\":[1001]}", "Accept", ARROW);
            }
            told.add(List.copyOf(heard));
        }
        assertEquals(3, told.getFirst().size());
        assertEquals(told.getFirst(), told.getLast());
    }

    /** What a log would write, but for times. */
    private static String said(PredictionLog.Predicted served) {
        Table rows = served.table().pick(served.rows());
        List<Object> said = new ArrayList<>();
        for (Column column : rows.columns()) {
            said.add(column.name());
            IntStream.range(0, rows.rows()).forEach(row -> said.add(Cell.value(column, row)));
        }
        return said + " " + List.copyOf(served.predictions()) + " "
                + served.shadow().map(PredictionLog.Shadowed::predictions);
    }

    @Test
    void theLargestStayOnDiskUntilTheOthersAreWithinTheLimit() {
        TestStore.View large = new TestStore.View(
                "large",
                List.of("id"),
                List.of("day"),
                TestStore.loans(1, "x", 900).table());
        TestStore.View middle = new TestStore.View(
                "middle",
                List.of("id"),
                List.of("day"),
                TestStore.loans(1, "x", 300).table());
        ReleaseId id = store.publish(1, List.of(middle, large, keys()));
        Map<String, Long> bytes = new HashMap<>();
        store.releases().manifest(id).outputs().forEach(output -> bytes.put(output.path(), output.bytes()));
        long keys = bytes.get("online/keys.arrow");
        long rest = keys + bytes.get("online/middle.arrow");
        long all = rest + bytes.get("online/large.arrow");
        assertMapped(all, Set.of());
        assertMapped(all - 1, Set.of("large"));
        assertMapped(rest, Set.of("large"));
        assertMapped(rest - 1, Set.of("large", "middle"));
        assertMapped(keys - 1, Set.of("large", "middle", "keys"));
    }

    private void assertMapped(long limit, Set<String> expected) {
        try (Server server = Server.start(limited(limit).withFeaturesOnly(true), store.releases())) {
            assertEquals(expected, server.mapped());
        }
    }

    @Test
    void aReleaseThatIsDeletedOrReplacedWhileItIsServedAnswersOn() throws IOException {
        publish(1);
        try (Server server = Server.start(mapped(), store.releases())) {
            Client client = new Client(server);
            String before = client.get("/predictions/1001").body();
            delete(store.directory(TestStore.id(1)));
            assertEquals(before, client.get("/predictions/1001").body());
            server.refresh();
            assertEquals(before, client.get("/predictions/1001").body());
            publish(2);
            server.refresh();
            Reply after = client.get("/predictions/1001");
            assertEquals(2, after.json().at("/features/marker").asInt());
            assertTrue(server.mapped().contains("loans"));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
