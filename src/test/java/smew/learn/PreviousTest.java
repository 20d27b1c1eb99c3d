package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Comparison;
import smew.model.Interval;
import smew.model.Predictor;
import smew.project.Basis;

/** The model of the current release beside a new one. */
class PreviousTest {

    @TempDir
    Path directory;

    /** The half widths add like those of independent estimates: squared. */
    @Test
    void aModelThatCannotReadTheRowsIsComparedByWhatItsCardSays() {
        Table table = Tables.churn(400, 1);
        TrainingTest.fit(Tables.model("customer_id", "churn", "decision-tree"), table, directory);
        Predictor predictor = Predictor.load(directory);
        Card card = predictor.card();
        double older = card.metrics().figures().getOrDefault("auc", 0.0);
        Interval before =
                card.metrics().uncertainty().orElseThrow().intervals().getOrDefault("auc", new Interval(0, 0));
        Comparison comparison = new Previous("old", predictor)
                .apart(
                        Map.of("auc", 0.7, "f1", 0.5),
                        Map.of("auc", new Interval(0.6, 0.74), "lift", new Interval(1, 2)));
        assertEquals(Basis.OWN_ROWS, comparison.basis());
        assertEquals(card.metrics().figures(), comparison.figures());
        assertEquals(List.of("auc"), List.copyOf(comparison.differences().keySet()));
        Interval difference = comparison.differences().getOrDefault("auc", new Interval(0, 0));
        double down = Math.sqrt(0.1 * 0.1 + (before.high() - older) * (before.high() - older));
        double up = Math.sqrt(0.04 * 0.04 + (older - before.low()) * (older - before.low()));
        assertEquals(0.7 - older - down, difference.low(), 1e-12);
        assertEquals(0.7 - older + up, difference.high(), 1e-12);
    }

    @Test
    void namesWhatTheRowsLack() {
        Table table = Tables.churn(400, 1);
        TrainingTest.fit(Tables.model("customer_id", "churn", "decision-tree"), table, directory);
        Previous previous = new Previous("old", Predictor.load(directory));
        assertEquals(List.of(), previous.missing(table));
        String gone = previous.predictor().card().inputs().getFirst().name();
        Table fewer = new Table(
                table.columns().stream()
                        .filter(column -> !column.name().equals(gone))
                        .toList(),
                table.rows());
        assertEquals(List.of(gone), previous.missing(fewer));
    }
}
