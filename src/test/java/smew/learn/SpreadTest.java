package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.CardFile;
import smew.model.Distribution;
import smew.model.TrainingStatistics;

/** What a card keeps of the rows that a model was learned from. */
class SpreadTest {

    private static Distribution of(Card.Type type, List<String> levels, Column column) {
        Card.Input input = new Card.Input(column.name(), type, levels, 0, 0, 0, Optional.empty());
        return Spread.of(input, column, IntStream.range(0, column.rows()).toArray());
    }

    private static Distribution numbers(Double... values) {
        return of(Card.Type.NUMBER, List.of(), Tables.doubles("x", values));
    }

    private static Distribution numbers(DoubleStream values) {
        return numbers(values.boxed().toArray(Double[]::new));
    }

    @Test
    void aNumberIsKeptByItsDecilesAndRowsWithoutOne() {
        Distribution twenty = numbers(IntStream.rangeClosed(1, 20).asDoubleStream());
        assertEquals(List.of(2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0), twenty.edges());
        assertEquals(
                Stream.concat(Collections.nCopies(10, 0.1).stream(), Stream.of(0.0))
                        .toList(),
                twenty.shares());
        Distribution half = numbers(1.0, null, Double.NaN, 2.0);
        assertEquals(0.5, half.nulls());
        assertEquals(1.0, half.shares().stream().mapToDouble(share -> share).sum());
    }

    @Test
    void aValueThatIsSeveralDecilesHasARangeOfItsOwn() {
        Distribution constant = numbers(5.0, 5.0, 5.0, 5.0);
        assertEquals(List.of((double) Math.nextDown(5f), 5.0), constant.edges());
        assertEquals(List.of(0.0, 1.0, 0.0, 0.0), constant.shares());
        Distribution.Places places = constant.places(Tables.doubles("x", 4.9, 5.0, 5.1, null), 4);
        assertEquals(
                List.of(0, 1, 2, 3), IntStream.range(0, 4).mapToObj(places::at).toList());
        Distribution zeros = numbers(-0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 7.0, 8.0, 9.0, 10.0);
        assertEquals(0.6, zeros.shares().get(1));
        assertEquals(0.0, zeros.shares().getFirst());
    }

    @Test
    void withoutAnyValueAllRowsHaveNone() {
        assertEquals(List.of(0.0, 1.0), numbers((Double) null).shares());
    }

    @Test
    void aBooleanIsKeptAsFalseTrueAndNone() {
        Distribution kept = of(Card.Type.BOOLEAN, List.of(), Tables.booleans("b", true, false, true, true));
        assertEquals(List.of(0.25, 0.75, 0.0), kept.shares());
    }

    @Test
    void aCategoryIsKeptByItsMostFrequentLevelsOthersAndNone() {
        String[] values = IntStream.range(0, 60)
                .mapToObj(level -> String.format(java.util.Locale.ROOT, "level %02d", level))
                .flatMap(level -> Stream.of(level, level.equals("level 59") ? level : null))
                .toArray(String[]::new);
        List<String> levels = Arrays.stream(values)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        Distribution kept = of(Card.Type.CATEGORY, levels, Tables.texts("c", values));
        assertEquals(50, kept.levels().size());
        assertTrue(kept.levels().contains("level 59"), "the most frequent one stays, though it sorts last");
        assertEquals(52, kept.size());
        assertEquals(2 / 120.0, kept.shares().get(49), 1e-12);
        assertEquals(10 / 120.0, kept.shares().get(50), 1e-12);
        assertEquals(59 / 120.0, kept.nulls(), 1e-12);
        Distribution.Places places = kept.places(Tables.texts("c", "level 00", "never seen", null), 3);
        assertEquals(
                List.of(0, 50, 51), IntStream.range(0, 3).mapToObj(places::at).toList());
    }

    @Test
    void aCardKeepsTheRowsThatWereLearnedFromAndWhatTheModelSaysOfOthers(@TempDir Path folder) {
        Table table = Tables.churn(500, 3);
        Card card = TrainingTest.fit(Tables.declared("churn", "algorithm", "random-forest trees=5"), table, folder);
        TrainingStatistics kept = card.training().orElseThrow();
        assertEquals(card.rows().training(), kept.rows());
        assertEquals(
                card.inputs().stream().map(Card.Input::name).toList(),
                kept.inputs().stream().map(Distribution::name).toList());
        for (int input = 0; input < kept.inputs().size(); input++) {
            Distribution each = kept.inputs().get(input);
            assertEquals(1, each.shares().stream().mapToDouble(share -> share).sum(), 1e-9, each.name());
            assertEquals(card.inputs().get(input).nulls(), Math.round(each.nulls() * kept.rows()), each.name());
        }
        Distribution score = kept.score().orElseThrow();
        assertEquals(1, score.shares().stream().mapToDouble(share -> share).sum(), 1e-9);
        assertTrue(score.edges().getLast() <= 1);
        assertEquals(kept, CardFile.read(folder).training().orElseThrow());
    }

    @Test
    void aCardOfOldHasNone() {
        assertTrue(CardFile.read(Path.of("src/test/resources/golden/models-1/random-forest"))
                .training()
                .isEmpty());
    }
}
