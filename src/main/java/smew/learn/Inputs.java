package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Encoding;
import smew.project.Directive;
import smew.project.Relation;

/** Finds the inputs of a model and what training rows say of them: levels of categories, replacements of nulls. */
final class Inputs {

    /** Levels of a category that are told apart, the most frequent ones; all others count as one. */
    static final int LEVELS = 128;

    private final Relation.Model definition;
    private final int[] training;
    private final int[] labelled;
    private final List<Problem> problems = new ArrayList<>();

    private Inputs(Relation.Model definition, int[] training, int[] labelled) {
        this.definition = definition;
        this.training = training;
        this.labelled = labelled;
    }

    /**
     * Every column but entity, event time, label and what {@code @features} leaves out.
     *
     * @throws SmewException CONFIGURATION for dates and timestamps, for unknown names, or when nothing is left
     */
    static List<Column> columns(Relation.Model definition, Table table) {
        List<Column> candidates = candidates(definition, table);
        known(definition, candidates);
        List<Column> columns = candidates.stream()
                .filter(column -> definition.features().uses(column.name()))
                .toList();
        List<Problem> problems = columns.stream()
                .filter(column -> Encoding.type(column).isEmpty())
                .map(column -> new Problem(
                        definition.file().path(),
                        "column " + column.name() + " is a date or timestamp, which is no input. Derive a number in the"
                                + " SELECT, such as date_diff('day', " + column.name() + ", getvariable('as_of')) AS "
                                + column.name() + "_days, declare it with @time, or leave it out with @features drop "
                                + column.name() + "."))
                .toList();
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Inputs of model " + definition.name(), problems);
        }
        if (columns.isEmpty()) {
            String without = candidates.isEmpty() ? "" : " that @features leaves";
            throw SmewException.at(
                    Fault.CONFIGURATION,
                    definition.file().path(),
                    definition.file().path() + ": the SELECT has no column" + without
                            + " besides entity, event time and label, expected one input at least.");
        }
        return columns;
    }

    /** The columns that might be inputs and are not, by {@code @features}. */
    static List<String> dropped(Relation.Model definition, Table table) {
        return candidates(definition, table).stream()
                .map(Column::name)
                .filter(name -> !definition.features().uses(name))
                .toList();
    }

    private static List<Column> candidates(Relation.Model definition, Table table) {
        return table.columns().stream()
                .filter(column -> !definition.entity().contains(column.name())
                        && !definition.time().contains(column.name())
                        && !definition.label().equals(column.name()))
                .toList();
    }

    private static void known(Relation.Model definition, List<Column> candidates) {
        List<String> names = candidates.stream().map(Column::name).toList();
        List<Problem> problems = definition.features().columns().stream()
                .filter(wanted -> names.stream().noneMatch(wanted::equalsIgnoreCase))
                .map(wanted -> new Problem(
                        definition.file().where(Directive.FEATURES),
                        "the SELECT has no column " + wanted + "." + Near.hint(wanted, names)))
                .toList();
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "@features of model " + definition.name(), problems);
        }
    }

    /**
     * Learns levels and replacements.
     *
     * @param training row numbers of the table
     * @param labelled of these and the held-out rows, which are scored too
     * @throws SmewException DATA for a null number in a labelled row under {@code @missing error}
     */
    static List<Card.Input> learn(Relation.Model definition, Table table, int[] training, int[] labelled) {
        Inputs inputs = new Inputs(definition, training, labelled);
        List<Card.Input> learned =
                columns(definition, table).stream().map(inputs::input).toList();
        if (!inputs.problems.isEmpty()) {
            throw SmewException.of(
                    Fault.DATA, "Training model " + definition.name() + " under @missing error", inputs.problems);
        }
        return learned;
    }

    private Card.Input input(Column column) {
        return column instanceof Column.Texts texts ? category(texts) : number(column);
    }

    private Card.Input category(Column.Texts texts) {
        int[] counts = new int[texts.dictionary().length];
        int nulls = 0;
        for (int row : training) {
            if (texts.isNull(row)) {
                nulls++;
            } else {
                counts[texts.codes()[row]]++;
            }
        }
        List<String> levels = IntStream.range(0, counts.length)
                .filter(word -> counts[word] > 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer word) -> -counts[word])
                        .thenComparing(word -> texts.dictionary()[word]))
                .limit(LEVELS)
                .map(word -> texts.dictionary()[word])
                .sorted()
                .toList();
        long kept = IntStream.range(0, counts.length)
                .filter(word -> java.util.Collections.binarySearch(levels, texts.dictionary()[word]) >= 0)
                .mapToLong(word -> counts[word])
                .sum();
        return new Card.Input(
                texts.name(),
                Card.Type.CATEGORY,
                levels,
                0,
                nulls,
                training.length - nulls - kept,
                definition.file().comment(texts.name()));
    }

    private Card.Input number(Column column) {
        Optional<Card.Type> type = Encoding.type(column);
        Card.Input plain = new Card.Input(column.name(), type.orElseThrow(), List.of(), 0, 0, 0, Optional.empty());
        Encoding.Cells cells = new Encoding(plain).cells(column, training.length);
        double[] present = Arrays.stream(training)
                .mapToDouble(cells::at)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        int nulls = training.length - present.length;
        long missing = definition.missing() == Relation.Missing.ERROR
                ? Arrays.stream(labelled)
                        .filter(row -> Double.isNaN(cells.at(row)))
                        .count()
                : 0;
        if (missing > 0) {
            problems.add(new Problem(
                    definition.file().path(),
                    "input " + column.name() + " has no value in " + missing + " of " + labelled.length
                            + " labelled rows. Fill it in the SELECT, or use @missing zero or median."));
        }
        boolean median = definition.missing() == Relation.Missing.MEDIAN && present.length > 0;
        return new Card.Input(
                plain.name(),
                plain.type(),
                List.of(),
                median ? median(present) : 0,
                nulls,
                0,
                definition.file().comment(plain.name()));
    }

    /** The middle value, or the mean of the two in the middle, in single precision as all inputs. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        double median = values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
        return (float) median;
    }
}
