package smew.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;

class AgreementTest {

    private static Prediction of(Object value, double positive) {
        return new Prediction(value, positive, List.of(1 - positive, positive));
    }

    @Test
    void classesHaveToBeTheSameAndProbabilitiesNearlySo() {
        Prediction model = of(1L, 0.75);
        List<Prediction> others = List.of(of(1L, 0.75 + 1e-10), of(1L, 0.75 + 1e-8), of(0L, 0.75), of(1L, 0.75));
        assertArrayEquals(
                new int[] {1, 2},
                Agreement.differing(Cards.linear("0", "1"), List.of(model, model, model, model), others));
    }

    @Test
    void numbersMayDifferInProportion() {
        List<Prediction> model = IntStream.range(0, 4)
                .mapToObj(i -> new Prediction(i < 2 ? 1e6 : 1e-6, null, List.of()))
                .toList();
        List<Prediction> others = List.of(
                new Prediction(1e6 + 1e-4, null, List.of()),
                new Prediction(1e6 + 1e-2, null, List.of()),
                new Prediction(1e-6 + 1e-10, null, List.of()),
                new Prediction(1e-6 + 1e-8, null, List.of()));
        assertArrayEquals(new int[] {1, 3}, Agreement.differing(Cards.linear(), model, others));
    }

    @Test
    void aSampleIsSpreadOverTheRowsAndLeavesOutThoseThatTheModelRefuses() {
        BitSet nulls = new BitSet();
        nulls.set(20);
        Table table = new Table(List.of(new Column.Doubles("age", new double[1000], nulls)), 1000);
        int[] sample = Agreement.sample(
                Predictor.of(Cards.linear(), new Learned.Linear(new double[][] {{1, 0}}, Optional.empty())), table);
        assertEquals(Agreement.ROWS - 1, sample.length);
        assertArrayEquals(new int[] {0, 40}, new int[] {sample[0], sample[1]});
        assertEquals(980, sample[sample.length - 1]);
    }

    @Test
    void aDifferenceIsSaidWithBothValues() {
        assertEquals(
                "of entity 7 it says 1 with probability 0.5, the model says 0 with probability 0.25",
                Agreement.clause("7", of(0L, 0.25), of(1L, 0.5)));
        assertEquals(
                "of entity a it says 2.0, the model says 1.0",
                Agreement.clause("a", new Prediction(1.0, null, List.of()), new Prediction(2.0, null, List.of())));
    }
}
