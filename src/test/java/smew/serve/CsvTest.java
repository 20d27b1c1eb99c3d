package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void readsFieldsAsRfc4180HasThem() {
        assertEquals(List.of(List.of("a", "b")), Csv.read("a,b", 100));
        assertEquals(List.of(List.of("a", "b"), List.of("c", "d")), Csv.read("a,b\r\nc,d\r\n", 100));
        assertEquals(List.of(List.of("a,\"b\"\n", " c ")), Csv.read("\"a,\"\"b\"\"\n\", c ", 100));
        assertEquals(List.of(Arrays.asList(null, "", null)), Csv.read(",\"\",\n", 100));
        assertEquals(List.of(Arrays.asList(null, null), Arrays.asList("a", null)), Csv.read(",\ra,", 100));
        assertEquals(List.of(), Csv.read("", 100));
        assertEquals(List.of(List.of("a"), List.of("b")), Csv.read("\n\na\n\n\nb\n\n", 100));
    }

    @Test
    void stopsAfterAsManyRowsAsItIsAskedFor() {
        assertEquals(List.of(List.of("a"), List.of("b")), Csv.read("a\n\nb\nc\n\"d", 2));
    }
}
