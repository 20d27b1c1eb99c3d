package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;

/**
 * Rows as nobody wants them, under everything that can be asked of a model at once: they give a model with finite figures, or one
 * sentence that names what is wrong. Never anything else.
 */
class OddRowsTest {

    private static final int ROWS = 240;

    @TempDir
    Path folder;

    private enum Odd {
        CONSTANTS,
        NO_VALUES,
        NOT_FINITE,
        SEPARATED,
        ONE_ENTITY,
        FEW_POSITIVES,
        THREE_ROWS,
        ONE_ROW,
        MANY_LEVELS,
        MANY_COLUMNS,
        LABEL_TEXT,
        LABEL_ONE_TWO,
        LABEL_BOOLEAN,
        HUGE_NUMBERS
    }

    private static Table table(Odd odd) {
        int rows = switch (odd) {
            case THREE_ROWS -> 3;
            case ONE_ROW -> 1;
            case MANY_LEVELS -> 100_000;
            default -> ROWS;
        };
        SplittableRandom random = new SplittableRandom(odd.ordinal());
        double[] x =
                IntStream.range(0, rows).mapToDouble(_ -> random.nextGaussian()).toArray();
        boolean[] yes = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            yes[row] = switch (odd) {
                case SEPARATED -> x[row] > 0.3;
                case FEW_POSITIVES -> row % 120 == 7;
                default -> x[row] + random.nextGaussian() > 0.5;
            };
        }
        List<Column> columns = new ArrayList<>();
        columns.add(Tables.integers(
                "id",
                IntStream.range(0, rows)
                        .mapToLong(r -> odd == Odd.ONE_ENTITY ? 1 : r)
                        .toArray()));
        columns.add(new Column.Doubles("x", values(odd, x), nulls(odd, rows)));
        columns.add(Tables.doubles(
                "other",
                IntStream.range(0, rows)
                        .mapToObj(_ -> odd == Odd.CONSTANTS ? (Double) 1.0 : (Double) random.nextDouble())
                        .toArray(Double[]::new)));
        if (odd == Odd.MANY_LEVELS) {
            columns.add(Tables.texts(
                    "name", IntStream.range(0, rows).mapToObj(r -> "n" + r).toArray(String[]::new)));
        }
        if (odd == Odd.MANY_COLUMNS) {
            IntStream.range(0, 2_000)
                    .forEach(c -> columns.add(new Column.Doubles(
                            "c" + c,
                            IntStream.range(0, rows)
                                    .mapToDouble(_ -> random.nextGaussian())
                                    .toArray(),
                            new BitSet())));
        }
        columns.add(label(odd, yes));
        return new Table(columns, rows);
    }

    private static double[] values(Odd odd, double[] x) {
        return IntStream.range(0, x.length)
                .mapToDouble(row -> switch (odd) {
                    case CONSTANTS -> 7;
                    case NO_VALUES -> Double.NaN;
                    case NOT_FINITE ->
                        switch (row % 4) {
                            case 0 -> Double.NaN;
                            case 1 -> Double.POSITIVE_INFINITY;
                            case 2 -> Double.NEGATIVE_INFINITY;
                            default -> x[row];
                        };
                    case HUGE_NUMBERS -> x[row] * 1e300;
                    default -> x[row];
                })
                .toArray();
    }

    private static BitSet nulls(Odd odd, int rows) {
        BitSet nulls = new BitSet();
        if (odd == Odd.NO_VALUES) {
            nulls.set(0, rows);
        }
        return nulls;
    }

    private static Column label(Odd odd, boolean[] yes) {
        return switch (odd) {
            case LABEL_TEXT ->
                Tables.texts(
                        "y",
                        IntStream.range(0, yes.length)
                                .mapToObj(r -> yes[r] ? "ja, \"wohl\"" : "")
                                .toArray(String[]::new));
            case LABEL_ONE_TWO ->
                Tables.integers(
                        "y",
                        IntStream.range(0, yes.length)
                                .mapToLong(r -> yes[r] ? 2 : 1)
                                .toArray());
            default -> Tables.booleans("y", yes);
        };
    }

    private Optional<Card> trained(Odd odd, Table table, String... directives) {
        try {
            return Optional.of(Training.fit(
                    Tables.declared("y", directives),
                    table,
                    Training.Terms.of(LocalDate.EPOCH).tested(),
                    folder.resolve(odd.name()),
                    Progress.NONE));
        } catch (SmewException refused) {
            assertEquals(Fault.DATA, refused.fault(), refused.getMessage());
            assertTrue(refused.getMessage().contains("sql/models/m.sql"), refused.getMessage());
            return Optional.empty();
        }
    }

    private void assertSound(Odd odd, Card card, Table table) {
        card.metrics()
                .figures()
                .forEach((name, value) -> assertTrue(Double.isFinite(value), odd + ": " + name + " is " + value));
        Predictor predictor = Predictor.load(folder.resolve(odd.name()));
        int[] some = IntStream.range(0, Math.min(50, table.rows())).toArray();
        for (Prediction prediction : predictor.predict(table, some)) {
            double sum = prediction.probabilities().stream().mapToDouble(p -> p).sum();
            assertEquals(1, sum, 1e-9, odd + ": " + prediction);
        }
        double value = predictor.explain(table, 0).contributions().stream()
                        .mapToDouble(contribution -> contribution.amount())
                        .sum()
                + predictor.explain(table, 0).baseline();
        assertEquals(predictor.explain(table, 0).value(), value, 1e-9, odd.name());
    }

    @ParameterizedTest
    @EnumSource(Odd.class)
    void aForestOrOneSentence(Odd odd) {
        Table table = table(odd);
        Optional<Card> card =
                trained(odd, table, "algorithm", "random-forest trees=10", "calibrate", "auto", "folds", "3");
        card.ifPresent(trained -> assertSound(odd, trained, table));
        assertEquals(
                odd != Odd.THREE_ROWS && odd != Odd.ONE_ROW && odd != Odd.ONE_ENTITY, card.isPresent(), odd.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Odd.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MANY_LEVELS", "MANY_COLUMNS", "THREE_ROWS", "ONE_ROW", "ONE_ENTITY", "FEW_POSITIVES"})
    void aSearchAlways(Odd odd) {
        Table table = table(odd);
        Card card = trained(odd, table, "algorithm", "auto folds=2 budget=2s").orElseThrow();
        assertSound(odd, card, table);
        assertFalse(card.search().orElseThrow().leaderboard().isEmpty());
    }
}
