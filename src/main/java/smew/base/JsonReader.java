package smew.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;

/**
 * JSON of strangers part by part, as it comes in: a tree of it may take a hundred times its size. Two members of one name in one
 * object are refused, as {@link Json#unambiguousTree} has it. Every method throws {@link JacksonException} where the JSON is
 * malformed, and {@link UncheckedIOException} where it breaks off.
 */
public final class JsonReader implements AutoCloseable {

    private final JsonParser parser;
    private Part part = Part.END;

    /** What JSON is made of. Names of members come before their values. */
    public enum Part {
        OBJECT,
        OBJECT_END,
        ARRAY,
        ARRAY_END,
        NAME,
        TEXT,
        NUMBER,
        FLAG,
        NULL,
        /** Nothing follows. */
        END
    }

    JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Goes to the next part. */
    public Part next() {
        try {
            part = part(parser.nextToken());
            return part;
        } catch (JacksonIOException broken) {
            throw unchecked(broken);
        }
    }

    /** The part that it is at. */
    public Part part() {
        return part;
    }

    private static Part part(@Nullable JsonToken token) {
        return switch (token) {
            case null -> Part.END;
            case START_OBJECT -> Part.OBJECT;
            case END_OBJECT -> Part.OBJECT_END;
            case START_ARRAY -> Part.ARRAY;
            case END_ARRAY -> Part.ARRAY_END;
            case PROPERTY_NAME -> Part.NAME;
            case VALUE_STRING -> Part.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Part.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Part.FLAG;
            case VALUE_NULL -> Part.NULL;
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw new IllegalStateException("JSON has no " + token + ".");
        };
    }

    /** Goes to the end of an object or array that it is at the start of; stays where it is otherwise. */
    public void skip() {
        try {
            parser.skipChildren();
            part = part(parser.currentToken());
        } catch (JacksonIOException broken) {
            throw unchecked(broken);
        }
    }

    /** The name of the member that it is at. */
    public String name() {
        return parser.currentName();
    }

    public String text() {
        try {
            return parser.getString();
        } catch (JacksonIOException broken) {
            throw unchecked(broken);
        }
    }

    public boolean flag() {
        return parser.getBooleanValue();
    }

    /** Whether the value is a whole number of 64 bits. */
    public boolean isLong() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    public long longValue() {
        return parser.getLongValue();
    }

    /** A number as a double; infinite where it is beyond all doubles. */
    public double doubleValue() {
        // Jackson 3 throws where an integer is beyond a double, and reads a decimal number there as infinite.
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? parser.getBigIntegerValue().doubleValue()
                : parser.getDoubleValue();
    }

    /** The value that it is at, in memory; leaves off at its end. */
    public JsonNode tree() {
        try {
            JsonNode tree = parser.readValueAsTree();
            part = part(parser.currentToken());
            return tree;
        } catch (JacksonIOException broken) {
            throw unchecked(broken);
        }
    }

    /** The line of the part that it is at, from 1. */
    public int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Its column, from 1. */
    public int column() {
        return parser.currentTokenLocation().getColumnNr();
    }

    private static UncheckedIOException unchecked(JacksonIOException broken) {
        IOException cause = broken.getCause();
        return new UncheckedIOException(cause == null ? new IOException(broken) : cause);
    }

    @Override
    public void close() {
        parser.close();
    }
}
