package smew.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import smew.model.Card;
import smew.model.Interval;
import smew.model.Uncertainty;
import smew.release.Manifest;

/** What {@code release.json} says of a model, taken from its card. */
final class ModelEntry {

    private ModelEntry() {}

    static Manifest.Model of(Card card) {
        Optional<Manifest.Replaced> previous = card.metrics()
                .previous()
                .map(old ->
                        new Manifest.Replaced(old.release(), old.basis(), old.figures(), ranges(old.differences())));
        return new Manifest.Model(
                card.name(),
                card.rows().total(),
                card.metrics().figures(),
                card.metrics().uncertainty().map(uncertainty -> ranges(uncertainty.intervals())),
                previous,
                card.metrics()
                        .uncertainty()
                        .flatMap(Uncertainty::crossValidation)
                        .map(folds -> new Manifest.CrossValidated(folds.folds(), folds.mean(), folds.standardError())));
    }

    private static Map<String, Manifest.Range> ranges(Map<String, Interval> intervals) {
        Map<String, Manifest.Range> ranges = new LinkedHashMap<>();
        intervals.forEach((name, interval) -> ranges.put(name, new Manifest.Range(interval.low(), interval.high())));
        return ranges;
    }
}
