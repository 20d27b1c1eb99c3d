package smew.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Comparison;
import smew.model.Encoding;
import smew.model.Interval;
import smew.model.Metrics;
import smew.model.Predictor;
import smew.model.Uncertainty;
import smew.project.Basis;

/**
 * The model of the same name in the release that a training would replace.
 *
 * @param release its id
 */
public record Previous(String release, Predictor predictor) {

    /** Why its figures mean something else; empty where they do not. */
    Optional<String> unlike(Target target) {
        Card card = predictor.card();
        if (card.task() != target.task() || !card.classes().equals(target.classes())) {
            return Optional.of("it predicts something else");
        }
        if (!card.positive().equals(target.positive())) {
            return Optional.of("its positive class is another one");
        }
        return Optional.empty();
    }

    /** Inputs of it that a table does not have, or not of their type. */
    List<String> missing(Table table) {
        return predictor.card().inputs().stream()
                .filter(input -> table.column(input.name())
                        .flatMap(Previous::type)
                        .filter(input.type()::equals)
                        .isEmpty())
                .map(Card.Input::name)
                .toList();
    }

    /**
     * Compares with what its card says, which it got on held-out rows of its own. The interval of a difference is made of both
     * intervals as if the rows were independent (Zou and Donner 2008, MOVER): wider than the same rows would make it.
     */
    Comparison apart(Map<String, Double> figures, Map<String, Interval> intervals) {
        Metrics metrics = predictor.card().metrics();
        Map<String, Interval> older =
                metrics.uncertainty().map(Uncertainty::intervals).orElse(Map.of());
        Map<String, Interval> differences = new LinkedHashMap<>();
        intervals.forEach((name, now) -> {
            Interval before = older.get(name);
            Double figure = figures.get(name);
            Double old = metrics.figures().get(name);
            if (before != null && figure != null && old != null) {
                double low = Math.hypot(figure - now.low(), before.high() - old);
                double high = Math.hypot(now.high() - figure, old - before.low());
                differences.put(name, new Interval(figure - old - low, figure - old + high));
            }
        });
        return new Comparison(release, Basis.OWN_ROWS, metrics.figures(), differences);
    }

    private static Optional<Card.Type> type(Column column) {
        return Encoding.type(column);
    }

    /** Whether the same entities were held out from it. */
    boolean heldOutAlike(Card.Split split, long seed) {
        return predictor.card().seed() == seed && predictor.card().split().equals(split);
    }
}
