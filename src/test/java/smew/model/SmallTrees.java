package smew.model;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import smew.project.Relation;
import smile.classification.DecisionTree;
import smile.data.DataFrame;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.vector.DoubleVector;
import smile.model.cart.CART;
import smile.model.cart.DecisionNode;
import smile.model.cart.Loss;
import smile.model.cart.Node;
import smile.model.cart.NominalNode;
import smile.model.cart.OrdinalNode;
import smile.model.cart.RegressionNode;
import smile.model.cart.SplitRule;
import smile.regression.RegressionTree;

/** Trees of Smile that nobody grew: any shape over a few inputs, with ties and with one input several times on a path. */
final class SmallTrees {

    private static final List<String> LEVELS = List.of("a", "b", "c");

    private final SplittableRandom random;
    private final List<Card.Input> inputs;

    /** Inputs in turn: a number, a category, a boolean, a number … */
    SmallTrees(long seed, int inputs) {
        this.random = new SplittableRandom(seed);
        this.inputs = IntStream.range(0, inputs)
                .mapToObj(i -> new Card.Input(
                        "x" + i,
                        i % 3 == 1 ? Card.Type.CATEGORY : i % 3 == 2 ? Card.Type.BOOLEAN : Card.Type.NUMBER,
                        i % 3 == 1 ? LEVELS : List.of(),
                        0,
                        0,
                        0,
                        Optional.empty()))
                .toList();
    }

    Card card(int classes) {
        return card(inputs, classes);
    }

    /** A card of a regression, or of classes 0, 1, 2 …, of two of which the second is positive. */
    static Card card(List<Card.Input> inputs, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return Cards.of(
                classes == 0 ? Card.LabelType.NUMBER : Card.LabelType.INTEGER,
                names,
                classes == 2 ? Optional.of("1") : Optional.empty(),
                List.of("id"),
                List.of(),
                inputs,
                Relation.Missing.MEDIAN);
    }

    /** One of each kind of ensemble for so many classes. */
    List<Learned.Trees> ensembles(int classes, int trees, int depth) {
        int groups = classes > 2 ? classes : 1;
        List<Learned.Trees> ensembles = new ArrayList<>();
        ensembles.add(new Learned.Forest(groups(groups, trees, depth)));
        ensembles.add(new Learned.Boosted(
                groups(groups, trees, depth), random.doubles(groups, -1, 1).toArray(), 0.1 + random.nextDouble()));
        if (classes > 0) {
            DecisionTree[] votes = IntStream.range(0, trees)
                    .mapToObj(_ -> voting(votes(depth, classes)))
                    .toArray(DecisionTree[]::new);
            ensembles.add(new Learned.Votes(votes, random.doubles(trees, 0.1, 2).toArray()));
        }
        return ensembles;
    }

    private RegressionTree[][] groups(int groups, int trees, int depth) {
        return IntStream.range(0, groups)
                .mapToObj(_ -> IntStream.range(0, trees)
                        .mapToObj(_ -> numbers(number(depth)))
                        .toArray(RegressionTree[]::new))
                .toArray(RegressionTree[][]::new);
    }

    private Node number(int depth) {
        return depth == 0 || random.nextInt(6) == 0
                ? leaf(1 + random.nextInt(9), random.nextInt(5) == 0 ? 0 : random.nextDouble())
                : split(number(depth - 1), number(depth - 1));
    }

    private Node votes(int depth, int classes) {
        if (depth > 0 && random.nextInt(6) > 0) {
            return split(votes(depth - 1, classes), votes(depth - 1, classes));
        }
        int[] counts = new int[classes];
        counts[random.nextInt(classes)] = 1 + random.nextInt(9);
        return new DecisionNode(counts);
    }

    private Node split(Node first, Node second) {
        int input = random.nextInt(inputs.size());
        return switch (inputs.get(input).type()) {
            case CATEGORY -> new NominalNode(input, random.nextInt(LEVELS.size() + 2), 0, 0, first, second);
            case BOOLEAN -> new OrdinalNode(input, 0.5, 0, 0, first, second);
            case NUMBER -> new OrdinalNode(input, random.nextInt(-3, 4) / 2.0, 0, 0, first, second);
        };
    }

    /** An encoded row whose numbers often lie on a split. */
    double[] row() {
        return inputs.stream()
                .mapToDouble(input -> switch (input.type()) {
                    case CATEGORY -> random.nextInt(Encoding.codes(input));
                    case BOOLEAN -> random.nextInt(2);
                    case NUMBER -> random.nextInt(-5, 6) / 2.0;
                })
                .toArray();
    }

    static Node leaf(int rows, double output) {
        return new RegressionNode(rows, output, output, 0);
    }

    /** A tree of numbers with this root. */
    static RegressionTree numbers(Node root) {
        DataFrame frame = frame();
        RegressionTree tree = new RegressionTree(
                frame,
                Loss.ls(new double[] {1, 2}),
                new StructField("y", DataTypes.DoubleType),
                2,
                2,
                1,
                1,
                null,
                null);
        plant(tree, root);
        return tree;
    }

    /** A tree of classes with this root. */
    static DecisionTree voting(Node root) {
        DecisionTree tree = new DecisionTree(
                frame(),
                new int[] {0, 1},
                new StructField("y", DataTypes.IntType),
                2,
                SplitRule.GINI,
                2,
                2,
                1,
                1,
                null,
                null);
        plant(tree, root);
        return tree;
    }

    private static DataFrame frame() {
        return new DataFrame(new DoubleVector("x", new double[] {1, 2}));
    }

    private static void plant(CART tree, Node root) {
        try {
            Field field = CART.class.getDeclaredField("root");
            field.setAccessible(true);
            field.set(tree, root);
        } catch (ReflectiveOperationException changed) {
            throw new AssertionError(changed);
        }
    }

    static CART[][] trees(Learned.Trees learned) {
        return switch (learned) {
            case Learned.Forest forest -> forest.groups();
            case Learned.Boosted boosted -> boosted.groups();
            case Learned.Votes votes -> new CART[][] {votes.trees()};
        };
    }

    static double[] flat(List<double[]> rows) {
        return rows.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
