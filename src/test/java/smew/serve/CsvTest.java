package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import smew.base.SmewException;

class CsvTest {

    @Test
    void readsFieldsAsRfc4180HasThem() {
        assertEquals(List.of(List.of("a", "b")), rows("a,b"));
        assertEquals(List.of(List.of("a", "b"), List.of("c", "d")), rows("a,b\r\nc,d\r\n"));
        assertEquals(List.of(List.of("a,\"b\"\n", " c ")), rows("\"a,\"\"b\"\"\n\", c "));
        assertEquals(List.of(Arrays.asList(null, "", null)), rows(",\"\",\n"));
        assertEquals(List.of(Arrays.asList(null, null), Arrays.asList("a", null)), rows(",\ra,"));
        assertEquals(List.of(), rows(""));
        assertEquals(List.of(List.of("a"), List.of("b")), rows("\n\na\n\n\nb\n\n"));
    }

    @Test
    void looksAtNoMoreThanItIsAskedFor() {
        Csv csv = csv("a\n\nb\nc\n\"d");
        assertEquals(List.of("a"), csv.next());
        assertEquals(List.of("b"), csv.next());
        assertEquals(List.of("c"), csv.next());
        assertThrows(SmewException.class, csv::next);
    }

    @Property
    void readsTheSameInWhateverPiecesItComes(
            @ForAll @IntRange(min = 1, max = 9) int piece,
            @ForAll @Size(max = 30) List<@IntRange(max = 5) Integer> parts) {
        String[] texts = {"a", ",", "\n", "\"é,\"\"\n\"", "\r\n", "x".repeat(20_000)};
        String text = parts.stream().map(part -> texts[part]).collect(Collectors.joining(","));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int count) {
                return super.read(into, from, Math.min(count, piece));
            }
        };
        assertEquals(rows(text), rows(new Csv(slow)));
    }

    private static Csv csv(String text) {
        return new Csv(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<List<@Nullable String>> rows(String text) {
        return rows(csv(text));
    }

    private static List<List<@Nullable String>> rows(Csv csv) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row = csv.next(); row != null; row = csv.next()) {
            rows.add(row);
        }
        return rows;
    }
}
