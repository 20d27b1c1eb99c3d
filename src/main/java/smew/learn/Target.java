package smew.learn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.columns.Column;
import smew.model.Card;
import smew.project.Directive;
import smew.project.Relation;

/**
 * The label of the rows that have one.
 *
 * <p>Without {@code @task} booleans and strings are classes; integers are classes where there are at most
 * {@link #INTEGER_CLASSES} different ones; everything else is a number.
 *
 * @param classes sorted; empty for regression
 * @param positive where there are two classes
 * @param rows row numbers of the table that have a label, in canonical order
 * @param codes class of each of these rows; empty for regression
 * @param numbers label of each of these rows; empty for classification
 */
record Target(
        Relation.Task task,
        Card.LabelType type,
        List<String> classes,
        Optional<String> positive,
        int[] rows,
        int[] codes,
        double[] numbers) {

    /** Integer labels with more different values than this are numbers unless {@code @task} says otherwise. */
    static final int INTEGER_CLASSES = 20;

    private static final int CLASSES = 200;
    private static final int LABELLED_ROWS = 10;

    /**
     * Reads the label.
     *
     * @param order all rows in canonical order
     */
    static Target of(Relation.Model definition, Column label, int[] order) {
        Card.LabelType type = type(definition, label);
        int[] rows =
                java.util.Arrays.stream(order).filter(row -> !empty(label, row)).toArray();
        if (rows.length < LABELLED_ROWS) {
            throw refused(
                    definition,
                    Fault.DATA,
                    "has a value in " + rows.length + " of " + order.length + " rows, expected " + LABELLED_ROWS
                            + " at least. Let the SELECT keep more rows with a label.");
        }
        Relation.Task task = task(definition, label, type, rows);
        if (task == Relation.Task.REGRESSION) {
            double[] numbers = numbers(definition, label, rows);
            return new Target(task, Card.LabelType.NUMBER, List.of(), Optional.empty(), rows, new int[0], numbers);
        }
        return classes(definition, label, type, rows);
    }

    private static Card.LabelType type(Relation.Model definition, Column label) {
        return switch (label) {
            case Column.Integers integers -> Card.LabelType.INTEGER;
            case Column.Doubles doubles -> Card.LabelType.NUMBER;
            case Column.Booleans booleans -> Card.LabelType.BOOLEAN;
            case Column.Texts texts -> Card.LabelType.TEXT;
            case Column.Dates dates -> throw noDate(definition);
            case Column.Timestamps stamps -> throw noDate(definition);
        };
    }

    private static SmewException noDate(Relation.Model definition) {
        return refused(
                definition,
                Fault.CONFIGURATION,
                "is a date or timestamp, expected an integer, a number, a boolean or a string. Derive one in the SELECT.");
    }

    private static Relation.Task task(Relation.Model definition, Column label, Card.LabelType type, int[] rows) {
        boolean words = type == Card.LabelType.BOOLEAN || type == Card.LabelType.TEXT;
        if (words && definition.task().equals(Optional.of(Relation.Task.REGRESSION))) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.TASK),
                    definition.file().where(Directive.TASK) + ": label " + definition.label() + " is a "
                            + Chosen.word(type)
                            + ", expected a number for regression. Cast it in the SELECT, or use @task"
                            + " classification.");
        }
        return definition.task().orElseGet(() -> {
            boolean few = type == Card.LabelType.INTEGER
                    && distinct(label, rows, INTEGER_CLASSES).size() <= INTEGER_CLASSES;
            return words || few ? Relation.Task.CLASSIFICATION : Relation.Task.REGRESSION;
        });
    }

    /** Different values, sorted; stops looking when there are more than the limit. */
    private static TreeMap<Comparable<?>, Integer> distinct(Column label, int[] rows, int limit) {
        TreeMap<Comparable<?>, Integer> counts = new TreeMap<>();
        for (int row : rows) {
            counts.merge(value(label, row), 1, Integer::sum);
            if (counts.size() > limit) {
                break;
            }
        }
        return counts;
    }

    private static Target classes(Relation.Model definition, Column label, Card.LabelType type, int[] rows) {
        TreeMap<Comparable<?>, Integer> counts = distinct(label, rows, CLASSES);
        String shown = counts.entrySet().stream()
                .limit(10)
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(Collectors.joining(", "));
        if (counts.size() < 2) {
            throw refused(
                    definition,
                    Fault.DATA,
                    "has only one class, " + shown
                            + ", expected two or more. Check the SELECT, or choose another label.");
        }
        if (counts.size() > CLASSES) {
            throw refused(
                    definition,
                    Fault.DATA,
                    "has more than " + CLASSES
                            + " classes. Group them in the SELECT, or use @task regression for numbers.");
        }
        if (Collections.min(counts.values()) < 2) {
            throw refused(
                    definition,
                    Fault.DATA,
                    "has a class with a single row among " + shown
                            + ", expected two at least, one to learn from and one to evaluate. Drop or group it in the SELECT.");
        }
        List<Comparable<?>> sorted = new ArrayList<>(counts.keySet());
        int[] codes = new int[rows.length];
        counts.replaceAll((value, count) -> sorted.indexOf(value));
        for (int r = 0; r < rows.length; r++) {
            codes[r] = code(counts, value(label, rows[r]));
        }
        List<String> names = sorted.stream().map(String::valueOf).toList();
        Optional<String> positive = positive(definition, names, codes);
        return new Target(Relation.Task.CLASSIFICATION, type, names, positive, rows, codes, new double[0]);
    }

    private static int code(TreeMap<Comparable<?>, Integer> codes, Comparable<?> value) {
        Integer code = codes.get(value);
        if (code == null) {
            throw new IllegalStateException("A label appeared between two passes: " + value);
        }
        return code;
    }

    private static Optional<String> positive(Relation.Model definition, List<String> names, int[] codes) {
        Optional<String> wanted = definition.positive();
        if (wanted.isPresent() && !names.contains(wanted.get())) {
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().where(Directive.POSITIVE),
                    definition.file().where(Directive.POSITIVE) + ": label " + definition.label() + " is never "
                            + wanted.get() + "."
                            + Near.hint(wanted.get(), names.subList(0, Math.min(10, names.size()))));
        }
        if (names.size() > 2) {
            return Optional.empty();
        }
        long seconds = java.util.Arrays.stream(codes).filter(code -> code == 1).count();
        return wanted.or(() -> Optional.of(names.get(seconds * 2 <= codes.length ? 1 : 0)));
    }

    private static double[] numbers(Relation.Model definition, Column label, int[] rows) {
        double[] numbers = new double[rows.length];
        boolean varies = false;
        for (int r = 0; r < rows.length; r++) {
            numbers[r] = label instanceof Column.Integers integers
                    ? integers.values()[rows[r]]
                    : ((Column.Doubles) label).values()[rows[r]];
            varies |= numbers[r] != numbers[0];
        }
        if (!varies) {
            throw refused(
                    definition,
                    Fault.DATA,
                    "is " + numbers[0]
                            + " in every row, expected different values. Check the SELECT, or choose another label.");
        }
        return numbers;
    }

    private static boolean empty(Column label, int row) {
        return label.isNull(row)
                || (label instanceof Column.Doubles doubles && !Double.isFinite(doubles.values()[row]));
    }

    private static Comparable<?> value(Column label, int row) {
        return switch (label) {
            case Column.Integers integers -> integers.values()[row];
            case Column.Doubles doubles -> doubles.values()[row];
            case Column.Booleans booleans -> booleans.values()[row];
            case Column.Texts texts -> texts.dictionary()[texts.codes()[row]];
            case Column.Dates dates -> dates.epochDays()[row];
            case Column.Timestamps stamps -> stamps.epochMicros()[row];
        };
    }

    private static SmewException refused(Relation.Model definition, Fault fault, String found) {
        return SmewException.at(
                fault,
                definition.file().where(Directive.LABEL),
                "Training model " + definition.name() + ": " + definition.file().where(Directive.LABEL) + ": label "
                        + definition.label() + " " + found);
    }

    /** How many classes a learner sees; 0 for regression. */
    int classCount() {
        return classes.size();
    }

    /** Whether every class is among these labelled rows. */
    boolean holdsEveryClass(int[] labelled) {
        BitSet seen = new BitSet();
        for (int r : labelled) {
            seen.set(codes[r]);
        }
        return seen.cardinality() == classes.size();
    }
}
