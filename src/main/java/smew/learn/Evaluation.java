package smew.learn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Comparison;
import smew.model.Curves;
import smew.model.Metrics;
import smew.model.Outcomes;
import smew.model.Predictor;
import smew.model.Uncertainty;
import smew.project.Basis;
import smew.project.ThresholdRule;

/** Scores held-out rows, as they are, and computes the metrics of a card. */
final class Evaluation {

    private static final Logger LOG = System.getLogger("smew.learn");

    private final Fitting fitting;
    private final Holdout holdout;
    private final int[] rows;
    private final Bootstrap bootstrap;

    Evaluation(Fitting fitting, Holdout holdout) {
        this.fitting = fitting;
        this.holdout = holdout;
        this.rows = fitting.rows(holdout.heldOut());
        long[] entities = fitting.definition().entity().isEmpty()
                ? Arrays.stream(rows).asLongStream().toArray()
                : entities();
        this.bootstrap = Bootstrap.of(entities, fitting.seed());
    }

    private long[] entities() {
        long[] all = Holdout.entityKeys(fitting.definition(), fitting.table(), fitting.target(), fitting.seed());
        return Arrays.stream(holdout.heldOut()).mapToLong(r -> all[r]).toArray();
    }

    /** What was said of held-out rows, ready for figures; a column of numbers for regression, else one per class. */
    private record Scored(double[][] scores, int[] predicted, Figures figures) {}

    /**
     * Evaluates a model, beside the trivial one and the one it would replace.
     *
     * @param previous on the same rows, where it fits them
     */
    Metrics of(Predictor predictor, Optional<Previous> previous) {
        Scored scored = score(predictor);
        Uncertainty uncertainty = bootstrap.of(scored.figures());
        Optional<Comparison> comparison = previous.flatMap(old -> compare(scored, uncertainty, old));
        return new Metrics(
                scored.figures().once(),
                baseline(),
                classes() == 0 ? List.of() : confusion(scored.predicted()),
                Optional.of(uncertainty),
                comparison,
                Optional.of(curves(scored)));
    }

    /** The figures of a model alone. */
    Map<String, Double> figures(Predictor predictor) {
        return score(predictor).figures().once();
    }

    private Curves curves(Scored scored) {
        return switch (scored.figures()) {
            case TwoClassFigures two -> CurvePoints.of(two, fitting.target().classes(), positive());
            case ManyClassFigures many -> CurvePoints.of(many);
            case NumberFigures numbers -> CurvePoints.of(numbers);
        };
    }

    private Optional<Comparison> compare(Scored scored, Uncertainty uncertainty, Previous old) {
        boolean alike = old.heldOutAlike(holdout.split(), fitting.seed());
        Optional<String> other = old.unlike(fitting.target());
        List<String> missing = old.missing(fitting.table());
        if (other.isPresent() || (!missing.isEmpty() && !alike)) {
            LOG.log(
                    Level.INFO,
                    "Model " + fitting.definition().name() + " is not compared with that of release " + old.release()
                            + ": "
                            + other.orElseGet(
                                    () -> "it reads " + String.join(", ", missing)
                                            + ", which the SELECT does not have as it was, and other rows were held out from it")
                            + ".");
            return Optional.empty();
        }
        if (!missing.isEmpty()) {
            return Optional.of(old.apart(scored.figures().once(), uncertainty.intervals()));
        }
        Figures before = score(old.predictor()).figures();
        return Optional.of(new Comparison(
                old.release(),
                alike ? Basis.SAME_ROWS : Basis.SEEN_ROWS,
                before.once(),
                bootstrap.differences(scored.figures(), before)));
    }

    private int classes() {
        return fitting.target().classCount();
    }

    private Optional<ThresholdRule.Cost> prices() {
        return fitting.definition()
                .threshold()
                .filter(ThresholdRule.Cost.class::isInstance)
                .map(ThresholdRule.Cost.class::cast);
    }

    private int positive() {
        return fitting.target()
                .positive()
                .map(fitting.target().classes()::indexOf)
                .orElse(-1);
    }

    private Scored score(Predictor predictor) {
        double[][] scores = new double[Math.max(1, classes())][rows.length];
        int[] predicted = new int[rows.length];
        Outcomes outcomes = new Outcomes(predictor.card());
        predictor.score(fitting.table(), rows, (index, row) -> {
            for (int s = 0; s < scores.length; s++) {
                scores[s][index] = row[s];
            }
            predicted[index] = classes() == 0 ? 0 : outcomes.predicted(row);
        });
        return new Scored(scores, predicted, figures(scores, predicted));
    }

    private Figures figures(double[][] scores, int[] predicted) {
        return classes() == 0
                ? new NumberFigures(numbers(holdout.heldOut()), scores[0])
                : ClassificationMetrics.figures(truth(), scores, positive(), predicted, prices());
    }

    private int[] truth() {
        return Arrays.stream(holdout.heldOut())
                .map(r -> fitting.target().codes()[r])
                .toArray();
    }

    private double[] numbers(int[] labelled) {
        return Arrays.stream(labelled)
                .mapToDouble(r -> fitting.target().numbers()[r])
                .toArray();
    }

    /** The figures of whoever knows the training labels, but no input. What depends on an order alone is left out. */
    private Map<String, Double> baseline() {
        if (classes() == 0) {
            double[] mean = new double[rows.length];
            Arrays.fill(
                    mean, Arrays.stream(numbers(holdout.training())).average().orElseThrow());
            return figures(new double[][] {mean}, new int[0]).once();
        }
        double[] shares = new double[classes()];
        for (int r : holdout.training()) {
            shares[fitting.target().codes()[r]] += 1.0 / holdout.training().length;
        }
        double[][] prior = new double[classes()][rows.length];
        IntStream.range(0, classes()).forEach(code -> Arrays.fill(prior[code], shares[code]));
        Map<String, Double> all =
                figures(prior, ClassificationMetrics.predicted(prior)).once();
        Map<String, Double> baseline = new LinkedHashMap<>();
        for (String name :
                List.of("accuracy", "pr_auc", "log_loss", "brier", "calibration_error", "balanced_accuracy")) {
            if (all.containsKey(name)) {
                baseline.put(name, all.get(name));
            }
        }
        prices().ifPresent(prices -> baseline.put("cost", trivialCost(prices, shares[positive()])));
        return baseline;
    }

    /** Of a row, where all are called positive or none, whichever is cheaper by the share of positive training rows. */
    private double trivialCost(ThresholdRule.Cost prices, double share) {
        double positive =
                Arrays.stream(truth()).filter(code -> code == positive()).count() / (double) rows.length;
        return share * prices.falseNegative() > (1 - share) * prices.falsePositive()
                ? (1 - positive) * prices.falsePositive()
                : positive * prices.falseNegative();
    }

    private List<List<Long>> confusion(int[] predicted) {
        int[] truth = truth();
        long[][] counts = new long[classes()][classes()];
        for (int r = 0; r < truth.length; r++) {
            counts[truth[r]][predicted[r]]++;
        }
        List<List<Long>> confusion = new ArrayList<>();
        for (long[] row : counts) {
            confusion.add(Arrays.stream(row).boxed().toList());
        }
        return confusion;
    }
}
