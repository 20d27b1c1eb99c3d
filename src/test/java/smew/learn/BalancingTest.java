package smew.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Progress;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Learned;
import smew.model.Predictor;
import smew.project.Relation;
import smile.model.cart.Node;
import smile.regression.RegressionTree;

/** What {@code @resample} changes, and what it leaves alone. */
class BalancingTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "random-forest, SMOTE, 90, 810",
        "random-forest, CLASS_WEIGHT, 90, 810",
        "random-forest, CLASS_WEIGHT, 430, 570",
        "decision-tree, SMOTE, 90, 810",
        "decision-tree, CLASS_WEIGHT, 90, 810",
        "decision-tree, CLASS_WEIGHT, 430, 570",
        "gradient-boosting, SMOTE, 90, 810",
        "gradient-boosting, CLASS_WEIGHT, 90, 810",
        "gradient-boosting, CLASS_WEIGHT, 430, 570",
        "logistic-regression, SMOTE, 90, 810",
        "logistic-regression, CLASS_WEIGHT, 90, 810",
        "logistic-regression, CLASS_WEIGHT, 430, 570",
        "adaboost, SMOTE, 90, 810"
    })
    void balancingFindsMoreOfTheRareClassAndLeavesHeldOutRowsAlone(
            String algorithm, Relation.Resample resample, int yes, int no) {
        Table table = Tables.churn(yes, no, 5);
        Relation.Model plain = Tables.model("customer_id", "churn", algorithm);
        Card before = TrainingTest.fit(plain, table, directory.resolve("before"));
        Card after = TrainingTest.fit(Tables.with(plain, resample), table, directory.resolve("after"));
        assertEquals(before.rows().heldOut(), after.rows().heldOut());
        assertEquals(
                before.metrics().figures().get("positive_rate"),
                after.metrics().figures().get("positive_rate"));
        assertNotEquals(before.artefact().sha256(), after.artefact().sha256());
        assertTrue(
                meanProbability("after", table) > meanProbability("before", table) + 0.005,
                () -> meanProbability("before", table) + " " + meanProbability("after", table));
        double recall = before.metrics().figures().get("recall");
        assertTrue(
                after.metrics().figures().get("recall") > (yes * 2 > no ? recall - 0.01 : recall),
                () -> before.metrics() + " " + after.metrics());
        assertTrue(
                after.metrics().figures().get("auc")
                        > before.metrics().figures().get("auc") - 0.03,
                () -> before.metrics() + " " + after.metrics());
        if (resample == Relation.Resample.SMOTE) {
            assertEquals(0, after.rows().fitted() % 2);
            assertTrue(after.rows().fitted() > after.rows().training());
        }
    }

    private double meanProbability(String model, Table table) {
        return Predictor.load(directory.resolve(model))
                .predict(table, IntStream.range(0, table.rows()).toArray())
                .stream()
                .mapToDouble(prediction -> prediction.probability() == null ? Double.NaN : prediction.probability())
                .average()
                .orElseThrow();
    }

    /** Labels that no input tells, so that a tree parts whatever it may. */
    private static TrainingRows noise(int... counts) {
        SplittableRandom random = new SplittableRandom(11);
        int[] codes = IntStream.range(0, counts.length)
                .flatMap(code -> IntStream.range(0, counts[code]).map(row -> code))
                .toArray();
        float[][] columns = new float[3][codes.length];
        for (float[] column : columns) {
            IntStream.range(0, column.length).forEach(row -> column[row] = (float) random.nextDouble());
        }
        List<Card.Input> inputs = IntStream.range(0, columns.length)
                .mapToObj(i -> new Card.Input("x" + i, Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()))
                .toList();
        return new TrainingRows(inputs, columns, codes, new double[0], counts.length, new double[0]);
    }

    @ParameterizedTest
    @CsvSource({"570, 430, 3, 4", "600, 400, 2, 3", "300, 300, 1, 1", "1000, 10, 1, 100"})
    void treesWeighClassesByWholeNumbersNearTheirRatio(int first, int second, int left, int right) {
        TrainingRows plain = noise(first, second);
        assertArrayEquals(new int[] {1, 1}, plain.wholeWeights());
        assertArrayEquals(new int[] {left, right}, weighted(plain).wholeWeights());
    }

    private static TrainingRows weighted(TrainingRows rows) {
        return rows.resampled(Relation.Resample.CLASS_WEIGHT, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "decision-tree, NONE, 5",
        "decision-tree, CLASS_WEIGHT, 5",
        "gradient-boosting, CLASS_WEIGHT, 5",
        "random-forest, CLASS_WEIGHT, 4"
    })
    void aLeafHoldsAsManyRowsAsAskedForHoweverMuchOneWeighs(String algorithm, Relation.Resample resample, int least) {
        TrainingRows rows = noise(1_900, 100).resampled(resample, 1);
        Chosen chosen = Chosen.of(
                Tables.model("id", "y", algorithm, "min-leaf-rows", "5", "max-leaves", "300", "max-depth", "16"));
        Learner learner = Learner.of(chosen);
        Learner.Fit fit = learner.fit(rows, learner.resolved(chosen, rows.extent()), 1, Progress.NONE.start("fit"));
        RegressionTree[][] groups = fit.learned() instanceof Learned.Boosted boosted
                ? boosted.groups()
                : ((Learned.Forest) fit.learned()).groups();
        Trees trees = Trees.of(rows);
        for (RegressionTree tree : groups[0]) {
            Map<Node, Integer> leaves = new IdentityHashMap<>();
            IntStream.range(0, rows.size())
                    .forEach(row -> leaves.merge(tree.root().predict(trees.row(row)), 1, Integer::sum));
            assertTrue(leaves.size() > 1, () -> "one leaf");
            assertTrue(leaves.values().stream().allMatch(count -> count >= least), () -> "" + leaves.values());
        }
    }

    @Test
    void aClassOfFewRowsIsStillPartedFromTheOthers() {
        TrainingRows plain = noise(990, 10);
        IntStream.range(990, 1_000).forEach(row -> plain.columns()[0][row] += 2);
        TrainingRows rows = weighted(plain);
        Learner.Fit fit = new TreeLearner()
                .fit(rows, Chosen.of(Tables.model("id", "y", "decision-tree")), 1, Progress.NONE.start("fit"));
        RegressionTree tree = ((Learned.Forest) fit.learned()).groups()[0][0];
        Trees trees = Trees.of(rows);
        assertEquals(1, tree.predict(trees.row(995)), 1e-9);
        assertEquals(0, tree.predict(trees.row(5)), 1e-9);
    }

    private static TrainingRows mixed() {
        TrainingRows noise = noise(60, 9, 25);
        float[][] columns = noise.columns();
        for (int row = 0; row < noise.size(); row++) {
            columns[1][row] = columns[1][row] < 0.4 ? 1 : 0;
            columns[2][row] = List.of(1, 4, 7).get((int) (columns[2][row] * 3));
        }
        List<Card.Input> inputs = List.of(
                noise.inputs().getFirst(),
                new Card.Input("flag", Card.Type.BOOLEAN, List.of(), 0, 0, 0, Optional.empty()),
                new Card.Input(
                        "word",
                        Card.Type.CATEGORY,
                        List.of("a", "b", "c", "d", "e", "f", "g", "h"),
                        0,
                        0,
                        0,
                        Optional.empty()),
                new Card.Input("double", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()));
        float[] twice = new float[noise.size()];
        IntStream.range(0, twice.length).forEach(row -> twice[row] = (row * 37) % 91);
        return new TrainingRows(
                inputs,
                new float[][] {columns[0], columns[1], columns[2], twice},
                noise.codes(),
                new double[0],
                3,
                new double[0]);
    }

    @Test
    void smoteMakesAllClassesEqualAndKeepsTheRowsThatThereAre() {
        TrainingRows plain = mixed();
        TrainingRows balanced = plain.resampled(Relation.Resample.SMOTE, 3);
        assertArrayEquals(new int[] {60, 60, 60}, balanced.counts());
        for (int i = 0; i < plain.columns().length; i++) {
            assertArrayEquals(plain.columns()[i], Arrays.copyOf(balanced.columns()[i], plain.size()));
        }
    }

    @Test
    void aSyntheticRowLiesOnALineBetweenTwoRowsOfItsClassAndMakesUpNoCategory() {
        TrainingRows plain = mixed();
        TrainingRows balanced = plain.resampled(Relation.Resample.SMOTE, 3);
        for (int made = plain.size(); made < balanced.size(); made++) {
            int row = made;
            int[] same = IntStream.range(0, plain.size())
                    .filter(other -> plain.codes()[other] == balanced.codes()[row])
                    .toArray();
            assertTrue(
                    Arrays.stream(same)
                            .anyMatch(one -> Arrays.stream(same)
                                    .anyMatch(other -> between(plain.columns(), one, other, balanced.columns(), row))),
                    () -> "row " + row);
        }
    }

    /** Whether numbers stand at the same place between those of two rows, and the rest is of either. */
    private static boolean between(float[][] plain, int one, int other, float[][] made, int row) {
        double width = (double) plain[0][other] - plain[0][one];
        double share = width == 0 ? 0 : (made[0][row] - plain[0][one]) / width;
        double expected = plain[3][one] + share * ((double) plain[3][other] - plain[3][one]);
        return share >= 0
                && share <= 1
                && Math.abs(made[3][row] - expected) < 0.01
                && (made[1][row] == plain[1][one] || made[1][row] == plain[1][other])
                && (made[2][row] == plain[2][one] || made[2][row] == plain[2][other]);
    }

    @Test
    void smoteNeverSeesAHeldOutRow() {
        Relation.Model model = Tables.with(
                Tables.model("customer_id", "churn", "decision-tree", "min-leaf-rows", "1"), Relation.Resample.SMOTE);
        Table table = Tables.churn(90, 210, 5);
        Card before = TrainingTest.fit(model, table, directory.resolve("before"));
        int[] order = Order.of(table, model.entity());
        Target target = Target.of(model, table.column("churn").orElseThrow(), order);
        double[] charges =
                ((smew.columns.Column.Doubles) table.column("charges").orElseThrow()).values();
        Holdout holdout = Holdout.of(model, table, target, model.seed());
        for (int labelled : holdout.heldOut()) {
            charges[target.rows()[labelled]] = 1e6 + labelled;
        }
        Card after = TrainingTest.fit(model, table, directory.resolve("after"));
        assertNotEquals(before.provenance().dataDigest(), after.provenance().dataDigest());
        assertEquals(before.artefact().sha256(), after.artefact().sha256());
        charges[target.rows()[holdout.training()[0]]] += 1e6;
        assertNotEquals(
                before.artefact().sha256(),
                TrainingTest.fit(model, table, directory.resolve("other"))
                        .artefact()
                        .sha256());
    }
}
