package smew.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import smew.serve.FuzzClient;
import smew.serve.FuzzRequests;

/** A million requests that are wrong in ways of their own, none of which may be answered 5xx, or not at all; beside a bare Undertow. */
final class Fuzzing implements Item {

    private static final int CLIENTS = 4;
    private static final int REQUESTS = 1_000_000;
    private static final int BODY_BYTES = 500;

    /** Of the sample. */
    private static final FuzzRequests.Target TARGET = new FuzzRequests.Target(
            List.of("credit_risk", "credit_history", "customer_profile"),
            List.of("5008804", "5008806"),
            "income",
            "housing");

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        try (ServerProcess smew = ServerProcess.smew(bench);
                ServerProcess bare = ServerProcess.bare(bench, BODY_BYTES)) {
            double before = smew.residentMegabytes();
            List<Rounds.Figures> figures =
                    rounds.atMost(1).of(name(), () -> send(smew, rounds), () -> send(bare, rounds));
            Rounds.Figures ours = figures.get(0);
            Rounds.Figures theirs = figures.get(1);
            rounds.log()
                    .println(name() + ": memory of the server in MB: " + before + " at the start, "
                            + ours.get(2).median() + " after twice as many.");
            String engine = "Undertow with a fixed body, sent the same";
            return List.of(
                    Line.rate(name(), "malformed requests, none 5xx", engine, REQUESTS, ours, theirs),
                    new Line(name(), "resident memory then", engine, Line.Unit.MEGABYTES, ours.get(2), theirs.get(2)));
        }
    }

    private double[] send(ServerProcess server, Rounds rounds) throws Exception {
        long start = System.nanoTime();
        double busy = server.processorSeconds();
        int good = 0;
        int ended = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<FuzzClient.Outcome>> sent = new ArrayList<>();
            for (int seed = 0; seed < CLIENTS; seed++) {
                FuzzClient client = new FuzzClient(server.port(), seed, TARGET);
                sent.add(clients.submit(() -> client.send(REQUESTS / CLIENTS)));
            }
            for (Future<FuzzClient.Outcome> each : sent) {
                good += each.get().good();
                ended += each.get().ended();
            }
        }
        rounds.log()
                .println(name() + ": of " + REQUESTS + ", " + good + " were answered 200, and " + ended
                        + " ended the connection without an answer.");
        return new double[] {
            (System.nanoTime() - start) / 1e9, server.processorSeconds() - busy, server.residentMegabytes()
        };
    }
}
