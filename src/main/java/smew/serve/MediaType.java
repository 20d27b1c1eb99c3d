package smew.serve;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A media type or range as it stands in Content-Type or Accept.
 *
 * @param type in lower case, without parameters: {@code text/csv}, {@code text/*}
 * @param parameters names in lower case, values without quotes
 */
record MediaType(String type, Map<String, String> parameters) {

    static MediaType of(String type) {
        return new MediaType(type, Map.of());
    }

    /** Reads one element of a header; what makes no sense in it is left out. */
    static MediaType parse(String text) {
        String[] parts = text.split(";", -1);
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                parameters.put(
                        parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parts[i].substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
    }

    String parameter(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** How much a range of an Accept header says about a concrete type: 3 the type, 2 its family, 1 anything, 0 nothing. */
    int precision(String concrete) {
        if (type.equals(concrete)) {
            return 3;
        }
        if (type.endsWith("/*") && concrete.startsWith(type.substring(0, type.length() - 1))) {
            return 2;
        }
        return type.equals("*/*") || type.equals("*") ? 1 : 0;
    }

    /** The weight of a range, from 0, never, to 1; 1 where it is not given, 0 where it is no number. */
    double weight() {
        String weight = parameter("q", "1");
        try {
            return Math.clamp(Double.parseDouble(weight), 0, 1);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
