package smew.learn;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Card;
import smew.model.Metrics;
import smew.model.Predictor;

/** The card of a fitted model before it was evaluated. */
record CardDraft(Fitting fitting, Holdout holdout, Card.Provenance provenance) {

    /** For models that only live as long as they are compared. */
    static CardDraft passing(Fitting fitting, Holdout holdout) {
        return new CardDraft(fitting, holdout, new Card.Provenance("", "", LocalDate.EPOCH, "", ""));
    }

    Card of(Fitting.Fitted fitted, Card.ArtefactFile artefact) {
        Target target = fitting.target();
        int total = fitting.table().rows();
        Card.Rows counts = new Card.Rows(
                total,
                target.rows().length,
                total - target.rows().length,
                holdout.training().length,
                holdout.heldOut().length,
                fitted.rows(),
                perClass(target),
                holdout.calibration().length);
        return new Card(
                Card.FORMAT_VERSION,
                fitting.definition().name(),
                target.task(),
                target.type(),
                target.classes(),
                target.positive(),
                fitting.definition().entity(),
                fitting.definition().time(),
                fitting.definition().label(),
                fitted.inputs(),
                new Card.Algorithm(
                        fitted.chosen().algorithm().name(), fitted.chosen().shown()),
                holdout.split(),
                Chosen.word(fitting.definition().resample()),
                fitting.definition().missing(),
                fitting.seed(),
                counts,
                Metrics.of(Map.of(), Map.of(), List.of()),
                importance(fitted),
                provenance,
                artefact,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A model without a file. */
    Predictor predictor(Fitting.Fitted fitted) {
        return Predictor.of(of(fitted, new Card.ArtefactFile("", "", 0, "")), fitted.learned());
    }

    private static Map<String, Long> perClass(Target target) {
        Map<String, Long> counts = new LinkedHashMap<>();
        target.classes().forEach(name -> counts.put(name, 0L));
        for (int code : target.codes()) {
            counts.merge(target.classes().get(code), 1L, Long::sum);
        }
        return counts;
    }

    private static List<Card.Importance> importance(Fitting.Fitted fitted) {
        double[] amounts = fitted.importance();
        double sum = Arrays.stream(amounts).sum();
        return !(sum > 0)
                ? List.of()
                : IntStream.range(0, amounts.length)
                        .mapToObj(
                                i -> new Card.Importance(fitted.inputs().get(i).name(), amounts[i] / sum))
                        .sorted(Comparator.comparingDouble(Card.Importance::share)
                                .reversed())
                        .toList();
    }
}
