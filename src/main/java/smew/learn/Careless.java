package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Audit;
import smew.model.Card;
import smew.model.Encoding;
import smew.model.Predictor;
import smew.project.Relation;

/**
 * Measures what the usual mistakes would make of a model's score: rows are held out one by one though an entity has several, the
 * id is an input, and rare classes are filled up before the split. The algorithm and its parameters are those of the model, but
 * for a forest's number of trees.
 */
final class Careless {

    /** Labelled rows at most. The mistakes show on far fewer; more would make every run longer than its training. */
    static final int ROWS = 100_000;

    /** Trees of a forest at most: more of them make a forest steadier, and hardly better. */
    private static final int TREES = 20;

    private static final double HELD_OUT = 0.3;

    private final Fitting fitting;
    private final Chosen chosen;
    private final Holdout holdout;
    private final Progress.Step step;

    private Careless(Fitting fitting, Chosen chosen, Holdout holdout, Progress.Step step) {
        this.fitting = fitting;
        this.chosen = chosen;
        this.holdout = holdout;
        this.step = step;
    }

    /**
     * Makes one mistake after the other.
     *
     * @param chosen what the model was asked for, before the data resolved it
     * @param holdout the honest one
     * @return empty where no mistake can be made: nothing names an entity, and there are no classes to fill up
     */
    static Optional<Audit.Careless> of(Fitting fitting, Chosen chosen, Holdout holdout, Progress.Step step) {
        Chosen small = chosen.algorithm().name().equals(Algorithms.FOREST) ? chosen.atMost("trees", TREES) : chosen;
        return new Careless(fitting, small, holdout, step).run();
    }

    private Optional<Audit.Careless> run() {
        Relation.Model definition = fitting.definition();
        int[] some = Holdout.someEntities(definition, fitting.table(), fitting.target(), fitting.seed(), ROWS);
        if (!learnable(some)) {
            return Optional.empty();
        }
        List<Audit.Step> steps = new ArrayList<>();
        String entity = String.join(", ", definition.entity());
        boolean together = Holdout.repeats(definition, fitting.table(), fitting.target(), fitting.seed());
        boolean latest = holdout.split().by() == Card.SplitBy.TIME;
        if (together || latest) {
            String mistake = together
                    ? "rows were held out one by one, so that rows of the same " + entity + " were learned from"
                    : "rows were held out at random, so that later rows than those were learned from";
            steps.add(new Audit.Step(mistake, figures(fitting, rows(fitting, some), definition.resample())));
        }
        Fitting keyless = new Fitting(definition.keyless(), fitting.table(), fitting.target(), fitting.seed());
        boolean keyIsInput = !definition.entity().isEmpty()
                && definition.entity().stream()
                        .map(name -> fitting.table().column(name).orElseThrow())
                        .allMatch(column -> Encoding.type(column).isPresent());
        if (keyIsInput) {
            steps.add(new Audit.Step(
                    entity + " was an input, which a model can learn by heart",
                    figures(keyless, rows(keyless, some), definition.resample())));
        }
        if (fitting.target().classCount() > 0) {
            Fitting last = keyIsInput ? keyless : fitting;
            TrainingRows filled = rows(last, some).resampled(Relation.Resample.SMOTE, fitting.seed());
            steps.add(new Audit.Step(
                    "rare classes were filled up (SMOTE) before the split, so that held-out rows were invented from those"
                            + " learned from",
                    figures(last, filled, Relation.Resample.NONE)));
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Audit.Careless(some.length, steps));
    }

    /** Whether every class has rows enough to be on both sides. */
    private boolean learnable(int[] labelled) {
        Target target = fitting.target();
        int[] counts = new int[Math.max(1, target.classCount())];
        for (int r : labelled) {
            counts[target.classCount() == 0 ? 0 : target.codes()[r]]++;
        }
        return Arrays.stream(counts).allMatch(count -> count >= 10);
    }

    /** Medians and levels of all rows, held out or not: one more mistake, of little weight. */
    private static TrainingRows rows(Fitting fitting, int[] labelled) {
        int[] rows = fitting.rows(labelled);
        List<Card.Input> inputs = Inputs.learn(fitting.definition(), fitting.table(), rows, rows);
        return TrainingRows.of(inputs, fitting.table(), fitting.target(), labelled);
    }

    private Map<String, Double> figures(Fitting used, TrainingRows all, Relation.Resample resample) {
        double[] draws = IntStream.range(0, all.size())
                .mapToDouble(row -> Draws.of(fitting.seed(), row).unit())
                .toArray();
        int[] learned = rows(draws, false);
        int[] heldOut = rows(draws, true);
        TrainingRows training = all.pick(learned).resampled(resample, fitting.seed());
        Learner learner = Learner.of(chosen);
        Chosen resolved = learner.resolved(chosen, training.extent());
        Learner.Fit fit = learner.fit(training, resolved, fitting.seed(), step);
        Predictor predictor = CardDraft.passing(used, holdout)
                .predictor(
                        new Fitting.Fitted(resolved, all.inputs(), fit.learned(), fit.importance(), training.size()));
        int scores = Math.max(1, all.classes());
        double[][] predicted = new double[scores][heldOut.length];
        predictor.score(all.columns(), heldOut, (index, row) -> {
            for (int s = 0; s < scores; s++) {
                predicted[s][index] = row[s];
            }
        });
        if (all.classes() == 0) {
            return new NumberFigures(
                            Arrays.stream(heldOut)
                                    .mapToDouble(r -> all.numbers()[r])
                                    .toArray(),
                            predicted[0])
                    .once();
        }
        int positive =
                used.target().positive().map(used.target().classes()::indexOf).orElse(-1);
        return ClassificationMetrics.of(
                Arrays.stream(heldOut).map(r -> all.codes()[r]).toArray(), predicted, positive);
    }

    private static int[] rows(double[] draws, boolean heldOut) {
        return IntStream.range(0, draws.length)
                .filter(row -> draws[row] < HELD_OUT == heldOut)
                .toArray();
    }
}
