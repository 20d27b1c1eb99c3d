package smew.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import smew.model.Card;

/**
 * What the columns of a logged model are called. Keys and inputs keep their names; one that is a column of the log itself, in upper
 * or lower case, has {@code key_} or {@code input_} before it.
 *
 * @param keys one per key column of the card
 * @param inputs one per input of the card
 * @param probabilities {@code probability_CLASS}, one per class where none is positive: one probability does not tell the others. A
 *     name that a key or an input has already gets {@code class_} before it
 */
record LogNames(List<String> keys, List<String> inputs, List<String> probabilities) {

    static final String TIME = "time";
    static final String REQUEST = "request_id";
    static final String MODEL = "model";
    static final String RELEASE = "release";
    static final String BACKEND = "backend";
    static final String PREDICTION = "prediction";
    static final String PROBABILITY = "probability";
    static final String LATENCY = "latency_ms";
    static final String SHADOW_RELEASE = "shadow_release";
    static final String SHADOW_PREDICTION = "shadow_prediction";
    static final String SHADOW_PROBABILITY = "shadow_probability";
    static final String SHADOW_DIFFERENCE = "shadow_difference";

    /** The folder of a file is {@code day=…}, which whoever reads with hive partitions sees as a column. */
    private static final Set<String> OWN = Set.of(
            TIME,
            REQUEST,
            MODEL,
            RELEASE,
            BACKEND,
            PREDICTION,
            PROBABILITY,
            LATENCY,
            SHADOW_RELEASE,
            SHADOW_PREDICTION,
            SHADOW_PROBABILITY,
            SHADOW_DIFFERENCE,
            "day");

    LogNames {
        keys = List.copyOf(keys);
        inputs = List.copyOf(inputs);
        probabilities = List.copyOf(probabilities);
    }

    static LogNames of(Card card) {
        Set<String> taken = new HashSet<>(OWN);
        List<String> keys = new ArrayList<>();
        card.entity().forEach(key -> keys.add(free(taken, "key_", key)));
        List<String> inputs = new ArrayList<>();
        card.inputs().forEach(input -> inputs.add(free(taken, "input_", input.name())));
        List<String> probabilities = new ArrayList<>();
        if (card.positive().isEmpty()) {
            card.classes().forEach(each -> probabilities.add(free(taken, "class_", PROBABILITY + "_" + each)));
        }
        return new LogNames(keys, inputs, probabilities);
    }

    private static String free(Set<String> taken, String before, String name) {
        String free = name;
        while (!taken.add(free.toLowerCase(Locale.ROOT))) {
            free = before + free;
        }
        return free;
    }
}
