package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.model.PredictionLog.Shadowed;
import smew.store.Store;
import smew.store.StoreSettings;

/** What a shadow says, beside what was answered, in the log. */
class ShadowedLogTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Watched.NOON);
    private static final String OTHER = "20261126T120000.000Z-ba9876543210";

    @TempDir
    Path folder;

    private static Predicted served(Card card, String request, int... rows) {
        return Watched.served(card, Watched.NOON, request, Watched.online(10), 0.25, rows);
    }

    private Table logged(Predicted... all) {
        try (Store store = Store.open(StoreSettings.folder(folder.resolve("out").toString()))) {
            Recorder log = Recorder.start(Logs.bounds(100, 100), store::replace, CLOCK);
            Arrays.stream(all).forEach(log::predicted);
            log.close();
            assertEquals(Arrays.stream(all).mapToInt(part -> part.rows().length).sum(), log.written());
            return Logs.read(store, folder);
        }
    }

    private static Prediction said(double probability) {
        return new Prediction(probability >= 0.5 ? 1L : 0L, probability, List.of(1 - probability, probability));
    }

    @Test
    void aRowHasWhatTheShadowSaidAndNothingWhereItSaidNothing() {
        Card card = Watched.card();
        Predicted beside = served(card, "a", 0, 1)
                .beside(new Shadowed(
                        OTHER, List.of(Optional.of(said(0.75)), Optional.empty()), new double[] {0.5, Double.NaN}));
        Table table = logged(beside, served(card, "b", 2));
        assertEquals(List.of(OTHER, OTHER, ""), Logs.texts(table, "shadow_release"));
        assertEquals(List.of(1L, Long.MIN_VALUE, Long.MIN_VALUE), Logs.integers(table, "shadow_prediction"));
        assertEquals(List.of(0.75, Double.NaN, Double.NaN), Logs.doubles(table, "shadow_probability"));
        assertEquals(List.of(0.5, Double.NaN, Double.NaN), Logs.doubles(table, "shadow_difference"));
        assertEquals(List.of(0L, 0L, 0L), Logs.integers(table, "prediction"));
        assertEquals(List.of(0.25, 0.25, 0.25), Logs.doubles(table, "probability"));
    }

    @Test
    void filesWithAndWithoutAShadowAreReadTogether() {
        Card card = Watched.card();
        Table without = logged(served(card, "a", 0));
        assertFalse(without.names().contains("shadow_release"), without.names().toString());
        Table both = logged(
                served(card, "b", 1).beside(new Shadowed(OTHER, List.of(Optional.of(said(0.5))), new double[] {0.25})));
        assertEquals(List.of("", OTHER), Logs.texts(both, "shadow_release"));
        assertEquals(List.of(Double.NaN, 0.25), Logs.doubles(both, "shadow_difference"));
    }

    @Test
    void anInputOfTheSameNameMakesWay() {
        Card card = Watched.card("shadow_release", "job");
        assertEquals(List.of("input_shadow_release", "job"), LogNames.of(card).inputs());
    }
}
