package smew.serve;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import smew.base.Fault;
import smew.base.Json;
import smew.base.JsonReader;
import smew.base.JsonReader.Part;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A request's body as JSON. */
final class JsonBody {

    private JsonBody() {}

    /**
     * Reads it.
     *
     * @throws SmewException USAGE when it is no JSON object or names a member twice, saying where
     */
    static JsonNode read(byte[] body) {
        return object(body, Json::unambiguousTree);
    }

    /**
     * The same with all digits of every number.
     *
     * @throws SmewException as above
     */
    static JsonNode exact(byte[] body) {
        return object(body, Json::exactTree);
    }

    private static JsonNode object(byte[] body, Function<byte[], JsonNode> reading) {
        try {
            JsonNode node = reading.apply(body);
            if (!node.isObject()) {
                throw noObject();
            }
            return node;
        } catch (JacksonException malformed) {
            throw malformed(malformed, 1);
        }
    }

    /** A number as the model takes it; NaN for one beyond what it holds. */
    static double number(JsonNode value) {
        double number = value.isBigInteger() ? value.bigIntegerValue().doubleValue() : value.doubleValue();
        return Double.isFinite(number) ? number : Double.NaN;
    }

    /**
     * Reads JSON of any shape.
     *
     * @param firstLine the line of the body on which it starts
     */
    static JsonNode parse(byte[] body, int firstLine) {
        try {
            return Json.unambiguousTree(body);
        } catch (JacksonException malformed) {
            throw malformed(malformed, firstLine);
        }
    }

    /**
     * Reads it part by part, as it comes in.
     *
     * @param reading leaves off at the last part of the JSON
     * @throws SmewException USAGE when it is no JSON, names a member twice or goes on after its end, saying where
     */
    static void stream(Body body, Consumer<JsonReader> reading) {
        stream(body.stream(), 1, reading);
    }

    /**
     * The same of JSON that is a part of the body.
     *
     * @param firstLine the line of the body on which it starts
     */
    static void stream(InputStream in, int firstLine, Consumer<JsonReader> reading) {
        try (JsonReader reader = Json.unambiguous(in)) {
            reading.accept(reader);
            if (reader.next() != Part.END) {
                throw new SmewException(
                        Fault.USAGE,
                        "Reading the body line " + (firstLine + reader.line() - 1) + " column " + reader.column()
                                + ": it cannot be read as JSON. Something follows its end.");
            }
        } catch (UncheckedIOException broken) {
            throw Body.incomplete(Objects.requireNonNull(broken.getCause()));
        } catch (JacksonException malformed) {
            throw malformed(malformed, firstLine);
        }
    }

    /** Reads the brace at the start of an object. */
    static void start(JsonReader reader) {
        if (reader.next() != Part.OBJECT) {
            // What is no JSON at all is told as such.
            reader.skip();
            throw noObject();
        }
    }

    private static SmewException noObject() {
        return new SmewException(
                Fault.USAGE, "Reading the body: found JSON that is no object, expected { at its start.");
    }

    private static SmewException malformed(JacksonException malformed, int firstLine) {
        var location = malformed.getLocation();
        String where = location == null
                ? ""
                : " line " + (firstLine + location.getLineNr() - 1) + " column " + location.getColumnNr();
        return new SmewException(
                Fault.USAGE,
                "Reading the body" + where + ": it cannot be read as JSON. "
                        + Text.shown(malformed.getOriginalMessage()),
                malformed);
    }
}
