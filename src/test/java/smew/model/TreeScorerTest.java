package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import smile.classification.DecisionTree;
import smile.model.cart.DecisionNode;
import smile.model.cart.Node;
import smile.model.cart.NominalNode;
import smile.model.cart.OrdinalNode;
import smile.regression.RegressionTree;

class TreeScorerTest {

    private static final List<Card.Input> ONE_NUMBER =
            List.of(new Card.Input("x", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()));

    private static final List<Card.Input> ONE_CATEGORY =
            List.of(new Card.Input("x", Card.Type.CATEGORY, List.of("a", "b"), 0, 0, 0, Optional.empty()));

    /** Every row, also those that do not make a whole four, and rows on both sides of every split. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, 5})
    void saysWhatSmileSaysBitForBit(int classes) {
        for (long seed = 0; seed < 20; seed++) {
            SmallTrees some = new SmallTrees(seed, 7);
            Card card = some.card(classes);
            for (Learned.Trees learned : some.ensembles(classes, 1 + (int) seed % 6, (int) seed % 9)) {
                TreeScorer scorer = TreeScorer.of(card, learned, Long.MAX_VALUE);
                List<double[]> rows =
                        Stream.generate(some::row).limit(41 + seed % 4).toList();
                sameAsSmile(card, learned, scorer, SmallTrees.flat(rows));
                FlatTrees flat = TreeCompiler.compile(card, learned, Long.MAX_VALUE);
                sameAsSmile(
                        card,
                        learned,
                        scorer,
                        new CornerRows(flat, card.inputs()).sample(200, new SplittableRandom(seed)));
            }
        }
    }

    private static void sameAsSmile(Card card, Learned.Trees learned, TreeScorer scorer, double[] rows) {
        int width = card.inputs().size();
        SmileTrees smile = SmileTrees.of(learned, !card.classes().isEmpty());
        double[] expected = new double[Math.max(1, card.classes().size())];
        scorer.score(rows, rows.length / width, (index, scores) -> {
            smile.score(java.util.Arrays.copyOfRange(rows, index * width, (index + 1) * width), expected);
            assertArrayEquals(bits(expected), bits(scores), "row " + index + " of " + learned);
        });
    }

    private static long[] bits(double[] numbers) {
        return java.util.Arrays.stream(numbers)
                .mapToLong(Double::doubleToLongBits)
                .toArray();
    }

    @Property
    void keysHaveTheOrderOfNumbers(@ForAll float left, @ForAll float right) {
        assertEquals(
                Integer.signum(left == right ? 0 : left < right ? -1 : 1),
                Integer.signum(Integer.compare(FlatTrees.key(left), FlatTrees.key(right))));
        assertEquals(left, FlatTrees.number(FlatTrees.key(left)), 0f);
    }

    /** The nearest numbers on both sides of a threshold that no single precision number is. */
    @Property
    void sendsNeighboursOfAThresholdToBothSides(@ForAll float number, @ForAll @IntRange(min = 1, max = 9) int tenth) {
        float next = Math.nextUp(number);
        if (next > Float.MAX_VALUE) {
            return;
        }
        double threshold = number + ((double) next - number) * tenth / 10;
        Node root = new OrdinalNode(0, threshold, 0, 0, SmallTrees.leaf(1, 1), SmallTrees.leaf(1, 2));
        TreeScorer scorer = TreeScorer.of(SmallTrees.card(ONE_NUMBER, 0), forest(root), Long.MAX_VALUE);
        double[] said = new double[2];
        scorer.score(new double[] {number, next}, 2, (index, scores) -> said[index] = scores[0]);
        assertArrayEquals(new double[] {1, 2}, said);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NEGATIVE_INFINITY, -1e300, -0.0, 0.0, 1e300, Double.POSITIVE_INFINITY, Double.NaN})
    void keepsThresholdsThatNoNumberReaches(double threshold) {
        Node root = new OrdinalNode(0, threshold, 0, 0, SmallTrees.leaf(1, 1), SmallTrees.leaf(1, 2));
        Card card = SmallTrees.card(ONE_NUMBER, 0);
        Learned.Forest forest = forest(root);
        double[] rows = {-Float.MAX_VALUE, -Float.MIN_VALUE, -0.0, 0, Float.MIN_VALUE, Float.MAX_VALUE};
        sameAsSmile(card, forest, TreeScorer.of(card, forest, Long.MAX_VALUE), rows);
    }

    @Test
    void keepsACategorySplitOfACodeThatNoRowHas() {
        Node root = new NominalNode(0, 99, 0, 0, SmallTrees.leaf(1, 1), SmallTrees.leaf(1, 2));
        Card card = SmallTrees.card(ONE_CATEGORY, 0);
        sameAsSmile(card, forest(root), TreeScorer.of(card, forest(root), 3), new double[] {0, 1, 2, 3});
    }

    @Test
    void refusesTreesThatAnswerOtherwiseOnceCompiled() {
        SmallTrees some = new SmallTrees(1, 4);
        Card card = some.card(2);
        Learned.Trees learned = some.ensembles(2, 3, 5).getFirst();
        TreeScorer scorer = TreeScorer.of(card, learned, Long.MAX_VALUE);
        SmileTrees smile = SmileTrees.of(learned, true);
        assertDoesNotThrow(() -> scorer.check(card, smile));
        SmewException refused = assertThrows(
                SmewException.class,
                () -> scorer.check(card, (row, out) -> {
                    smile.score(row, out);
                    out[1] += Math.ulp(out[1]);
                }));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().startsWith("Compiling the trees of model it: of row ["), refused.getMessage());
    }

    @Test
    void refusesTreesThatAreNone() {
        Node one = SmallTrees.leaf(1, 1);
        refused(ONE_NUMBER, 0, forest(new OrdinalNode(3, 0, 0, 0, one, one)), 9, "input 3 of 1");
        refused(ONE_NUMBER, 0, forest(new NominalNode(0, 0, 0, 0, one, one)), 9, "as if it were a category");
        refused(ONE_NUMBER, 0, forest(new DecisionNode(new int[] {1})), 9, "of another kind");
        refused(ONE_NUMBER, 0, forest(SmallTrees.leaf(0, 1)), 9, "0 rows");
        refused(ONE_NUMBER, 0, forest((Node) null), 9, "missing");
        refused(ONE_NUMBER, 0, new Learned.Forest(new RegressionTree[1][0]), 9, "groups of trees");
        refused(ONE_NUMBER, 3, forest(one), 9, "1 groups of trees of one size, expected 3");
        Learned.Forest uneven = new Learned.Forest(new RegressionTree[][] {
            {SmallTrees.numbers(one)}, {SmallTrees.numbers(one)}, {SmallTrees.numbers(one), SmallTrees.numbers(one)}
        });
        refused(ONE_NUMBER, 3, uneven, 9, "of one size");
        DecisionTree third = SmallTrees.voting(new DecisionNode(new int[] {0, 0, 1}));
        refused(ONE_NUMBER, 2, new Learned.Votes(new DecisionTree[] {third}, new double[] {1}), 9, "class 2 of 2");
        refused(ONE_NUMBER, 2, new Learned.Votes(new DecisionTree[] {third}, new double[2]), 9, "2 weights");
    }

    /** One node under two parents: a file of a few kilobytes would become more nodes than any memory holds. */
    @Test
    void refusesOneNodeInThePlaceOfVeryMany() {
        Node node = SmallTrees.leaf(1, 1);
        for (int level = 0; level < 25; level++) {
            node = new OrdinalNode(0, level, 0, 0, node, node);
        }
        refused(ONE_NUMBER, 0, forest(node), 10_000, "more than 10000 nodes");
    }

    private static void refused(List<Card.Input> inputs, int classes, Learned.Trees learned, long nodes, String found) {
        SmewException refused = assertThrows(
                SmewException.class, () -> TreeScorer.of(SmallTrees.card(inputs, classes), learned, nodes));
        assertEquals(Fault.DATA, refused.fault());
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    private static Learned.Forest forest(Node root) {
        return new Learned.Forest(new RegressionTree[][] {{SmallTrees.numbers(root)}});
    }

    /** Smile's objects take several times the memory of the arrays. */
    @Test
    void keepsNothingOfSmile() {
        SmallTrees some = new SmallTrees(1, 4);
        Card card = some.card(2);
        for (Learned.Trees learned : some.ensembles(2, 3, 5)) {
            Set<Object> seen = new HashSet<>();
            collect(Predictor.of(card, learned), seen);
            assertTrue(seen.stream().anyMatch(FlatTrees.class::isInstance));
            assertEquals(
                    List.of(),
                    seen.stream()
                            .filter(kept -> kept.getClass().getName().startsWith("smile."))
                            .toList());
        }
    }

    /** Whatever objects of ours hold, and what these hold, if it is ours too. */
    private static void collect(Object holder, Set<Object> seen) {
        if (holder.getClass().isArray() && holder instanceof Object[] many) {
            IntStream.range(0, many.length).filter(i -> many[i] != null).forEach(i -> collect(many[i], seen));
            return;
        }
        if (!seen.add(holder) || !holder.getClass().getName().startsWith("smew.model.")) {
            return;
        }
        for (Field field : holder.getClass().getDeclaredFields()) {
            try {
                field.setAccessible(true);
                Object held = Modifier.isStatic(field.getModifiers()) ? null : field.get(holder);
                if (held != null) {
                    collect(held, seen);
                }
            } catch (IllegalAccessException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
