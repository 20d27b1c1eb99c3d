package smew.base;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
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
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;

/**
 * Makes records of what Jackson parses: {@link Json#read} says how they map. Jackson could bind them too, but looks at each type for all
 * that its hundreds of options and annotations might say, which was a third of what a server did until it was ready (1.3 of 4.0 seconds of
 * processor, 0.75 of these for its mapper). Components may be texts, numbers, flags, objects that are one of
 * these, enums, dates, instants, records, JSON of any shape, and lists, maps by text, arrays and Optionals of these.
 */
final class RecordReader {

    /** By record: its shape is looked at once. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final JsonParser in;

    RecordReader(JsonParser in) {
        this.in = in;
    }

    /**
     * How a record is made.
     *
     * @param types of its components
     * @param places of these, by the names that JSON has
     */
    private record Shape(Constructor<?> constructor, List<Type> types, Map<String, Integer> places) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] erased = new Class<?>[components.length];
            List<Type> types = new ArrayList<>();
            Map<String, Integer> places = new LinkedHashMap<>();
            for (int place = 0; place < components.length; place++) {
                erased[place] = components[place].getType();
                types.add(components[place].getGenericType());
                places.put(name(components[place].getName()), place);
            }
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(erased);
                constructor.setAccessible(true);
                return new Shape(constructor, types, places);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(type + " has no constructor of its components.", impossible);
            }
        }

        /** In snake_case. */
        private static String name(String component) {
            StringBuilder name = new StringBuilder();
            for (int at = 0; at < component.length(); at++) {
                char letter = component.charAt(at);
                if (Character.isUpperCase(letter)) {
                    name.append('_').append(Character.toLowerCase(letter));
                } else {
                    name.append(letter);
                }
            }
            return name.toString();
        }

        /** Of a component that JSON does not have. */
        static @Nullable Object absent(Type type) {
            if (type instanceof Class<?> plain && plain.isPrimitive()) {
                return Array.get(Array.newInstance(plain, 1), 0);
            }
            return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                    ? Optional.empty()
                    : null;
        }
    }

    /** The one value of a text. */
    <T> T whole(Class<T> type) {
        Object value = in.nextToken() == null ? null : value(type);
        if (value == null || in.nextToken() != null) {
            throw broken(value == null ? "nothing" : "something behind the end");
        }
        return type.cast(value);
    }

    /** The value that the stream has come to. */
    private @Nullable Object value(Type type) {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            if (type instanceof Class<?> plain && plain.isPrimitive()) {
                throw broken("null in place of " + plain);
            }
            return type == JsonNode.class ? Json.tree("null") : Shape.absent(type);
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
            return record(SHAPES.get(plain));
        }
        if (plain.isArray()) {
            return array(plain.getComponentType());
        }
        return plain == JsonNode.class ? Json.tree(in) : scalar(plain);
    }

    private Object record(Shape shape) {
        expect(JsonToken.START_OBJECT, "an object");
        @Nullable Object[] values = new @Nullable Object[shape.types.size()];
        Arrays.setAll(values, place -> Shape.absent(shape.types.get(place)));
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            Integer place = shape.places.get(in.currentName());
            in.nextToken();
            if (place == null) {
                in.skipChildren();
            } else {
                values[place] = value(shape.types.get(place));
            }
        }
        try {
            return shape.constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw broken("a " + shape.constructor.getDeclaringClass().getSimpleName() + " that cannot be ("
                    + refused.getCause() + ")");
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<@Nullable Object> list(Type of) {
        expect(JsonToken.START_ARRAY, "an array");
        List<@Nullable Object> values = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(of));
        }
        return values;
    }

    private Map<String, @Nullable Object> map(Type of) {
        expect(JsonToken.START_OBJECT, "an object");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = in.currentName();
            in.nextToken();
            values.put(name, value(of));
        }
        return values;
    }

    private Object array(Class<?> of) {
        List<@Nullable Object> values = list(of);
        Object array = Array.newInstance(of, values.size());
        for (int place = 0; place < values.size(); place++) {
            Array.set(array, place, values.get(place));
        }
        return array;
    }

    private Object scalar(Class<?> type) {
        JsonToken token = in.currentToken();
        if (type == Object.class) {
            return any(token);
        }
        if (type == double.class || type == Double.class) {
            return token.isNumeric() ? in.getDoubleValue() : notANumber();
        }
        if (type == long.class || type == Long.class) {
            expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getLongValue();
        }
        if (type == int.class || type == Integer.class) {
            expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getIntValue();
        }
        if (type == boolean.class || type == Boolean.class) {
            if (!token.isBoolean()) {
                throw expected("true or false");
            }
            return token == JsonToken.VALUE_TRUE;
        }
        expect(JsonToken.VALUE_STRING, "a text");
        return text(type, in.getString());
    }

    /** A text, number or flag, whichever it is. */
    private Object any(JsonToken token) {
        if (token.isNumeric()) {
            return in.getNumberValue();
        }
        return token == JsonToken.VALUE_STRING ? in.getString() : scalar(Boolean.class);
    }

    /** What JSON has no number for. */
    private Double notANumber() {
        return switch (in.currentToken() == JsonToken.VALUE_STRING ? in.getString() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw expected("a number");
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

    private void expect(JsonToken token, String what) {
        if (in.currentToken() != token) {
            throw expected(what);
        }
    }

    private JacksonException expected(String what) {
        return broken(in.currentToken() + " in place of " + what);
    }

    private JacksonException broken(String found) {
        return new StreamReadException(
                in, "at " + in.streamReadContext().pathAsPointer() + " there is " + found, in.currentTokenLocation());
    }
}
