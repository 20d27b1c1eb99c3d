package smew.monitor;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;

/**
 * Which columns of a file of outcomes say what.
 *
 * @param relation the file, as DuckDB reads it
 * @param keys one per key column of the card
 * @param time when an outcome was known; empty where the file does not say
 */
record OutcomeColumns(String relation, List<String> keys, String label, Optional<String> time) {

    private static final String TIME = "time";

    OutcomeColumns {
        keys = List.copyOf(keys);
    }

    /**
     * Finds them.
     *
     * @param time the column that was asked for; empty: {@code time}, where there is one
     * @throws SmewException NOT_FOUND without the file, USAGE for one that is neither CSV nor Parquet, DATA where a column lacks
     */
    static OutcomeColumns of(Duck duck, OutcomeFile file, Card card, Optional<String> time) {
        String relation = relation(file);
        List<String> known = duck.texts(
                "SELECT column_name FROM (DESCRIBE SELECT * FROM " + relation + ")",
                Origin.engine("Reading", file.name()));
        if (card.entity().isEmpty()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Joining " + file + " with predictions of model " + card.name()
                            + ": the model has no key. Declare one with @entity, and run again.");
        }
        List<String> keys = new ArrayList<>();
        card.entity().forEach(key -> keys.add(find(file, known, key, "the key of model " + card.name())));
        String label = find(file, known, card.label(), "the label of model " + card.name());
        Optional<String> named = time.map(wanted -> find(file, known, wanted, "what --time names"))
                .or(() -> known.stream()
                        .filter(column ->
                                column.equalsIgnoreCase(TIME) && !keys.contains(column) && !label.equals(column))
                        .findFirst());
        return new OutcomeColumns(relation, keys, label, named);
    }

    private static String find(OutcomeFile file, List<String> known, String wanted, String what) {
        return known.stream()
                .filter(wanted::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.DATA,
                        "Reading " + file + ": it has no column " + wanted + ", " + what + ", but "
                                + String.join(", ", known) + "." + Near.hint(wanted, known)));
    }

    private static String relation(OutcomeFile file) {
        if (!Files.isRegularFile(file.path())) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Reading outcomes from " + file + ": there is no such file. Name a CSV or Parquet file.");
        }
        String name = file.name().toLowerCase(Locale.ROOT);
        String literal = Duck.literal(file.path().toString());
        if (name.endsWith(".parquet")) {
            return "read_parquet(" + literal + ")";
        }
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            // What a sniffer takes for a number is none where it is a key such as 007.
            return "read_csv(" + literal + ", header = true, all_varchar = true)";
        }
        throw new SmewException(
                Fault.USAGE,
                "Reading outcomes from " + file
                        + ": its name ends with none of .csv, .csv.gz and .parquet. Rename it.");
    }
}
