package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import smile.data.type.StructType;
import smile.model.cart.CART;
import smile.model.cart.DecisionNode;
import smile.model.cart.InternalNode;
import smile.model.cart.Node;
import smile.model.cart.OrdinalNode;
import smile.model.cart.RegressionNode;
import smile.regression.RegressionTree;

class ShapleyTest {

    private static final double EXACT = 1e-12;

    /** All subsets of the inputs, with what Smile's trees say where only those are known. */
    @ParameterizedTest
    @CsvSource({"0, 1", "0, 7", "2, 5", "2, 8", "3, 6", "4, 4"})
    void areTheShapleyValuesByDefinition(int classes, int inputs) {
        for (long seed = 0; seed < 25; seed++) {
            SmallTrees some = new SmallTrees(seed, inputs);
            Card card = some.card(classes);
            for (Learned.Trees learned : some.ensembles(classes, 1 + (int) seed % 4, 1 + (int) seed % 8)) {
                Scorer scorer = TreeScorer.of(card, learned, Long.MAX_VALUE);
                double[] row = some.row();
                for (int outcome = 0; outcome < Math.max(1, classes); outcome++) {
                    double[] amounts = new double[inputs];
                    Scorer.Sum sum = scorer.explain(row, outcome, amounts);
                    Game game = new Game(learned, row, outcome, classes);
                    assertEquals(game.worth(0), sum.baseline(), EXACT);
                    assertEquals(game.worth((1 << inputs) - 1), sum.value(), EXACT);
                    assertArrayEquals(game.shapley(inputs), amounts, EXACT, "seed " + seed + ", " + learned);
                    assertEquals(
                            sum.value(), sum.baseline() + Arrays.stream(amounts).sum(), EXACT);
                }
            }
        }
    }

    /** What trees say of a row of which only some inputs are known; the score of an outcome as it is documented. */
    private record Game(Learned.Trees learned, double[] row, int outcome, int classes) {

        double[] shapley(int inputs) {
            double[] weights = new double[inputs];
            weights[0] = 1.0 / inputs;
            for (int size = 1; size < inputs; size++) {
                weights[size] = weights[size - 1] * size / (inputs - size);
            }
            double[] values = new double[inputs];
            for (int known = 0; known < 1 << inputs; known++) {
                double worth = worth(known);
                for (int input = 0; input < inputs; input++) {
                    int others = Integer.bitCount(known & ~(1 << input));
                    values[input] += (known >> input & 1) == 1 ? weights[others] * worth : -weights[others] * worth;
                }
            }
            return values;
        }

        double worth(int known) {
            boolean first = classes == 2 && outcome == 0;
            int group = classes > 2 ? outcome : 0;
            return switch (learned) {
                case Learned.Forest forest -> {
                    double mean = Arrays.stream(forest.groups()[group])
                            .mapToDouble(tree -> tree(tree, known))
                            .average()
                            .orElseThrow();
                    yield first ? 1 - mean : mean;
                }
                case Learned.Boosted boosted -> {
                    double sum = boosted.base()[group]
                            + boosted.rate()
                                    * Arrays.stream(boosted.groups()[group])
                                            .mapToDouble(tree -> tree(tree, known))
                                            .sum();
                    yield classes == 2 ? first ? -2 * sum : 2 * sum : sum;
                }
                case Learned.Votes votes ->
                    IntStream.range(0, votes.trees().length)
                                    .mapToDouble(t -> votes.weights()[t] * tree(votes.trees()[t], known))
                                    .sum()
                            / Arrays.stream(votes.weights()).sum();
            };
        }

        private double tree(CART tree, int known) {
            return node(tree.root(), known, new SmileTrees.Row(new StructType(), row));
        }

        private double node(Node node, int known, SmileTrees.Row tuple) {
            return switch (node) {
                case InternalNode inner
                when (known >> inner.feature() & 1) == 1 ->
                    node(inner.branch(tuple) ? inner.trueChild() : inner.falseChild(), known, tuple);
                case InternalNode inner ->
                    (inner.trueChild().size() * node(inner.trueChild(), known, tuple)
                                    + inner.falseChild().size() * node(inner.falseChild(), known, tuple))
                            / inner.size();
                case RegressionNode leaf -> leaf.output();
                case DecisionNode leaf -> leaf.output() == outcome ? 1 : 0;
                default -> throw new AssertionError(node);
            };
        }
    }

