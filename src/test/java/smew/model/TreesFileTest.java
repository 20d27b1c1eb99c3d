package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smile.model.cart.Node;
import smile.model.cart.OrdinalNode;
import smile.regression.RegressionTree;

class TreesFileTest {

    private static final int HEAD = 32;

    private static final List<Card.Input> ONE_NUMBER =
            List.of(new Card.Input("x", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty()));

    /** Bits of what is predicted and of why. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void whatIsReadBackScoresAndExplainsTheSame(int classes) throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            SmallTrees some = new SmallTrees(seed, 7);
            Card card = some.card(classes);
            for (Learned.Trees learned : some.ensembles(classes, 1 + (int) seed % 6, (int) seed % 9)) {
                TreeScorer written = TreeScorer.of(card, learned, Long.MAX_VALUE);
                byte[] bytes = TreesFile.bytes(written.trees());
                TreeScorer read = new TreeScorer(card, TreesFile.read(bytes, card));
                assertArrayEquals(bytes, TreesFile.bytes(read.trees()));
                double[] row = some.row();
                assertEquals(said(written, row, classes), said(read, row, classes));
            }
        }
    }

    private static String said(Scorer scorer, double[] row, int classes) {
        StringBuilder said = new StringBuilder();
        scorer.score(row, 1, (_, scores) -> said.append(Arrays.toString(scores)));
        double[] amounts = new double[row.length];
        said.append(scorer.explain(row, classes == 3 ? 2 : classes / 2, amounts));
        return said.append(Arrays.toString(amounts)).toString();
    }

    /** Whoever writes a file writes its digest too: no content may end a server, or keep it busy for ever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void anyOtherContentIsRefusedOrIsTrees(int classes) {
        SplittableRandom random = new SplittableRandom(classes);
        int refused = 0;
        for (long seed = 0; seed < 10; seed++) {
            SmallTrees some = new SmallTrees(seed, 4);
            Card card = some.card(classes);
            for (Learned.Trees learned : some.ensembles(classes, 3, 4)) {
                byte[] whole = TreesFile.bytes(
                        TreeScorer.of(card, learned, Long.MAX_VALUE).trees());
                for (int change = 0; change < 400; change++) {
                    byte[] bytes = whole.clone();
                    int places = 1 + random.nextInt(3);
                    for (int place = 0; place < places; place++) {
                        bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(4) - 2);
                    }
                    refused += isRefused(bytes, card, some.row(), classes) ? 1 : 0;
                }
            }
        }
        assertTrue(refused > 1000, "only " + refused);
    }

    private static boolean isRefused(byte[] bytes, Card card, double[] row, int classes) {
        try {
            said(new TreeScorer(card, TreesFile.read(bytes, card)), row, classes);
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static byte[] one(Node root) {
        return TreesFile.bytes(TreeCompiler.compile(
                SmallTrees.card(ONE_NUMBER, 0),
                new Learned.Forest(new RegressionTree[][] {{SmallTrees.numbers(root)}}),
                Long.MAX_VALUE));
    }

    private static void refused(byte[] bytes, String found) {
        IOException refused =
                assertThrows(IOException.class, () -> TreesFile.read(bytes, SmallTrees.card(ONE_NUMBER, 0)));
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
    }

    /** Bytes with another integer in one place. */
    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] other = bytes.clone();
        ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return other;
    }

    @Test
    void saysWhatIsWrong() {
        Node leaf = SmallTrees.leaf(2, 1);
        byte[] bytes = one(new OrdinalNode(0, 1, 0, 0, leaf, leaf));
        int node = HEAD + Double.BYTES;
        int came = node + 3 * 16;
        refused(new byte[0], "does not begin as one");
        refused(with(bytes, 0, 7), "does not begin as one");
        refused(with(bytes, 8, 2), "version 2, expected 1");
        refused(with(bytes, 12, 3), "kind 3");
        refused(with(bytes, 16, 4), "inputs 4, expected 1");
        refused(with(bytes, 20, 2), "sums 2, expected 1");
        refused(with(bytes, 24, 4), "4 nodes are not what");
        refused(with(bytes, 24, Integer.MAX_VALUE), "nodes are not what");
        refused(Arrays.copyOf(bytes, bytes.length - 1), "3 nodes are not what");
        refused(with(bytes, node, 1), "input 1 of 1");
        refused(with(bytes, node, -2), "input -2 of 1");
        refused(with(bytes, node + 12, 8), "goes on at 12");
        refused(with(bytes, node + 12, 0), "node 1 is not where");
        refused(with(bytes, node + 12, Integer.MAX_VALUE), "goes on at");
        refused(with(bytes, node + 16 + 4, 1), "node 1 adds to sum 1 of 1");
        refused(with(bytes, node + 2 * 16, 0), "node 2 splits");
        refused(with(bytes, came, 5), "node 0 was reached by 5 rows, and those below by 4");
        refused(with(bytes, came + 8, 0), "node 0 was reached by 4 rows, and those below by 2");
    }

    /** A walk takes a call for each level. */
    @Test
    void refusesTreesOfVeryManyLevels() throws IOException {
        Node root = SmallTrees.leaf(1, 1);
        for (int level = 1; level < 1_000; level++) {
            root = new OrdinalNode(0, level, 0, 0, SmallTrees.leaf(1, level), root);
        }
        TreesFile.read(one(root), SmallTrees.card(ONE_NUMBER, 0));
        refused(one(new OrdinalNode(0, 0, 0, 0, SmallTrees.leaf(1, 0), root)), "lies below 1000 others");
    }
}
