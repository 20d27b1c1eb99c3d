package smew.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.online.OnlineTable;

/** Synthetic entities of four columns that stay in their file, against the same file read into memory. */
final class OnlineMapped {

    private static final int MILLION = 1_000_000;
    private static final int MANY = 100 * MILLION;
    private static final int LOOKUPS = MILLION;

    /** In memory: four columns of longs and the index, with room for the collector. */
    private static final long BYTES_EACH = 56;

    private final String name;
    private final Path folder;
    private final Rounds rounds;

    OnlineMapped(String name, Path folder, Rounds rounds) {
        this.name = name;
        this.folder = folder;
        this.rounds = rounds;
    }

    List<Line> lines() throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int entities : new int[] {MILLION, 10 * MILLION, MANY}) {
            lines.addAll(integers(entities));
        }
        lines.addAll(uuids(10 * MILLION));
        return lines;
    }

    private List<Line> integers(int entities) throws Exception {
        if (Runtime.getRuntime().maxMemory() < entities * BYTES_EACH) {
            rounds.log()
                    .println(name + ": " + entities
                            + " mapped entities are compared with as many in memory, which need a heap of "
                            + entities * BYTES_EACH / MILLION + " MB, and are left out.");
            return List.of();
        }
        long[] ids = OnlineIndex.ids(entities);
        String[] asked = asked(entities, row -> Long.toString(ids[row]));
        return measured(entities, "integer ids", new Column.Integers("id", ids, new BitSet()), ids, asked);
    }

    private List<Line> uuids(int entities) throws Exception {
        IntFunction<String> id = row -> new UUID(row * 0x9e3779b97f4a7c15L, row).toString();
        String[] ids = IntStream.range(0, entities).parallel().mapToObj(id).toArray(String[]::new);
        int[] codes = IntStream.range(0, entities).toArray();
        return measured(
                entities,
                "UUIDs",
                new Column.Texts("id", codes, ids, new BitSet()),
                OnlineIndex.ids(entities),
                asked(entities, id));
    }

    private static String[] asked(int entities, IntFunction<String> id) {
        return new SplittableRandom(2).ints(LOOKUPS, 0, entities).mapToObj(id).toArray(String[]::new);
    }

    private List<Line> measured(int entities, String kind, Column key, long[] values, String[] asked) throws Exception {
        BitSet none = new BitSet();
        Path file = folder.resolve("rows.arrow");
        ArrowFile.write(
                file,
                new Table(
                        List.of(
                                key,
                                new Column.Integers("a", values, none),
                                new Column.Timestamps("b", values, false, none),
                                new Column.Integers("c", values, none)),
                        entities),
                Map.of());
        return lines(entities, kind, file, asked);
    }

    private List<Line> lines(int entities, String kind, Path file, String[] asked) throws Exception {
        List<String> key = List.of("id");
        Rounds.Contender mapped = () -> figures(() -> OnlineTable.of("rows", key, ArrowFile.map(file)), asked);
        Rounds.Contender read = () -> figures(() -> OnlineTable.of("rows", key, ArrowFile.read(file)), asked);
        // The smaller ones have warmed up what the many need, who take minutes.
        List<Rounds.Figures> figures = entities < MANY
                ? rounds.atMost(3).of(name, mapped, read)
                : List.of(new Rounds.Figures(List.of(mapped.run())), new Rounds.Figures(List.of(read.run())));
        Files.delete(file);
        String what = entities / MILLION + " million " + kind + " with 3 more columns, mapped";
        String engine = "the same rows in memory";
        Rounds.Figures ours = figures.get(0);
        Rounds.Figures bare = figures.get(1);
        return List.of(
                Line.rate(name, what + ": loaded", engine, entities, ours, bare),
                line(what + ": a look-up with its row", engine, Line.Unit.NANOSECONDS, 2, ours, bare),
                line(what + ": bytes of heap an entity", engine, Line.Unit.BYTES, 3, ours, bare));
    }

    private Line line(
            String what, String engine, Line.Unit unit, int figure, Rounds.Figures ours, Rounds.Figures bare) {
        return new Line(name, what, engine, unit, ours.get(figure), bare.get(figure), OptionalDouble.empty());
    }

    private interface Loading {
        OnlineTable load();
    }

    /** Seconds, processor seconds, nanoseconds of a look-up with its row, bytes of heap an entity. */
    private static double[] figures(Loading loading, String[] asked) throws Exception {
        long before = OnlineIndex.used();
        List<OnlineTable> loaded = new ArrayList<>();
        double[] seconds = Rounds.seconds(() -> loaded.add(loading.load()));
        OnlineTable table = loaded.getFirst();
        double bytes = (double) (OnlineIndex.used() - before) / table.entities();
        long sum = 0;
        long start = System.nanoTime();
        for (String text : asked) {
            int row = table.find(List.of(text)).orElseThrow();
            Table picked = table.pick(row);
            int number = table.isMapped() ? 0 : row;
            for (int column = 1; column < picked.columns().size(); column++) {
                sum += picked.columns().get(column) instanceof Column.Integers integers ? integers.values()[number] : 1;
            }
        }
        double nanos = (double) (System.nanoTime() - start) / asked.length;
        if (sum == 0) {
            throw new IllegalStateException("Nothing was found.");
        }
        return new double[] {seconds[0], seconds[1], nanos, bytes};
    }
}
