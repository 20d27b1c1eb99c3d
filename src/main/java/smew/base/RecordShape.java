package smew.base;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a record is made.
 *
 * @param types of its components
 * @param places of these, by the names that JSON has
 */
record RecordShape(Constructor<?> constructor, List<Type> types, Map<String, Integer> places) {

    /** By record: each is looked at once. */
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return looked(type);
        }
    };

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape looked(Class<?> type) {
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
            return new RecordShape(constructor, types, places);
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
