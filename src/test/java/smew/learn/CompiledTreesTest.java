package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Progress;
import smew.columns.Table;
import smew.model.Learned;
import smew.model.Predictor;
import smew.project.Relation;
import smile.classification.DecisionTree;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.regression.RegressionTree;

/** Models of every algorithm with trees, on every row of their tables, those held out among them, against Smile's predict. */
class CompiledTreesTest {

    @ParameterizedTest
    @CsvSource({
        "random-forest, churn",
        "gradient-boosting, churn",
        "adaboost, churn",
        "decision-tree, churn",
        "random-forest, contract",
        "gradient-boosting, contract",
        "adaboost, contract",
        "decision-tree, contract",
        "random-forest, value",
        "gradient-boosting, value",
        "decision-tree, value"
    })
    void sayWhatSmileSaysBitForBit(String algorithm, String label) {
        boolean housing = label.equals("value");
        Table table = housing ? Tables.housing(1500, 4) : Tables.churn(1500, 4);
        String entity = housing ? "id" : "customer_id";
        Relation.Model model = algorithm.equals("decision-tree")
                ? Tables.model(entity, label, algorithm)
                : Tables.model(entity, label, algorithm, "trees", "15");
        Target target = Target.of(model, table.column(label).orElseThrow(), Order.of(table, List.of(entity)));
        Fitting fitting = new Fitting(model, table, target, model.seed());
        Holdout holdout = Holdout.of(model, table, target, model.seed());
        Fitting.Fitted fitted = fitting.fit(Chosen.of(model), holdout.training(), Progress.NONE.start("it"));
        Predictor predictor = CardDraft.passing(fitting, holdout).predictor(fitted);
        int[] all = IntStream.range(0, target.rows().length).toArray();
        DataFrame frame =
                Trees.of(TrainingRows.of(fitted.inputs(), table, target, all)).frame();
        double[][] said = new double[all.length][];
        predictor.score(table, fitting.rows(all), (row, scores) -> said[row] = scores.clone());
        for (int row : all) {
            double[] expected = bySmile(fitted.learned(), frame.get(row), target.classCount());
            for (int outcome = 0; outcome < expected.length; outcome++) {
                assertEquals(
                        Double.doubleToLongBits(expected[outcome]),
                        Double.doubleToLongBits(said[row][outcome]),
                        "row " + row + ", outcome " + outcome);
            }
        }
    }

    private static double[] bySmile(Learned learned, Tuple row, int classes) {
        return switch (learned) {
            case Learned.Forest forest -> {
                double[] means = means(forest.groups(), row);
                yield classes == 2 ? new double[] {1 - means[0], means[0]} : classes == 0 ? means : shares(means);
            }
            case Learned.Boosted boosted -> {
                double[] sums = boosted.base().clone();
                for (int group = 0; group < sums.length; group++) {
                    for (RegressionTree tree : boosted.groups()[group]) {
                        sums[group] += boosted.rate() * tree.predict(row);
                    }
                }
                yield classes == 2
                        ? new double[] {1 / (1 + Math.exp(2 * sums[0])), 1 / (1 + Math.exp(-2 * sums[0]))}
                        : classes == 0 ? sums : softmax(sums);
            }
            case Learned.Votes votes -> {
                double[] weights = new double[classes];
                for (int t = 0; t < votes.trees().length; t++) {
                    DecisionTree tree = votes.trees()[t];
                    weights[tree.predict(row)] += votes.weights()[t];
                }
                yield shares(weights);
            }
            case Learned.Linear linear -> throw new AssertionError(linear);
        };
    }

    private static double[] means(RegressionTree[][] groups, Tuple row) {
        double[] means = new double[groups.length];
        for (int group = 0; group < groups.length; group++) {
            for (RegressionTree tree : groups[group]) {
                means[group] += tree.predict(row);
            }
            means[group] /= groups[group].length;
        }
        return means;
    }

    private static double[] softmax(double[] sums) {
        double most = DoubleStream.of(sums).max().orElseThrow();
        return shares(DoubleStream.of(sums).map(sum -> Math.exp(sum - most)).toArray());
    }

    /** Added up from the first to the last, as DoubleStream does not. */
    private static double[] shares(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double all = sum;
        return DoubleStream.of(weights)
                .map(weight -> all > 0 ? weight / all : 1.0 / weights.length)
                .toArray();
    }
}
