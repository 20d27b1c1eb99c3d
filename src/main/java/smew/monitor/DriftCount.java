package smew.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Distribution;
import smew.model.TrainingStatistics;
import smew.project.Relation;

/** Counts where values of rows fall among those that a model was learned from, table after table. For one thread at a time. */
public final class DriftCount {

    private final Card card;
    private final TrainingStatistics training;
    private final List<String> columns;
    private final List<Distribution> places;
    private final List<long[]> counts;
    private long rows;

    private DriftCount(Card card, List<String> columns) {
        this.card = card;
        this.columns = columns;
        this.training = card.training().orElseThrow(() -> without(card));
        this.places = compared(training);
        this.counts = places.stream().map(each -> new long[each.size()]).toList();
    }

    private static SmewException without(Card card) {
        return new SmewException(
                Fault.NOT_FOUND,
                "Comparing rows of model " + card.name() + " with those it was learned from: its card says nothing of"
                        + " them, because an older Smew made it. Run the project again.");
    }

    /** Rows as the SELECT of the model has them. */
    public static DriftCount ofRows(Card card) {
        return new DriftCount(card, card.inputs().stream().map(Card.Input::name).toList());
    }

    /** Rows of the log of predictions. */
    public static DriftCount ofLog(Card card) {
        return new DriftCount(card, LogNames.of(card).inputs());
    }

    /** The distributions of a card that rows are compared with: its inputs', then that of the score. */
    static List<Distribution> compared(TrainingStatistics training) {
        List<Distribution> all = new ArrayList<>(training.inputs());
        training.score().ifPresent(all::add);
        return all;
    }

    /**
     * What the model said of the rows of a log, as the card keeps it.
     *
     * @return empty where there are more than two classes
     */
    static Optional<Column> score(Card card, Table logged) {
        return card.task() == Relation.Task.REGRESSION
                ? logged.column(LogNames.PREDICTION)
                : card.positiveIndex() < 0 ? Optional.empty() : logged.column(LogNames.PROBABILITY);
    }

    /** Adds rows of a log. */
    public void add(Table logged) {
        add(logged, score(card, logged));
    }

    /**
     * Adds rows. An input that the table does not have is not counted: an older release read others.
     *
     * @param score what the model says of them
     */
    public void add(Table table, Optional<Column> score) {
        rows += table.rows();
        for (int input = 0; input < columns.size(); input++) {
            int place = input;
            table.column(columns.get(input)).ifPresent(column -> count(place, column));
        }
        score.filter(_ -> training.score().isPresent()).ifPresent(column -> count(columns.size(), column));
    }

    private void count(int of, Column column) {
        Distribution distribution = places.get(of);
        if (!fits(distribution, column)) {
            return;
        }
        Distribution.Places at = distribution.places(column, column.rows());
        for (int row = 0; row < column.rows(); row++) {
            counts.get(of)[at.at(row)]++;
        }
    }

    /** Whether a column holds what a distribution is of: another release may have read something else of the same name. */
    static boolean fits(Distribution distribution, Column column) {
        return switch (column) {
            case Column.Integers _, Column.Doubles _ -> distribution.type() == Card.Type.NUMBER;
            case Column.Booleans _ -> distribution.type() == Card.Type.BOOLEAN;
            case Column.Texts _ -> distribution.type() == Card.Type.CATEGORY;
            case Column.Dates _, Column.Timestamps _ -> false;
        };
    }

    /**
     * Compares what was counted.
     *
     * @param release whose card this is
     * @param of what was counted
     */
    public Drift drift(String release, String of) {
        List<FeatureDrift> features = new ArrayList<>();
        for (int each = 0; each < places.size(); each++) {
            long[] counted = counts.get(each);
            if (Arrays.stream(counted).sum() > 0) {
                FeatureDrift drift = FeatureDrift.of(places.get(each), counted);
                features.add(each < columns.size() ? drift : drift.named(FeatureDrift.SCORE));
            }
        }
        features.sort(Comparator.comparingDouble(FeatureDrift::psi).reversed());
        return new Drift(card.name(), release, of, rows, training.rows(), features);
    }
}
