package smew.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.project.Relation;

/** Cards of models that tests write by hand. */
final class Cards {

    private Cards() {}

    /** A linear model of one input, {@code age}, that refuses rows without it; of a number where it has no classes. */
    static Card linear(String... classes) {
        return new Card(
                Card.FORMAT_VERSION,
                "it",
                classes.length == 0 ? Relation.Task.REGRESSION : Relation.Task.CLASSIFICATION,
                classes.length == 0 ? Card.LabelType.NUMBER : Card.LabelType.INTEGER,
                List.of(classes),
                classes.length == 0 ? Optional.empty() : Optional.of(classes[1]),
                List.of("id"),
                List.of(),
                "y",
                List.of(new Card.Input("age", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty())),
                new Card.Algorithm("linear", Map.of()),
                new Card.Split(Card.SplitBy.RANDOM, 0.3),
                "none",
                Relation.Missing.ERROR,
                1,
                new Card.Rows(0, 0, 0, 0, 0, 0, Map.of(), 0),
                Metrics.of(Map.of(), Map.of(), List.of()),
                List.of(),
                new Card.Provenance("", "", LocalDate.EPOCH, "", ""),
                new Card.ArtefactFile("model.json", "linear", 0, ""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
