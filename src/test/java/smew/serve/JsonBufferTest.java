package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import smew.base.Json;

class JsonBufferTest {

    private static String read(JsonBuffer json) {
        return new String(json.toBytes(), StandardCharsets.UTF_8);
    }

    @Property
    void numbersAreWrittenAsJavaWritesThem(@ForAll double number, @ForAll long millionths) {
        for (double each : new double[] {number, millionths / 1e6, millionths % 10_000_000_000L / 1e6}) {
            assertEquals(Double.toString(each), read(new JsonBuffer().number(each)));
        }
    }

    @Test
    void numbersAtTheEdgesAreWrittenAsJavaWritesThem() {
        double[] edges = {
            0,
            -0.0,
            0.001,
            0.000999,
            -0.001,
            1e7,
            9999999.999999,
            9999999.9999995,
            -1e7,
            1,
            -1,
            0.1,
            0.5,
            100,
            123456.7,
            0.0001,
            1e-6,
            1234567.1234567,
            1e22,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            2.0E-3,
            4503599627370497.5
        };
        for (double each : edges) {
            assertEquals(Double.toString(each), read(new JsonBuffer().number(each)));
        }
    }

    @Property
    void whateverTextIsWrittenIsReadBack(@ForAll String text) {
        // A lone surrogate is no text, and UTF-8 has no bytes for it.
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertEquals(whole, Json.tree(JsonBuffer.quoted(text)).stringValue());
    }

    @Property
    void whateverNumberIsWrittenIsReadBack(@ForAll double number, @ForAll long integer) {
        assertEquals(
                number, Json.tree(new JsonBuffer().number(number).toBytes()).doubleValue());
        assertEquals(
                integer, Json.tree(new JsonBuffer().value(integer).toBytes()).longValue());
    }

    @Property
    void writesDoublesAsJavaDoes(@ForAll long integer, @ForAll double number) {
        for (double value : new double[] {integer, integer % 20_000_000, integer % 100, -0.0, number}) {
            if (Double.isFinite(value)) {
                assertEquals(Double.toString(value), read(new JsonBuffer().number(value)));
            }
        }
    }

    @Test
    void writesWhatJsonHasNoWordForAsNull() {
        assertEquals(
                "nullnullnull",
                read(new JsonBuffer()
                        .number(Double.NaN)
                        .number(Double.NEGATIVE_INFINITY)
                        .value(null)));
    }

    @Test
    void growsWithLongTexts() {
        String text = "é\"".repeat(10_000);
        assertEquals(text, Json.tree(JsonBuffer.quoted(text)).stringValue());
    }
}
