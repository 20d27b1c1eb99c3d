package smew.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.model.Card;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class RecordReaderTest {

    enum Colour {
        DARK_RED,
        BLUE
    }

    record Inner(int n, @Nullable String text) {
        Inner {
            if (n < 0) {
                throw new IllegalArgumentException("below zero");
            }
        }
    }

    record Everything(
            String text,
            int whole,
            long large,
            double number,
            boolean flag,
            Colour colour,
            LocalDate day,
            Instant moment,
            Inner inner,
            JsonNode any,
            Map<String, Object> mixed,
            List<Inner> many,
            List<List<Long>> table,
            Map<String, Double> byName,
            double[][] matrix,
            Optional<List<String>> words,
            Optional<double[]> numbers) {}

    private static <T> T read(String json, Class<T> type) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    @Test
    void readsWhatWasWritten() {
        Map<String, Double> byName = new LinkedHashMap<>();
        byName.put("z", Double.NaN);
        byName.put("a", Double.NEGATIVE_INFINITY);
        byName.put("Ü \"\\\n", Double.MIN_VALUE);
        Everything written = new Everything(
                "Ü \"\\\n\u0000",
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1,
                true,
                Colour.DARK_RED,
                LocalDate.of(3021, 1, 2),
                Instant.parse("2026-11-28T01:02:03.456789Z"),
                new Inner(7, null),
                Json.tree("{\"a\":[1,null,{\"b\":\"c\"}]}"),
                Map.of("a", 1, "b", 2.5, "c", "text", "d", false, "e", Long.MIN_VALUE),
                List.of(new Inner(1, "x"), new Inner(2, "")),
                List.of(List.of(1L, 2L), List.of()),
                byName,
                new double[][] {{1e300, -2.5e-17}, {}},
                Optional.of(List.of("a", "b")),
                Optional.of(new double[] {3}));
        Everything read = read(Json.pretty(written), Everything.class);
        assertEquals(Json.write(written), Json.write(read));
        assertEquals(written.mixed(), read.mixed());
        assertArrayEquals(written.matrix(), read.matrix());
        assertEquals(List.copyOf(byName.keySet()), List.copyOf(read.byName().keySet()));
    }

    @Test
    void whatIsNotThereIsNothing() {
        Everything read = read("{\"unknown\":{\"a\":[1,{}]},\"words\":null,\"text\":null}", Everything.class);
        assertNull(read.text());
        assertNull(read.inner());
        assertEquals(0, read.whole());
        assertEquals(Optional.empty(), read.words());
        assertEquals(Optional.empty(), read.numbers());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":\"7\"} | at $.n there is STRING in place of a whole number",
                "{\"n\":7.5} | at $.n: ",
                "{\"n\":null} | at $.n there is NULL in place of int",
                "{\"n\":3000000000} | at $.n: ",
                "{\"n\":-1} | a Inner that cannot be (java.lang.IllegalArgumentException: below zero)",
                "{\"n\":1,\"text\":[]} | at $.text there is BEGIN_ARRAY in place of a text",
                "{\"n\":1} 2 | at $: ",
                "{n:1} | at $.: ",
                "[] | at $ there is BEGIN_ARRAY in place of an object",
                "null | at $ there is null",
                "'' | at $: End of input",
                "{\"n\":1 | End of input"
            })
    void refusesWhatDoesNotFit(String json, String found) {
        JsonException refused = assertThrows(JsonException.class, () -> read(json, Inner.class));
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"colour\":\"green\"} | at $.colour there is 'green', which is no Colour",
                "{\"day\":\"2026-13-01\"} | at $.day there is '2026-13-01' in place of a date",
                "{\"flag\":1} | at $.flag there is NUMBER in place of true or false",
                "{\"number\":\"1\"} | at $.number there is '1' in place of a number",
                "{\"many\":[{\"n\":1},{\"n\":true}]} | at $.many[1].n there is BOOLEAN",
                "{\"by_name\":[]} | at $.by_name there is BEGIN_ARRAY in place of an object"
            })
    void saysWhereAndWhatInstead(String json, String found) {
        JsonException refused = assertThrows(JsonException.class, () -> read(json, Everything.class));
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    /** What Jackson binds by itself is what it bound when these were kept. */
    @Test
    void readsEveryKeptCardAsJacksonDoes() throws Exception {
        JsonMapper jackson = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        int cards = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
            for (Path file : files.filter(path -> path.endsWith(Card.FILE)).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertEquals(jackson.readValue(bytes, Card.class), Json.read(bytes, Card.class), file.toString());
                cards++;
            }
        }
        assertTrue(cards > 10, cards + " cards");
    }
}
