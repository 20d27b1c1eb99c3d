package smew.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smew.columns.ArrowFile;
import smew.columns.Table;
import smew.model.Predictor;
import smew.model.RowPredictions;
import smew.model.ScoredRows;

/**
 * A thousand random known ids in each request, against Undertow that reads as much and answers a fixed body of the same length;
 * and what the model alone makes of such batches on all cores, against one call for all of its rows.
 */
final class Batches implements Item {

    private static final String ENGINE = "Undertow, body read, fixed body of that length";
    private static final int IDS = 1_000;
    private static final int CONNECTIONS = 4;
    private static final int REQUESTS = 200;
    private static final int SCORED = 2_000_000;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration RUN = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "batches";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        List<Line> lines = new ArrayList<>(overHttp(bench, rounds));
        lines.addAll(model(bench.store(), rounds));
        return lines;
    }

    private List<Line> overHttp(Workbench bench, Rounds rounds) throws Exception {
        List<String> bodies = bodies(PredictionRate.ids(bench.store()));
        try (ServerProcess smew = ServerProcess.smew(bench);
                ServerProcess bare = ServerProcess.bare(bench, answerBytes(smew, bodies.getFirst()))) {
            HttpLoad ours = load(smew, bodies);
            HttpLoad theirs = load(bare, bodies);
            ours.run(WARM_UP);
            theirs.run(WARM_UP);
            List<Rounds.Figures> figures = rounds.of(name(), () -> figures(ours, smew), () -> figures(theirs, bare));
            return lines(figures.get(0), figures.get(1));
        }
    }

    private List<Line> lines(Rounds.Figures ours, Rounds.Figures bare) {
        return List.of(
                new Line(
                        name(),
                        IDS + " ids a request, " + CONNECTIONS + " connections",
                        ENGINE,
                        Line.Unit.ROWS_PER_SECOND,
                        ours.get(0),
                        bare.get(0),
                        Line.processor(ours, bare)),
                new Line(
                        name(), "99 of 100 answered within", ENGINE, Line.Unit.MILLISECONDS, ours.get(2), bare.get(2)));
    }

    /** Requests for a thousand random ids each. */
    static List<byte[]> requests(long[] ids) {
        return bodies(ids).stream().map(Batches::request).toList();
    }

    private static byte[] request(String body) {
        String head = "POST /predictions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> bodies(long[] ids) {
        SplittableRandom random = new SplittableRandom(7);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            bodies.add(IntStream.range(0, IDS)
                    .mapToObj(_ -> Long.toString(ids[random.nextInt(ids.length)]))
                    .collect(Collectors.joining(",", "{\"ids\":[", "]}")));
        }
        return bodies;
    }

    private static int answerBytes(ServerProcess server, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + "/predictions"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            return answer.body().length;
        }
    }

    private static HttpLoad load(ServerProcess server, List<String> bodies) {
        List<byte[]> requests = bodies.stream().map(Batches::request).toList();
        return new HttpLoad(server.port(), CONNECTIONS, requests);
    }

    /** Ids per second, processor time of the server for one, the latency that most requests kept. */
    private static double[] figures(HttpLoad load, ServerProcess server) throws Exception {
        double before = server.processorSeconds();
        HttpLoad.Outcome outcome = load.run(RUN);
        double used = server.processorSeconds() - before;
        return new double[] {outcome.perSecond() * IDS, used / outcome.sortedNanos().length / IDS, outcome.millis(0.99)
        };
    }

    private List<Line> model(Path store, Rounds rounds) throws Exception {
        Path release = store.resolve("releases")
                .resolve(Files.readString(store.resolve("CURRENT")).strip());
        Predictor predictor = Predictor.load(release.resolve("models/credit_risk"));
        Table table = ArrowFile.read(release.resolve("online/credit_risk.arrow"));
        SplittableRandom random = new SplittableRandom(7);
        int[][] batches = new int[SCORED / IDS][];
        Arrays.setAll(
                batches,
                _ -> IntStream.generate(() -> random.nextInt(table.rows()))
                        .limit(IDS)
                        .toArray());
        int[] all = Arrays.stream(batches).flatMapToInt(Arrays::stream).toArray();
        RowPredictions remembered = new RowPredictions(predictor, table);
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> Rounds.seconds(() -> each(batches, rows -> predictor.predict(table, rows))),
                () -> Rounds.seconds(() -> each(batches, remembered::of)),
                () -> Rounds.seconds(() -> same(predictor.predict(table, all), all)));
        String engine = "the model in one call for all rows";
        return List.of(
                Line.rate(
                        name(),
                        "model alone, batches of " + IDS + " on all cores",
                        engine,
                        all.length,
                        figures.get(0),
                        figures.get(2)),
                Line.rate(
                        name(),
                        "the same as a server has it, which remembers scores",
                        engine,
                        all.length,
                        figures.get(1),
                        figures.get(2)));
    }

    private static void each(int[][] batches, Function<int[], ScoredRows> scoring) {
        Arrays.stream(batches).parallel().forEach(rows -> same(scoring.apply(rows), rows));
    }

    private static void same(ScoredRows scored, int[] rows) {
        if (scored.size() != rows.length) {
            throw new IllegalStateException("A row has no prediction.");
        }
    }
}
