package smew.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import smew.columns.ArrowFile;
import smew.columns.Column;

/** Predictions by random known ids over kept connections, against Undertow with a fixed body of the same length. */
final class PredictionRate implements Item {

    private static final String ENGINE = "Undertow, fixed body of that length";
    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration RUN = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "predictions";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        Path store = bench.storeOfLoans();
        long[] ids = ids(store);
        try (ServerProcess smew = ServerProcess.smew(bench, store, List.of(), List.of());
                ServerProcess bare = ServerProcess.bare(bench, bodyBytes(smew, ids[0]))) {
            HttpLoad ours = load(smew, ids);
            HttpLoad theirs = load(bare, ids);
            ours.run(WARM_UP);
            theirs.run(WARM_UP);
            List<Rounds.Figures> figures = rounds.of(name(), () -> figures(ours, smew), () -> figures(theirs, bare));
            List<Line> lines = lines(figures.get(0), figures.get(1), ids.length);
            lines.add(line(
                    "allocated on the heap for one",
                    Line.Unit.BYTES,
                    new Series(List.of(allocated(ours, smew))),
                    new Series(List.of(allocated(theirs, bare)))));
            return lines;
        }
    }

    private static double allocated(HttpLoad load, ServerProcess server) throws IOException {
        double before = server.allocatedBytes();
        int answers = load.run(RUN).sortedNanos().length;
        return (server.allocatedBytes() - before) / answers;
    }

    /** The ids that the release of a store knows. */
    static long[] ids(Path store) throws Exception {
        String release = Files.readString(store.resolve("CURRENT")).strip();
        Path online = store.resolve("releases").resolve(release).resolve("online/credit_risk.arrow");
        return ((Column.Integers) ArrowFile.read(online).column("id").orElseThrow()).values();
    }

    private static int bodyBytes(ServerProcess server, long id) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/predictions/" + id);
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
            return answer.body().length;
        }
    }

    private static HttpLoad load(ServerProcess server, long[] ids) {
        List<byte[]> requests = Arrays.stream(ids)
                .mapToObj(id -> "GET /predictions/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .map(request -> request.getBytes(StandardCharsets.US_ASCII))
                .toList();
        return new HttpLoad(server.port(), CONNECTIONS, requests);
    }

    /** Requests per second, processor time of the server for one, latencies, memory. */
    private static double[] figures(HttpLoad load, ServerProcess server) throws Exception {
        double before = server.processorSeconds();
        HttpLoad.Outcome outcome = load.run(RUN);
        double used = server.processorSeconds() - before;
        return new double[] {
            outcome.perSecond(),
            used / outcome.sortedNanos().length,
            outcome.millis(0.5),
            outcome.millis(0.99),
            server.residentMegabytes()
        };
    }

    private List<Line> lines(Rounds.Figures ours, Rounds.Figures bare, int entities) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                name(),
                String.format(Locale.ROOT, "GET by id of %,d, %d connections", entities, CONNECTIONS),
                ENGINE,
                Line.Unit.REQUESTS_PER_SECOND,
                ours.get(0),
                bare.get(0),
                Line.processor(ours, bare)));
        lines.add(line("half answered within", Line.Unit.MILLISECONDS, ours.get(2), bare.get(2)));
        lines.add(line("99 of 100 answered within", Line.Unit.MILLISECONDS, ours.get(3), bare.get(3)));
        if (ours.get(4).isKnown()) {
            lines.add(line("resident memory under load", Line.Unit.MEGABYTES, ours.get(4), bare.get(4)));
        }
        return lines;
    }

    private Line line(String what, Line.Unit unit, Series ours, Series bare) {
        return new Line(name(), what, ENGINE, unit, ours, bare);
    }
}
