package smew.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;

/** Where keys lie between 0 and 1. */
final class KeyHashTest {

    private static final int IDS = 100_000;
    private static final BitSet NONE = new BitSet();
    private static final List<Column> INTEGER = List.of(new Column.Integers("id", new long[0], NONE));
    private static final List<Column> TEXT = List.of(texts("id"));
    private static final List<Column> TWO = List.of(texts("country"), INTEGER.getFirst());

    private static Column texts(String name) {
        return new Column.Texts(name, new int[0], new String[0], NONE);
    }

    private static double place(List<Column> key, String... parts) {
        return KeyHash.place(key, List.of(parts)).orElseThrow();
    }

    /** Whoever changes these moves every id of every canary that runs. */
    @Test
    void neverMovesAKey() {
        assertEquals(0.316299463, place(INTEGER, "1"), 1e-9);
        assertEquals(0.753436513, place(TEXT, "Łódź"), 1e-9);
        assertEquals(0.292706524, place(TWO, "NO", "5008804"), 1e-9);
    }

    @Test
    void spreadsKeysOfEveryKindEvenly() {
        List<IntFunction<OptionalDouble>> kinds = List.of(
                id -> KeyHash.place(INTEGER, List.of("" + (5_000_000 + id))),
                id -> KeyHash.place(INTEGER, List.of("" + id * 1000L)),
                id -> KeyHash.place(TEXT, List.of("customer-" + id)),
                id -> KeyHash.place(TWO, List.of("NO", "" + id)));
        for (IntFunction<OptionalDouble> kind : kinds) {
            double[] places = IntStream.range(0, IDS)
                    .mapToDouble(id -> kind.apply(id).orElseThrow())
                    .toArray();
            for (double share : new double[] {0.01, 0.05, 0.5, 0.9}) {
                long below =
                        IntStream.range(0, IDS).filter(id -> places[id] < share).count();
                assertEquals(share, (double) below / IDS, 0.01);
                // Within four standard deviations of what chance would give: a hash that spreads worse is no hash.
                assertEquals(share * IDS, below, 4 * Math.sqrt(IDS * share * (1 - share)));
            }
            assertTrue(IntStream.range(0, IDS).allMatch(id -> places[id] >= 0 && places[id] < 1));
        }
    }

    @Test
    void whatFindsTheSameRowLiesAtTheSamePlace() {
        assertEquals(place(INTEGER, "7"), place(INTEGER, "007"));
        assertNotEquals(place(TEXT, "7"), place(TEXT, "007"));
        assertEquals(
                place(TEXT, "6f1ed002-ab5f-4a2b-9d2a-0123456789ab"),
                place(TEXT, "6F1ED002-AB5F-4A2B-9D2A-0123456789AB"));
        assertNotEquals(place(TEXT, "Oslo"), place(TEXT, "oslo"));
        List<Column> texts = List.of(texts("a"), texts("b"));
        assertNotEquals(place(texts, "ab", "c"), place(texts, "a", "bc"));
    }

    @Test
    void whatIsNoKeyLiesNowhere() {
        assertEquals(OptionalDouble.empty(), KeyHash.place(INTEGER, List.of("x")));
        assertEquals(OptionalDouble.empty(), KeyHash.place(INTEGER, List.of("1", "2")));
    }
}
