package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Predictor;
import smew.model.Search;

/** {@code @algorithm auto}: what is compared, what is chosen, and that nothing but rows, directives and seed decides. */
class AutoSearchTest {

    @TempDir
    Path folder;

    private Card fit(String name, String label, Table table, String... directives) {
        return TrainingTest.fit(Tables.declared(label, directives), table, folder.resolve(name));
    }

    private static Search.Entry chosen(Search search) {
        List<Search.Entry> chosen =
                search.leaderboard().stream().filter(Search.Entry::chosen).toList();
        assertEquals(1, chosen.size(), search.toString());
        return chosen.getFirst();
    }

    @Test
    void theSimplestWithinOneStandardErrorOfTheBestIsTrained() {
        Table table = Tables.churn(500, 1);
        Card card = fit("auto", "churn", table, "algorithm", "auto");
        Search search = card.search().orElseThrow();
        assertTrue(search.finished());
        assertEquals(card.rows().training(), search.rows());
        assertTrue(search.leaderboard().size() >= 10, search.toString());
        Search.Entry best = search.leaderboard().getFirst();
        Search.Entry chosen = chosen(search);
        assertTrue(Math.abs(chosen.mean() - best.mean()) <= best.standardError(), search.toString());
        assertEquals(chosen.algorithm().name(), card.algorithm().name());
        for (int i = 1; i < search.leaderboard().size(); i++) {
            Search.Entry before = search.leaderboard().get(i - 1);
            Search.Entry after = search.leaderboard().get(i);
            boolean stopped = after.foldsDone() < search.folds();
            boolean worse = search.higherIsBetter() ? after.mean() <= before.mean() : after.mean() >= before.mean();
            assertTrue(stopped || worse, search.toString());
        }
        assertEquals(
                Json.pretty(card),
                Json.pretty(Predictor.load(folder.resolve("auto")).card()),
                "read back");
    }

    @Test
    void nothingButRowsDirectivesAndSeedDecides() throws IOException, InterruptedException, ExecutionException {
        Table table = Tables.churn(300, 2);
        fit("one", "churn", table, "algorithm", "auto");
        try (ForkJoinPool single = new ForkJoinPool(1)) {
            single.submit(() -> fit("two", "churn", Tables.shuffled(table, 5), "algorithm", "auto"))
                    .get();
        }
        assertEquals(
                Files.readString(folder.resolve("one/card.json")), Files.readString(folder.resolve("two/card.json")));
    }

    /** Rows to evaluate on come as a set of their own here, so that their labels can be turned over. */
    @Test
    void heldOutRowsHaveNoPartInTheChoice() {
        Table table = Tables.churn(400, 3);
        BitSet heldOut = new BitSet();
        heldOut.set(300, 400);
        Column.Texts churn = (Column.Texts) table.column("churn").orElseThrow();
        String[] turned = IntStream.range(0, 400)
                .mapToObj(row -> {
                    String label = churn.dictionary()[churn.codes()[row]];
                    return row < 300 ? label : label.equals("Yes") ? "No" : "Yes";
                })
                .toArray(String[]::new);
        List<Column> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(column == churn ? Tables.texts("churn", turned) : column));
        List<Card> cards = new ArrayList<>();
        for (Table rows : List.of(table, new Table(columns, 400))) {
            cards.add(Training.fit(
                    Tables.declared("churn", "algorithm", "auto"),
                    rows,
                    heldOut,
                    Training.Terms.of(LocalDate.EPOCH),
                    folder.resolve("given" + cards.size()),
                    Progress.NONE));
        }
        assertEquals(cards.get(0).search(), cards.get(1).search());
        assertFalse(
                cards.get(0).metrics().figures().equals(cards.get(1).metrics().figures()), "they were turned over");
    }

    @Test
    void aSmallBudgetComparesFewerCandidatesOnFewerRowsAndSaysSo() {
        Table table = Tables.churn(12_000, 4);
        Search search = fit("small", "churn", table, "algorithm", "auto budget=1s folds=3")
                .search()
                .orElseThrow();
        assertEquals(3, search.folds());
        assertTrue(search.rows() < 8_400, search.toString());
        assertFalse(search.finished());
        assertTrue(
                search.leftOut().stream().anyMatch(each -> each.reason().contains("the time budget is too small")),
                search.toString());
        chosen(search);
    }

    @Test
    void numbersAreSearchedToo() {
        Card card = fit("houses", "value", Tables.housing(300, 1), "algorithm", "auto folds=3");
        Search search = card.search().orElseThrow();
        assertEquals("rmse", search.metric());
        assertFalse(search.higherIsBetter());
        assertTrue(
                card.metrics().figures().getOrDefault("r2", 0.0) > 0.7,
                card.metrics().toString());
    }

    @Test
    void balancedClassesAreComparedByWhatCanBalanceThem() {
        Card card = fit(
                "weighed", "churn", Tables.churn(60, 240, 1), "algorithm", "auto folds=3", "resample", "class-weight");
        assertTrue(card.search().orElseThrow().leaderboard().stream()
                .noneMatch(entry -> entry.algorithm().name().equals("adaboost")));
    }

    @Test
    void foldsWithoutARareClassAreBorne() {
        Search search = fit("few", "churn", Tables.churn(3, 80, 1), "algorithm", "auto")
                .search()
                .orElseThrow();
        assertTrue(search.folds() >= 2, search.toString());
        chosen(search);
    }

    @Test
    void whatIsNoBudgetIsSaidWithItsLine() {
        SmewException budget = assertThrows(
                SmewException.class, () -> fit("few", "churn", Tables.churn(100, 1), "algorithm", "auto budget=soon"));
        assertEquals(Fault.CONFIGURATION, budget.fault());
        assertTrue(budget.getMessage().contains("sql/models/m.sql:3"), budget.getMessage());
    }
}
