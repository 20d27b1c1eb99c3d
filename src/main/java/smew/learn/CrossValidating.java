package smew.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Predictor;
import smew.model.Uncertainty;
import smew.project.Directive;

/**
 * Fits a model anew for each fold of all labelled rows, on the rows of the other folds, and evaluates it on that one, with a
 * calibration and threshold of its own. The algorithm is what was asked for, or what a search found on training rows.
 */
record CrossValidating(Fitting fitting, Holdout holdout, Chosen chosen, Deciding deciding) {

    /**
     * Evaluates.
     *
     * @param count how many folds at most
     * @return figures that at least two folds define
     * @throws smew.base.SmewException DATA where the rows make no two folds
     */
    Uncertainty.CrossValidation of(int count, Progress progress) {
        int[] all = IntStream.range(0, fitting.target().rows().length).toArray();
        List<Folds.Fold> folds =
                Folds.of(fitting, holdout, all, count, Directive.FOLDS).all();
        Map<String, List<Double>> figures = new LinkedHashMap<>();
        String name = "cross-validation of " + fitting.definition().name();
        try (Progress.Step step = progress.start(name)) {
            for (int turn = 0; turn < folds.size(); turn++) {
                evaluated(folds.get(turn))
                        .forEach((figure, value) -> figures.computeIfAbsent(figure, _ -> new ArrayList<>())
                                .add(value));
                step.done((turn + 1.0) / folds.size());
            }
            step.result(String.format(Locale.ROOT, "%d folds of %,d rows", folds.size(), all.length));
        }
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Double> errors = new LinkedHashMap<>();
        figures.forEach((figure, values) -> {
            if (values.size() > 1) {
                double[] plain =
                        values.stream().mapToDouble(Double::doubleValue).toArray();
                means.put(figure, Entrant.mean(plain));
                errors.put(figure, Entrant.standardError(plain));
            }
        });
        return new Uncertainty.CrossValidation(folds.size(), means, errors);
    }

    private Map<String, Double> evaluated(Folds.Fold fold) {
        Holdout parted = deciding.aside(new Holdout(holdout.split(), fold.training(), new int[0], fold.heldOut()));
        Predictor own = CardDraft.passing(fitting, parted)
                .predictor(fitting.fit(chosen, parted.training(), Progress.NONE.start("fold")));
        return new Evaluation(fitting, parted).figures(deciding.decide(parted, own));
    }
}
