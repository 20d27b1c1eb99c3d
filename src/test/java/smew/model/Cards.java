package smew.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.project.Relation;

/** Cards of models that tests write by hand. */
public final class Cards {

    private Cards() {}

    /** A linear model of one input, {@code age}, that refuses rows without it; of a number where it has no classes. */
    static Card linear(String... classes) {
        return of(
                classes.length == 0 ? Card.LabelType.NUMBER : Card.LabelType.INTEGER,
                List.of(classes),
                classes.length == 0 ? Optional.empty() : Optional.of(classes[1]),
                List.of("id"),
                List.of(),
                List.of(new Card.Input("age", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty())),
                Relation.Missing.ERROR);
    }

    /** A card of label {@code y}; of a number where it has no classes. */
    public static Card of(
            Card.LabelType type,
            List<String> classes,
            Optional<String> positive,
            List<String> entity,
            List<String> time,
            List<Card.Input> inputs,
            Relation.Missing missing) {
        return new Card(
                Card.FORMAT_VERSION,
                "it",
                classes.isEmpty() ? Relation.Task.REGRESSION : Relation.Task.CLASSIFICATION,
                type,
                classes,
                positive,
                entity,
                time,
                "y",
                inputs,
                new Card.Algorithm("any", Map.of()),
                new Card.Split(Card.SplitBy.RANDOM, 0.3),
                "none",
                missing,
                1,
                new Card.Rows(0, 0, 0, 0, 0, 0, Map.of(), 0),
                Metrics.of(Map.of(), Map.of(), List.of()),
                List.of(),
                new Card.Provenance("", "", LocalDate.EPOCH, "", ""),
                new Card.ArtefactFile("", "", 0, ""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
