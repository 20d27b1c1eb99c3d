package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Insight;

/** What a model does with its inputs: how much it needs them, how predictions move with them, and which are left out. */
class InsightsTest {

    private static final int ROWS = 600;

    @TempDir
    Path folder;

    /** y = 3 strong + weak / 2 + noise, and a column that has nothing to do with it. */
    private static Table table() {
        SplittableRandom random = new SplittableRandom(1);
        double[][] x = new double[3][ROWS];
        double[] y = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            for (double[] column : x) {
                column[row] = random.nextGaussian();
            }
            y[row] = 3 * x[0][row] + 0.5 * x[1][row] + random.nextGaussian();
        }
        return Tables.of(
                Tables.integers("id", IntStream.range(0, ROWS).mapToLong(r -> r).toArray()),
                numbers("strong", x[0]),
                numbers("weak", x[1]),
                numbers("nothing", x[2]),
                numbers("y", y));
    }

    private static Column.Doubles numbers(String name, double[] values) {
        return Tables.doubles(name, Arrays.stream(values).boxed().toArray(Double[]::new));
    }

    private Card fit(String... directives) {
        return TrainingTest.fit(Tables.declared("y", directives), table(), folder.resolve("m"));
    }

    @Test
    void whatThePredictionRestsOnMattersMostAndNoiseNotAtAll() {
        Insight insight = fit("algorithm", "linear-ridge").insight().orElseThrow();
        List<String> order =
                insight.permutation().stream().map(Insight.Permutation::input).toList();
        assertEquals(List.of("strong", "weak", "nothing"), order);
        Insight.Permutation strong = insight.permutation().getFirst();
        assertEquals("rmse", strong.metric());
        // Shuffled, the part of 3 x is off by the difference of two draws: the error grows from 1 to the root of 1 +
        // 18.
        assertEquals(Math.sqrt(19) - 1, strong.loss(), 0.4);
        assertTrue(strong.interval().low() > 2 && strong.interval().holds(strong.loss()), strong.toString());
        assertEquals(List.of("nothing"), insight.needless());
    }

    @Test
    void theMeanPredictionOfASumMovesByTheWeight() {
        Insight insight = fit("algorithm", "linear-ridge l2=0.000001").insight().orElseThrow();
        Insight.Dependence strong = insight.dependence().stream()
                .filter(each -> each.input().equals("strong"))
                .findFirst()
                .orElseThrow();
        assertTrue(strong.points().size() > 5, strong.toString());
        Insight.Point first = strong.points().getFirst();
        double slope = Double.NaN;
        for (Insight.Point point : strong.points().subList(1, strong.points().size())) {
            double next = (point.mean() - first.mean())
                    / (Double.parseDouble(point.value()) - Double.parseDouble(first.value()));
            assertTrue(Double.isNaN(slope) || Math.abs(next - slope) < 1e-4, strong.toString());
            slope = next;
        }
        assertEquals(3, slope, 0.2);
    }

    @Test
    void featuresAreDroppedOrKept() {
        Card dropped = fit("algorithm", "linear-ridge", "features", "drop nothing");
        assertEquals(Set.of("strong", "weak"), names(dropped));
        assertEquals(List.of("nothing"), dropped.insight().orElseThrow().dropped());
        Card kept = fit("algorithm", "linear-ridge", "features", "keep STRONG");
        assertEquals(Set.of("strong"), names(kept));
        assertEquals(List.of("weak", "nothing"), kept.insight().orElseThrow().dropped());
    }

    private static Set<String> names(Card card) {
        return card.inputs().stream().map(Card.Input::name).collect(Collectors.toSet());
    }

    @Test
    void namesThatMeanNothingAreRefusedWithTheirLine() {
        for (String[] wrong : new String[][] {
            {"drop nothin", "sql/models/m.sql:3: the SELECT has no column nothin. Did you mean nothing?"},
            {"drop y", "Column y is entity, event time or label"},
            {"drop strong, weak, nothing", "has no column that @features leaves"},
            {"hide weak", "'hide' is none of drop, keep"},
            {"drop", "no column is named"}
        }) {
            SmewException refused = assertThrows(SmewException.class, () -> fit("features", wrong[0]));
            assertEquals(Fault.CONFIGURATION, refused.fault());
            assertTrue(refused.getMessage().contains(wrong[1]), refused.getMessage());
        }
        SmewException both =
                assertThrows(SmewException.class, () -> fit("features", "drop weak", "features", "keep strong"));
        assertTrue(both.getMessage().contains("sql/models/m.sql:4"), both.getMessage());
        assertTrue(both.getMessage().contains("One @features line drops and another keeps"), both.getMessage());
    }
}
