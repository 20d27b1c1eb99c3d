package smew.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on rows it never saw.
 *
 * @param figures by name, such as {@code auc}, {@code log_loss}, {@code rmse}; one that is undefined is left out
 * @param baseline the same figures for the trivial model, which knows the training labels but no input
 * @param confusion rows: true class, columns: predicted class, both in the order of the classes; empty for regression
 * @param uncertainty how far the figures can be trusted; empty in cards of format 1
 * @param previous the model of the current release on the same rows; empty where there was none that fits, and in {@code
 *     card.json}, which does not depend on what was there before
 * @param curves what the report draws; empty in cards of format 1
 */
public record Metrics(
        Map<String, Double> figures,
        Map<String, Double> baseline,
        List<List<Long>> confusion,
        Optional<Uncertainty> uncertainty,
        Optional<Comparison> previous,
        Optional<Curves> curves) {
    public Metrics {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        baseline = Collections.unmodifiableMap(new LinkedHashMap<>(baseline));
        confusion = List.copyOf(confusion);
    }

    /** The same without what depends on the current release. */
    Metrics alone() {
        return new Metrics(figures, baseline, confusion, uncertainty, Optional.empty(), curves);
    }

    /** The same with what models of folds say. */
    public Metrics with(Uncertainty.CrossValidation folds) {
        return new Metrics(
                figures,
                baseline,
                confusion,
                uncertainty.map(known ->
                        new Uncertainty(known.resamples(), known.entities(), known.intervals(), Optional.of(folds))),
                previous,
                curves);
    }

    /** Figures alone. */
    public static Metrics of(Map<String, Double> figures, Map<String, Double> baseline, List<List<Long>> confusion) {
        return new Metrics(figures, baseline, confusion, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
