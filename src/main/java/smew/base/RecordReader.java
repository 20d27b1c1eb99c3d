package smew.base;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes records of a stream of JSON: {@link Json#read} says how they map. Jackson could do it, but looks at each type for all that its
 * hundreds of options and annotations might say: a process that reads a manifest and a card and does nothing else spends 1.5 seconds of
 * processor on that, half of them on the mapper. Components may be texts, numbers, flags, objects that are one of these, enums, dates, instants,
 * records, JSON of any shape, and lists, maps by text, arrays and Optionals of these.
 */
final class RecordReader {

    private final JsonReader in;

    private RecordReader(JsonReader in) {
        this.in = in;
    }

    /** Reads the one value of a text. */
    static <T> T read(byte[] json, Class<T> type) {
        JsonReader stream = new JsonReader(new StringReader(new String(json, StandardCharsets.UTF_8)));
        stream.setStrictness(Strictness.STRICT);
        RecordReader reader = new RecordReader(stream);
        try {
            Object value = reader.value(type);
            if (value == null || stream.peek() != JsonToken.END_DOCUMENT) {
                throw reader.broken(value == null ? "null" : "something behind the end");
            }
            return type.cast(value);
        } catch (IOException | NumberFormatException malformed) {
            throw new JsonException("at " + stream.getPath() + ": " + malformed.getMessage(), malformed);
        }
    }

    /** The value that the stream comes to. */
    private @Nullable Object value(Type type) throws IOException {
        if (type == JsonNode.class) {
            return node();
        }
        if (in.peek() == JsonToken.NULL) {
            if (type instanceof Class<?> plain && plain.isPrimitive()) {
                throw expected(plain.toString());
            }
            in.nextNull();
            return RecordShape.absent(type);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            Type raw = generic.getRawType();
            if (raw == Optional.class) {
                return Optional.ofNullable(value(of[0]));
            }
            return raw == List.class ? list(of[0]) : map(of[1]);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return record(RecordShape.of(plain));
        }
        return plain.isArray() ? array(plain.getComponentType()) : scalar(plain);
    }

    private Object record(RecordShape shape) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, "an object");
        @Nullable Object[] values = new @Nullable Object[shape.types().size()];
        Arrays.setAll(values, place -> RecordShape.absent(shape.types().get(place)));
        in.beginObject();
        while (in.hasNext()) {
            Integer place = shape.places().get(in.nextName());
            if (place == null) {
                in.skipValue();
            } else {
                values[place] = value(shape.types().get(place));
            }
        }
        in.endObject();
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new JsonException(
                    "before " + in.getPath() + " there is a "
                            + shape.constructor().getDeclaringClass().getSimpleName() + " that cannot be ("
                            + refused.getCause() + ")",
                    refused);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<@Nullable Object> list(Type of) throws IOException {
        expect(JsonToken.BEGIN_ARRAY, "an array");
        List<@Nullable Object> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(value(of));
        }
        in.endArray();
        return values;
    }

    private Map<String, @Nullable Object> map(Type of) throws IOException {
        expect(JsonToken.BEGIN_OBJECT, "an object");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            values.put(in.nextName(), value(of));
        }
        in.endObject();
        return values;
    }

    private Object array(Class<?> of) throws IOException {
        List<@Nullable Object> values = list(of);
        Object array = Array.newInstance(of, values.size());
        for (int place = 0; place < values.size(); place++) {
            Array.set(array, place, values.get(place));
        }
        return array;
    }

    private JsonNode node() throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (in.peek()) {
            case BEGIN_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                list(JsonNode.class).forEach(value -> array.add((JsonNode) value));
                yield array;
            }
            case BEGIN_OBJECT -> {
                ObjectNode object = nodes.objectNode();
                map(JsonNode.class).forEach((name, value) -> object.set(name, (JsonNode) value));
                yield object;
            }
            case STRING -> nodes.stringNode(in.nextString());
            case NUMBER -> Json.exactTree(in.nextString().getBytes(StandardCharsets.UTF_8));
            case BOOLEAN -> nodes.booleanNode(in.nextBoolean());
            case NULL -> {
                in.nextNull();
                yield nodes.nullNode();
            }
            case NAME, END_ARRAY, END_OBJECT, END_DOCUMENT -> throw expected("a value");
        };
    }

    private Object scalar(Class<?> type) throws IOException {
        if (type == Object.class) {
            return any();
        }
        if (type == double.class || type == Double.class) {
            return in.peek() == JsonToken.NUMBER ? in.nextDouble() : notANumber();
        }
        if (type == long.class || type == Long.class) {
            expect(JsonToken.NUMBER, "a whole number");
            return in.nextLong();
        }
        if (type == int.class || type == Integer.class) {
            expect(JsonToken.NUMBER, "a whole number");
            return in.nextInt();
        }
        if (type == boolean.class || type == Boolean.class) {
            expect(JsonToken.BOOLEAN, "true or false");
            return in.nextBoolean();
        }
        expect(JsonToken.STRING, "a text");
        return text(type, in.nextString());
    }

    /** A text, number or flag, whichever it is. */
    private Object any() throws IOException {
        return switch (in.peek()) {
            case NUMBER -> number(in.nextString());
            case BOOLEAN -> in.nextBoolean();
            default -> scalar(String.class);
        };
    }

    /** An Integer or Long where it is whole. */
    private static Number number(String text) {
        if (text.chars().anyMatch(letter -> ".eE".indexOf(letter) >= 0)) {
            return Double.valueOf(text);
        }
        long whole = Long.parseLong(text);
        return whole == (int) whole ? (Number) (int) whole : (Number) whole;
    }

    /** What JSON has no number for. */
    private Double notANumber() throws IOException {
        expect(JsonToken.STRING, "a number");
        String text = in.nextString();
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw broken("'" + text + "' in place of a number");
        };
    }

    private Object text(Class<?> type, String text) {
        try {
            if (type == LocalDate.class) {
                return LocalDate.parse(text);
            }
            if (type == Instant.class) {
                return Instant.parse(text);
            }
        } catch (DateTimeParseException wrong) {
            throw broken("'" + text + "' in place of a date or time");
        }
        if (type == String.class) {
            return text;
        }
        if (!type.isEnum()) {
            throw new IllegalStateException("No JSON becomes " + type + ".");
        }
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw broken("'" + text + "', which is no " + type.getSimpleName());
    }

    private void expect(JsonToken token, String what) throws IOException {
        if (in.peek() != token) {
            throw expected(what);
        }
    }

    private JsonException expected(String what) throws IOException {
        return broken(in.peek() + " in place of " + what);
    }

    private JsonException broken(String found) {
        return new JsonException("at " + in.getPath() + " there is " + found, null);
    }
}
