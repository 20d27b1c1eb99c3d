package smew.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.online.OnlineTable;

/** Synthetic entities with integer ids: read, indexed and looked up, against a HashMap, which at 100 million would not fit. */
final class OnlineIndex implements Item {

    private static final int MILLION = 1_000_000;
    private static final int READ = 10 * MILLION;
    private static final int MANY = 100 * MILLION;
    private static final int LOOKUPS = 2 * MILLION;

    /** Of a long, a slot and a half, and the sorted copy, with room for the collector. */
    private static final long BYTES_EACH = 32;

    @Override
    public String name() {
        return "online";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        List<Line> lines = new ArrayList<>();
        lines.add(load(bench, rounds.atMost(3)));
        for (int entities : new int[] {MILLION, 10 * MILLION, MANY}) {
            if (Runtime.getRuntime().maxMemory() < entities * BYTES_EACH) {
                rounds.log()
                        .println(name() + ": " + entities + " entities need a heap of "
                                + entities * BYTES_EACH / MILLION + " MB and are left out; six bytes each hold.");
            } else {
                lines.addAll(index(entities, rounds.atMost(entities < MANY ? 3 : 1)));
            }
        }
        lines.addAll(new OnlineMapped(name(), bench.newFolder(), rounds).lines());
        return lines;
    }

    private Line load(Workbench bench, Rounds rounds) throws Exception {
        double[] amounts = new SplittableRandom(1).doubles(READ).toArray();
        Table table = new Table(
                List.of(
                        new Column.Integers("id", ids(READ), new BitSet()),
                        new Column.Doubles("a", amounts, new BitSet()),
                        new Column.Doubles("b", amounts, new BitSet()),
                        new Column.Integers("c", ids(READ), new BitSet())),
                READ);
        Path file = bench.newFolder().resolve("rows.arrow");
        ArrowFile.write(file, table, Map.of());
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> Rounds.seconds(() -> same(OnlineTable.of("rows", List.of("id"), ArrowFile.read(file))
                        .entities())),
                () -> Rounds.seconds(() -> same(ArrowFile.read(file).rows())));
        return Line.rate(
                name(),
                READ / MILLION + " million rows of 4 columns read and indexed",
                "read only",
                READ,
                figures.get(0),
                figures.get(1));
    }

    private static void same(int found) {
        if (found != READ) {
            throw new IllegalStateException("Loaded " + found + " rows, expected " + READ + ".");
        }
    }

    /** Ids of ten digits in no order. */
    static long[] ids(int entities) {
        long[] ids = new long[entities];
        for (int row = 0; row < entities; row++) {
            // Modulo a prime, so that no id comes twice.
            ids[row] = 1_000_000_000L + (row * 7_368_787L) % 8_999_999_993L;
        }
        return ids;
    }

    private List<Line> index(int entities, Rounds rounds) throws Exception {
        long[] ids = ids(entities);
        Table table = new Table(List.of(new Column.Integers("id", ids, new BitSet())), entities);
        String[] asked = new SplittableRandom(2)
                .ints(LOOKUPS, 0, entities)
                .mapToObj(row -> Long.toString(ids[row]))
                .toArray(String[]::new);
        boolean fits = entities < MANY;
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> measured(
                        () -> {
                            OnlineTable online = OnlineTable.of("rows", List.of("id"), table);
                            return text -> online.find(List.of(text)).orElseThrow();
                        },
                        asked,
                        entities),
                () -> measured(() -> fits ? map(ids) : sorted(ids), asked, entities));
        String engine = fits ? "java.util.HashMap" : "a sorted array, searched by halves";
        String what = entities / MILLION + " million integer ids";
        Rounds.Figures ours = figures.get(0);
        Rounds.Figures bare = figures.get(1);
        return List.of(
                Line.rate(name(), what + " indexed", engine, entities, ours, bare),
                line(what + ": a look-up", engine, Line.Unit.NANOSECONDS, 2, ours, bare),
                line(what + ": bytes an entity beside its columns", engine, Line.Unit.BYTES, 3, ours, bare));
    }

    private Line line(
            String what, String engine, Line.Unit unit, int figure, Rounds.Figures ours, Rounds.Figures bare) {
        return new Line(name(), what, engine, unit, ours.get(figure), bare.get(figure), OptionalDouble.empty());
    }

    private interface Making {
        ToIntFunction<String> make();
    }

    /** Seconds, processor seconds, nanoseconds of a look-up, bytes an entity. */
    private static double[] measured(Making making, String[] asked, int entities) throws Exception {
        long before = used();
        List<ToIntFunction<String>> made = new ArrayList<>();
        double[] seconds = Rounds.seconds(() -> made.add(making.make()));
        double bytes = (double) (used() - before) / entities;
        long sum = 0;
        long start = System.nanoTime();
        for (String text : asked) {
            sum += made.getFirst().applyAsInt(text);
        }
        double nanos = (double) (System.nanoTime() - start) / asked.length;
        if (sum == 0) {
            throw new IllegalStateException("Nothing was found.");
        }
        return new double[] {seconds[0], seconds[1], nanos, bytes};
    }

    static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static ToIntFunction<String> map(long[] ids) {
        Map<Long, Integer> rows = HashMap.newHashMap(ids.length);
        for (int row = 0; row < ids.length; row++) {
            rows.put(ids[row], row);
        }
        return text -> rows.get(Long.valueOf(text));
    }

    /** The rows in the order of their ids: what a table of so many would be without an index. */
    private static ToIntFunction<String> sorted(long[] ids) {
        long[] sorted = ids.clone();
        Arrays.parallelSort(sorted);
        return text -> Arrays.binarySearch(sorted, Long.parseLong(text)) + 1;
    }
}
