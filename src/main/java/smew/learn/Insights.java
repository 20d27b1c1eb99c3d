package smew.learn;

import java.util.List;
import smew.base.Progress;
import smew.model.Insight;
import smew.model.Predictor;

/** Finds out on held-out rows what a model does with its inputs. */
final class Insights {

    private Insights() {}

    /** Shuffles inputs, and moves the most important ones over their values. */
    static Insight of(Fitting fitting, Holdout holdout, Predictor predictor, Progress progress) {
        try (Progress.Step step =
                progress.start("inputs of " + fitting.definition().name())) {
            List<Insight.Permutation> permutation = PermutationImportance.of(fitting, holdout, predictor, step);
            Insight insight = new Insight(
                    permutation,
                    PartialDependence.of(
                            fitting,
                            holdout,
                            predictor,
                            permutation.stream().map(Insight.Permutation::input).toList()),
                    Inputs.dropped(fitting.definition(), fitting.table()));
            List<String> needless = insight.needless();
            int inputs = predictor.card().inputs().size();
            step.result(inputs
                    + (inputs == 1 ? " input" : " inputs")
                    + (needless.isEmpty() ? "" : ", no use seen of " + named(needless)));
            return insight;
        }
    }

    private static String named(List<String> needless) {
        int shown = 5;
        return needless.size() <= shown
                ? String.join(", ", needless)
                : String.join(", ", needless.subList(0, shown)) + " and " + (needless.size() - shown) + " more";
    }
}
