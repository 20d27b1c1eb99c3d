package smew.bench;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.StoreSettings;

/**
 * Questions of every kind for minutes while another release becomes current every 20 s, beside the same without: each answer has to be
 * what one release says, and memory has to stay what it was. Releases are made beforehand and become current in turn, because to train
 * one takes both cores.
 */
final class Endurance implements Item {

    private static final int CLIENTS = 8;
    private static final int PER_SECOND = 150;
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration SAMPLE = Duration.ofSeconds(2);
    private static final Duration FOLLOWED = Duration.ofSeconds(15);
    private static final List<String> SEEDS = List.of("1", "2", "3");

    @Override
    public String name() {
        return "endurance";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        Path store = bench.newFolder().resolve("store");
        for (String seed : SEEDS) {
            rounds.log().println(name() + ": making release " + seed + " of " + SEEDS.size());
            bench.release(store, "--seed", seed);
        }
        // A heap that is soon full: what is not given back shows early.
        List<String> java = List.of("-Xmx256m");
        try (Releases releases = Releases.of(StoreSettings.folder(store.toString()));
                ServerProcess smew = ServerProcess.smew(bench, store, java, List.of())) {
            List<ReleaseId> ids = releases.list().reversed();
            KnownAnswers known = new KnownAnswers(PredictionRate.ids(store), smew.port());
            for (ReleaseId id : ids) {
                follow(releases, id, smew.port());
                known.learn(smew.port());
            }
            Duration alone = bench.endurance().dividedBy(4);
            Spell still = spell(smew, known, alone, () -> {});
            Turns turns = new Turns(releases, ids, smew.port());
            Spell changing = spell(smew, known, bench.endurance(), turns);
            rounds.log()
                    .printf(
                            "%s: %,d answers while %d releases became current, each what one release says%n",
                            name(), changing.nanos.length, turns.taken);
            return lines(changing, still);
        }
    }

    private List<Line> lines(Spell changing, Spell still) {
        int third = changing.megabytes.size() / 3;
        List<Double> first = changing.megabytes.subList(0, third);
        List<Double> last = changing.megabytes.subList(changing.megabytes.size() - third, changing.megabytes.size());
        return List.of(
                line("half answered within, a release every 20 s", changing, still, 0.5),
                line("99 of 100 answered within", changing, still, 0.99),
                line("all answered within", changing, still, 1),
                new Line(
                        name(),
                        "resident memory, last third of the time",
                        "its first third",
                        Line.Unit.MEGABYTES,
                        middle(last),
                        middle(first)),
                new Line(
                        name(),
                        "threads at the end",
                        "at the start",
                        Line.Unit.THREADS,
                        new Series(List.of((double) changing.threadsAfter)),
                        new Series(List.of((double) changing.threadsBefore))));
    }

    private static Series middle(List<Double> values) {
        return new Series(List.of(new Series(values).median()));
    }

    private Line line(String what, Spell ours, Spell theirs, double share) {
        return new Line(
                name(),
                what,
                "the same server, the release does not change",
                Line.Unit.MILLISECONDS,
                ours.millis(share),
                theirs.millis(share));
    }

    /** Makes a release current and waits until the server has it. */
    private static void follow(Releases releases, ReleaseId id, int port) throws IOException, InterruptedException {
        releases.makeCurrent(id);
        byte[] request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        try (SocketChannel channel = KnownAnswers.open(port)) {
            HttpConnection server = new HttpConnection(channel);
            do {
                if (System.nanoTime() - start > FOLLOWED.toNanos()) {
                    throw new IllegalStateException("The server did not follow to release " + id + ".");
                }
                Thread.sleep(50);
                server.ask(request);
            } while (!new String(server.body(), StandardCharsets.UTF_8).contains("release=\"" + id + "\""));
        }
    }

    /** What happens now and then while questions are asked. */
    private interface Meanwhile {
        void happen() throws Exception;
    }

    /** Makes the next release current when it is time. */
    private static final class Turns implements Meanwhile {

        private final Releases releases;
        private final List<ReleaseId> ids;
        private final int port;
        private long last = System.nanoTime();
        private int taken;

        Turns(Releases releases, List<ReleaseId> ids, int port) {
            this.releases = releases;
            this.ids = ids;
            this.port = port;
        }

        @Override
        public void happen() throws Exception {
            if (System.nanoTime() - last >= EVERY.toNanos()) {
                last = System.nanoTime();
                follow(releases, ids.get(taken++ % ids.size()), port);
            }
        }
    }

    /**
     * What was seen for some time.
     *
     * @param nanos of all answers, sorted
     * @param megabytes resident, one figure every two seconds
     */
    private record Spell(long[] nanos, List<Double> megabytes, int threadsBefore, int threadsAfter) {
        Series millis(double share) {
            return new Series(List.of(new HttpLoad.Outcome(nanos, 1).millis(share)));
        }
    }

    private Spell spell(ServerProcess server, KnownAnswers known, Duration time, Meanwhile meanwhile) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<Double> megabytes = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<long[]>> asked = new ArrayList<>();
            try {
                for (int client = 0; client < CLIENTS; client++) {
                    asked.add(clients.submit(new SteadyClient(server.port(), client, known, PER_SECOND, over::get)));
                }
                int before = server.threads();
                long start = System.nanoTime();
                while (System.nanoTime() - start < time.toNanos()
                        && asked.stream().noneMatch(Future::isDone)) {
                    meanwhile.happen();
                    megabytes.add(server.residentMegabytes());
                    TimeUnit.MILLISECONDS.sleep(SAMPLE.toMillis());
                }
                int after = server.threads();
                over.set(true);
                long[] nanos = new long[0];
                for (Future<long[]> each : asked) {
                    long[] more = each.get();
                    nanos = Arrays.copyOf(nanos, nanos.length + more.length);
                    System.arraycopy(more, 0, nanos, nanos.length - more.length, more.length);
                }
                Arrays.sort(nanos);
                return new Spell(nanos, megabytes, before, after);
            } finally {
                over.set(true);
            }
        }
    }
}
