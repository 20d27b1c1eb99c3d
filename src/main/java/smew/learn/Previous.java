package smew.learn;

import java.util.List;
import java.util.Optional;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Encoding;
import smew.model.Predictor;

/**
 * The model of the same name in the release that a training would replace.
 *
 * @param release its id
 */
public record Previous(String release, Predictor predictor) {

    /** Why it cannot be compared on these rows; empty where it can. */
    Optional<String> unfit(Table table, Target target) {
        Card card = predictor.card();
        if (card.task() != target.task() || !card.classes().equals(target.classes())) {
            return Optional.of("it predicts something else");
        }
        if (!card.positive().equals(target.positive())) {
            return Optional.of("its positive class is another one");
        }
        List<String> missing = card.inputs().stream()
                .filter(input -> table.column(input.name())
                        .flatMap(Previous::type)
                        .filter(input.type()::equals)
                        .isEmpty())
                .map(Card.Input::name)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it reads " + String.join(", ", missing) + ", which the SELECT no longer has as it was");
    }

    private static Optional<Card.Type> type(Column column) {
        return Encoding.type(column);
    }

    /** Whether the same entities were held out from it. */
    boolean heldOutAlike(Card.Split split, long seed) {
        return predictor.card().seed() == seed && predictor.card().split().equals(split);
    }
}
