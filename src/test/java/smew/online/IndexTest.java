package smew.online;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.MappedTable;
import smew.columns.Table;

/** Many keys, indexed by several threads at once. */
class IndexTest {

    private static final int ROWS = 300_000;

    private static Column.Texts texts(String name, IntFunction<String> text) {
        return new Column.Texts(
                name,
                IntStream.range(0, ROWS).toArray(),
                IntStream.range(0, ROWS).mapToObj(text).toArray(String[]::new),
                new BitSet());
    }

    private static Column.Integers integers(String name, long[] values, BitSet nulls) {
        return new Column.Integers(name, values, nulls);
    }

    @TempDir
    Path folder;

    private void agrees(List<Column> key, IntFunction<List<String>> parts, IntFunction<List<String>> unknown) {
        agrees(Index.of(new KeyColumns(key), ROWS), parts, unknown);
        agrees(Index.of(mapped(key), ROWS), parts, unknown);
    }

    private Keys mapped(List<Column> key) {
        Path file = folder.resolve("keys.arrow");
        try {
            ArrowFile.write(file, new Table(key, ROWS), Map.of());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        MappedTable table = ArrowFile.map(file);
        return new MappedKeys(key.stream()
                .map(part -> table.column(part.name()).orElseThrow())
                .toList());
    }

    private static void agrees(Index index, IntFunction<List<String>> parts, IntFunction<List<String>> unknown) {
        assertEquals(ROWS, index.size());
        assertEquals(ROWS, index.complete());
        for (int row = 0; row < ROWS; row++) {
            assertEquals(row, index.find(parts.apply(row)));
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(Index.UNKNOWN, index.find(unknown.apply(i)));
        }
    }

    @Test
    void integersInARowAndAllOverTheRange() {
        long[] near = IntStream.range(0, ROWS).mapToLong(row -> row - 1000L).toArray();
        agrees(
                List.of(integers("id", near, new BitSet())),
                row -> List.of(Long.toString(near[row])),
                i -> List.of(Long.toString(ROWS + (long) i)));
        long[] far = new SplittableRandom(3).longs(ROWS).distinct().toArray();
        assertEquals(ROWS, far.length);
        agrees(
                List.of(integers("id", far, new BitSet())),
                row -> List.of(Long.toString(far[row])),
                i -> List.of(Long.toString(far[i] + 1)));
    }

    @Test
    void textsThatDifferLittleAndUuids() {
        agrees(
                List.of(texts("id", row -> "customer-" + row)),
                row -> List.of("customer-" + row),
                i -> List.of("customer-0" + i));
        UUID[] ids = new SplittableRandom(4)
                .longs(ROWS)
                .mapToObj(bits -> new UUID(bits, -bits))
                .toArray(UUID[]::new);
        agrees(
                List.of(texts("id", row -> ids[row].toString())),
                row -> List.of(ids[row].toString()),
                i -> List.of(new UUID(i, i).toString()));
    }

    /** All that one 32-bit hash of the JDK cannot tell apart. */
    @Test
    void textsThatShareTheirHashCode() {
        IntFunction<String> alike = row -> {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 19; bit++) {
                text.append((row >> bit & 1) == 0 ? "Aa" : "BB");
            }
            return text.toString();
        };
        assertEquals(alike.apply(1).hashCode(), alike.apply(2).hashCode());
        agrees(List.of(texts("id", alike)), row -> List.of(alike.apply(row)), i -> List.of("AaAa" + i));
    }

    @Test
    void severalParts() {
        long[] tills = IntStream.range(0, ROWS).mapToLong(row -> row / 500).toArray();
        agrees(
                List.of(texts("shop", row -> "s" + row % 500), integers("till", tills, new BitSet())),
                row -> List.of("s" + row % 500, Long.toString(tills[row])),
                i -> List.of("s" + i, "-1"));
    }

    @Test
    void rowsWithoutAKeyAndKeysGivenTwiceAreCounted() {
        BitSet nulls = new BitSet();
        nulls.set(10, 20);
        long[] values = IntStream.range(0, ROWS).mapToLong(row -> row).toArray();
        values[100_000] = 200_000;
        List<Column> key = List.of(integers("id", values, nulls));
        for (Keys keys : List.of(new KeyColumns(key), mapped(key))) {
            Index index = Index.of(keys, ROWS);
            assertEquals(ROWS - 10, index.complete());
            assertEquals(ROWS - 11, index.size());
            assertEquals(Index.UNKNOWN, index.find(List.of("15")));
            assertEquals(20, index.find(List.of("20")));
        }
    }
}
