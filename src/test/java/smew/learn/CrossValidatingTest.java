package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Uncertainty;

/** {@code @folds}: as many models, each evaluated on what it did not learn from. */
class CrossValidatingTest {

    @TempDir
    Path folder;

    private Card fit(String name, Table table, String... directives) {
        return TrainingTest.fit(Tables.declared("churn", directives), table, folder.resolve(name));
    }

    @Test
    void theMeanOverFoldsIsNearTheFigureOfHeldOutRows() throws IOException {
        Table table = Tables.churn(900, 1);
        Card plain = fit("plain", table, "algorithm", "logistic-regression");
        Card card = fit("folds", table, "algorithm", "logistic-regression", "folds", "4");
        Uncertainty.CrossValidation folds =
                card.metrics().uncertainty().orElseThrow().crossValidation().orElseThrow();
        assertEquals(4, folds.folds());
        assertEquals(card.metrics().figures().keySet(), folds.mean().keySet());
        double auc = card.metrics().figures().getOrDefault("auc", 0.0);
        assertEquals(auc, folds.mean().getOrDefault("auc", 0.0), 0.03);
        double error = folds.standardError().getOrDefault("auc", 0.0);
        assertTrue(error > 0 && error < 0.03, folds.toString());
        assertEquals(plain.metrics().figures(), card.metrics().figures(), "the model itself is the same");
        assertEquals(
                Optional.empty(), plain.metrics().uncertainty().orElseThrow().crossValidation());
        fit("shuffled", Tables.shuffled(table, 3), "algorithm", "logistic-regression", "folds", "4");
        assertEquals(
                Files.readString(folder.resolve("folds/card.json")),
                Files.readString(folder.resolve("shuffled/card.json")));
    }

    /** Labels that nothing explains: whoever let a fold see itself would find something. */
    @Test
    void noFoldLearnsFromItself() {
        Table table = Tables.churn(600, 2);
        Card card = fit(
                "noise",
                Tables.withNoise(table, "churn"),
                "algorithm",
                "random-forest trees=20 min-leaf-rows=1",
                "folds",
                "3");
        double auc = card.metrics()
                .uncertainty()
                .orElseThrow()
                .crossValidation()
                .orElseThrow()
                .mean()
                .getOrDefault("auc", 1.0);
        assertEquals(0.5, auc, 0.1);
    }

    @Test
    void eachFoldDecidesByItsOwnRows() {
        Card card = fit(
                "decided",
                Tables.churn(1600, 3),
                "algorithm",
                "logistic-regression",
                "folds",
                "3",
                "threshold",
                "cost fp=1 fn=5");
        assertTrue(card.metrics()
                .uncertainty()
                .orElseThrow()
                .crossValidation()
                .orElseThrow()
                .mean()
                .containsKey("cost"));
    }

    @Test
    void tooManyFoldsForTheRowsAreSaidWithTheLine() {
        SmewException few = assertThrows(SmewException.class, () -> fit("few", Tables.churn(1, 30, 1), "folds", "2"));
        assertTrue(few.getMessage().contains("sql/models/m.sql"), few.getMessage());
        SmewException wrong = assertThrows(SmewException.class, () -> fit("few", Tables.churn(30, 1), "folds", "1"));
        assertEquals(Fault.CONFIGURATION, wrong.fault());
        assertTrue(wrong.getMessage().contains("1 folds are not from 2 to 20"), wrong.getMessage());
    }
}