    /**
     * A path by as many different inputs, too many for all subsets: the value of each by the coefficients of a polynomial, in
     * decimal numbers of many digits.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 16, 33, 60})
    void areExactOnPathsOfManyInputs(int inputs) {
        List<Card.Input> numbers = numbers(inputs);
        Node root = SmallTrees.leaf(40, 7);
        for (int input = 0; input < inputs; input++) {
            root = new OrdinalNode(input, 0, 0, 0, root, SmallTrees.leaf(1 + input % 4, input));
        }
        double[] row = IntStream.range(0, inputs)
                .mapToDouble(input -> input % 5 == 1 ? 1 : 0)
                .toArray();
        double[] amounts = new double[inputs];
        Scorer.Sum sum = scorer(numbers, root).explain(row, 0, amounts);
        assertArrayEquals(byPolynomials(root, row), amounts, EXACT);
        assertEquals(sum.value(), sum.baseline() + Arrays.stream(amounts).sum(), EXACT);
    }

    /** One input again and again, between others: deeper than any tree is by default. */
    @ParameterizedTest
    @ValueSource(ints = {40, 90})
    void areExactOnDeepPathsByFewInputs(int depth) {
        Node root = SmallTrees.leaf(3, 1);
        for (int level = 0; level < depth; level++) {
            Node leaf = SmallTrees.leaf(1 + level % 7, level % 3);
            int input = level % 5 == 0 ? 1 : level % 2 == 0 ? 2 : 0;
            root = level % 3 == 0
                    ? new OrdinalNode(input, level, 0, 0, leaf, root)
                    : new OrdinalNode(input, level, 0, 0, root, leaf);
        }
        for (double value : new double[] {-1, depth / 3.0, depth / 2.0, depth}) {
            double[] row = {value, depth - value, value + 1};
            double[] amounts = new double[3];
            Scorer.Sum sum = scorer(numbers(3), root).explain(row, 0, amounts);
            Learned.Trees learned = new Learned.Forest(new RegressionTree[][] {{SmallTrees.numbers(root)}});
            assertArrayEquals(new Game(learned, row, 0, 0).shapley(3), amounts, EXACT);
            assertEquals(sum.value(), sum.baseline() + Arrays.stream(amounts).sum(), EXACT);
        }
    }

    @Test
    void anInputThatNoSplitAsksForAddsNothing() {
        Node root = new OrdinalNode(1, 0, 0, 0, SmallTrees.leaf(3, 10), SmallTrees.leaf(1, 2));
        double[] amounts = {5, 5, 5};
        Scorer.Sum sum = scorer(numbers(3), root).explain(new double[] {0, 1, 0}, 0, amounts);
        assertEquals(new Scorer.Sum(8, 2), sum);
        assertArrayEquals(new double[] {0, -6, 0}, amounts, EXACT);
    }

    private static Scorer scorer(List<Card.Input> inputs, Node root) {
        RegressionTree[][] trees = {{SmallTrees.numbers(root)}};
        return TreeScorer.of(SmallTrees.card(inputs, 0), new Learned.Forest(trees), Long.MAX_VALUE);
    }

    private static List<Card.Input> numbers(int inputs) {
        return IntStream.range(0, inputs)
                .mapToObj(i -> new Card.Input("x" + i, Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()))
                .toList();
    }

    /** One factor per input above a leaf: the share of rows that went there, and whether the row does. */
    private record Factor(int input, BigDecimal share, boolean leads) {}

    private static double[] byPolynomials(Node root, double[] row) {
        BigDecimal[] values = new BigDecimal[row.length];
        Arrays.fill(values, BigDecimal.ZERO);
        collect(root, row, List.of(), values);
        return Arrays.stream(values).mapToDouble(BigDecimal::doubleValue).toArray();
    }

    private static void collect(Node node, double[] row, List<Factor> path, BigDecimal[] values) {
        switch (node) {
            case InternalNode inner -> {
                boolean first = row[inner.feature()] <= 0;
                for (Node child : List.of(inner.trueChild(), inner.falseChild())) {
                    BigDecimal share = BigDecimal.valueOf(child.size())
                            .divide(BigDecimal.valueOf(inner.size()), MathContext.DECIMAL128);
                    List<Factor> longer = new ArrayList<>(path);
                    longer.add(new Factor(inner.feature(), share, first == (child == inner.trueChild())));
                    collect(child, row, longer, values);
                }
            }
            case RegressionNode leaf -> {
                for (Factor of : path) {
                    BigDecimal own = (of.leads ? BigDecimal.ONE : BigDecimal.ZERO).subtract(of.share);
                    BigDecimal value = own.multiply(others(path, of)).multiply(BigDecimal.valueOf(leaf.output()));
                    values[of.input] = values[of.input].add(value);
                }
            }
            default -> throw new AssertionError(node);
        }
    }

    /** The sum over all subsets of the other inputs, by how many are known. */
    private static BigDecimal others(List<Factor> path, Factor of) {
        BigDecimal[] bySize = {BigDecimal.ONE};
        for (Factor factor : path) {
            if (factor.input != of.input) {
                BigDecimal[] next = new BigDecimal[bySize.length + 1];
                Arrays.fill(next, BigDecimal.ZERO);
                for (int size = 0; size < bySize.length; size++) {
                    next[size] = next[size].add(bySize[size].multiply(factor.share, MathContext.DECIMAL128));
                    next[size + 1] = next[size + 1].add(factor.leads ? bySize[size] : BigDecimal.ZERO);
                }
                bySize = next;
            }
        }
        BigDecimal weight = BigDecimal.ONE.divide(BigDecimal.valueOf(path.size()), MathContext.DECIMAL128);
        BigDecimal sum = BigDecimal.ZERO;
        for (int size = 0; size < bySize.length; size++) {
            sum = sum.add(weight.multiply(bySize[size]));
            weight = weight.multiply(BigDecimal.valueOf(size + 1))
                    .divide(BigDecimal.valueOf(Math.max(1, path.size() - size - 1)), MathContext.DECIMAL128);
        }
        return sum;
    }
}
