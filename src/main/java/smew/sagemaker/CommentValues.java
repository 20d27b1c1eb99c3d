package smew.sagemaker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;

/** What comments say of columns, as hyperparameters {@code comments}, {@code comments-2} and so on: objects of JSON. */
final class CommentValues {

    private static final String KEY = "comments";
    private static final Pattern KEYS = Pattern.compile(KEY + "(-\\d+)?");

    /** SageMaker takes no longer value. */
    private static final int LONGEST = 2_500;

    private CommentValues() {}

    static boolean isKey(String key) {
        return KEYS.matcher(key).matches();
    }

    /** Several values that are short enough; a comment that is too long by itself is left out. */
    static Map<String, String> values(Map<String, String> comments) {
        List<Map<String, String>> parts = new ArrayList<>();
        new TreeMap<>(comments).forEach((column, comment) -> {
            Map<String, String> alone = new TreeMap<>(Map.of(column, comment));
            Map<String, String> longer = new TreeMap<>(parts.isEmpty() ? Map.of() : parts.getLast());
            longer.put(column, comment);
            if (!parts.isEmpty() && fits(longer)) {
                parts.set(parts.size() - 1, longer);
            } else if (fits(alone)) {
                parts.add(alone);
            }
        });
        Map<String, String> values = new LinkedHashMap<>();
        parts.forEach(part -> values.put(values.isEmpty() ? KEY : KEY + "-" + (values.size() + 1), Json.write(part)));
        return values;
    }

    private static boolean fits(Map<String, String> part) {
        return Json.write(part).length() <= LONGEST;
    }

    /**
     * Reads them back.
     *
     * @param wrong makes a sentence of a key and of what was expected there
     * @throws SmewException CONFIGURATION where a value is no JSON
     */
    static Map<String, String> read(Map<String, String> values, BinaryOperator<String> wrong) {
        Map<String, String> comments = new TreeMap<>();
        values.keySet().stream().filter(CommentValues::isKey).sorted().forEach(key -> {
            try {
                Json.tree(values.getOrDefault(key, ""))
                        .properties()
                        .forEach(each ->
                                comments.put(each.getKey(), each.getValue().asString()));
            } catch (JacksonException noJson) {
                throw new SmewException(
                        Fault.CONFIGURATION, wrong.apply(key, "an object of JSON, column to comment"), noJson);
            }
        });
        return comments;
    }
}
