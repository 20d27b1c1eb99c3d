package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Cards;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.project.Relation;

/** Outcomes of a model of three classes beside what was logged of each. */
class KeptOutcomesTest extends OnLogStore {

    /** One input has the name that the log would give to the probability of b. */
    private static Card card(String... classes) {
        return Cards.of(
                Card.LabelType.TEXT,
                List.of(classes),
                Optional.empty(),
                List.of("id"),
                List.of(),
                List.of(new Card.Input("Probability_b", Card.Type.NUMBER, List.of(), 40, 0, 0, Optional.empty())),
                Relation.Missing.MEDIAN);
    }

    private void log(Card card, int row, String said, Double... probabilities) {
        log(
                Watched.table(Watched.integers("id", 7, 8, 9), Watched.doubles("Probability_b", 1, 2, 3)),
                card,
                row,
                said,
                probabilities);
    }

    private void log(Table rows, Card card, int row, String said, Double... probabilities) {
        Prediction prediction = new Prediction(
                said, Arrays.stream(probabilities).max(Double::compare).orElse(0.5), List.of(probabilities));
        try (Recorder log = Recorder.start(Logs.bounds(10, 10), store::replace, CLOCK)) {
            log.predicted(new Predicted(
                    Watched.NOON,
                    "r" + row,
                    Watched.RELEASE,
                    "local",
                    card,
                    rows,
                    new int[] {row},
                    List.of(prediction),
                    1_500_000,
                    Optional.empty()));
        }
    }

    private Table matched(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("truth.csv"), csv);
        KeptOutcomes outcomes = new KeptOutcomes(new LoggedPredictions(store, folder), card("a", "b", "c"));
        outcomes.load(new OutcomeFile(file, "truth.csv"), Optional.empty(), CLOCK);
        return outcomes.matched(new LogFilter("it", Optional.empty(), Optional.empty()))
                .rows();
    }

    /** As the server has it: a UUID is found in either case. */
    @Test
    void aUuidIsOneInEitherCase() throws IOException {
        String upper = "0F5EBB1C-9C1B-4E3A-8A54-6F1B2D3C4E5F";
        Table rows = Watched.table(
                Watched.texts("id", upper.toLowerCase(Locale.ROOT), "plain"), Watched.doubles("Probability_b", 1, 2));
        log(rows, card("a", "b", "c"), 0, "b", 0.2, 0.5, 0.3);
        log(rows, card("a", "b", "c"), 1, "b", 0.2, 0.5, 0.3);
        Table matched = matched("id,y\n" + upper + ",a\n" + upper.toLowerCase(Locale.ROOT) + ",a\nPLAIN,a\n");
        assertEquals(1, matched.rows());
    }

    @Test
    void aKeyIsNotRoundedToAnother() throws IOException {
        for (int row = 0; row < 3; row++) {
            log(card("a", "b", "c"), row, "b", 0.2, 0.5, 0.3);
        }
        Table matched = matched("id,y\n7.5,a\n7.0,b\n09,c\n");
        assertEquals(List.of("b", "c"), Logs.texts(matched, Matched.LABEL));
    }

    private static List<Double> of(Table matched, int code) {
        return Logs.doubles(matched, Matched.probability(code));
    }

    @Test
    void theProbabilityOfEachClassIsKept() throws IOException {
        log(card("a", "b", "c"), 0, "b", 0.2, 0.5, 0.3);
        Table logged = Logs.read(store, folder);
        assertEquals(List.of(0.2), Logs.doubles(logged, "probability_a"));
        assertEquals(List.of(1.0), Logs.doubles(logged, "Probability_b"));
        assertEquals(List.of(0.5), Logs.doubles(logged, "class_probability_b"));
        Table matched = matched("id,y\n7,c\n");
        assertEquals(List.of("c"), Logs.texts(matched, Matched.LABEL));
        assertEquals(List.of("b"), Logs.texts(matched, Matched.PREDICTION));
        assertEquals(List.of(0.2), of(matched, 0));
        assertEquals(List.of(0.5), of(matched, 1));
        assertEquals(List.of(0.3), of(matched, 2));
    }

    /** That of the positive class of two says nothing of the class that was predicted. */
    @Test
    void theProbabilityOfAClassThatWasPositiveIsNotTakenForAnother() throws IOException {
        log(
                Cards.of(
                        Card.LabelType.TEXT,
                        List.of("a", "c"),
                        Optional.of("c"),
                        List.of("id"),
                        List.of(),
                        List.of(),
                        Relation.Missing.MEDIAN),
                0,
                "a",
                0.1);
        log(card("a", "b", "c"), 1, "a", 0.9, 0.06, 0.04);
        assertEquals(List.of(Double.NaN, 0.9), Logs.doubles(matched("id,y\n7,a\n8,a\n"), Matched.PROBABILITY));
    }

    /** Of a release that knew fewer classes, a backend that gives none, and files that an older Smew wrote. */
    @Test
    void whatIsNotKnownOfAClassIsNull() throws IOException {
        log(card("a", "c"), 1, "a", 0.9, 0.1);
        log(card("a", "b", "c"), 2, "a");
        Table matched = matched("id,y\n8,b\n9,a\n");
        assertEquals(List.of(0.9, Double.NaN), of(matched, 0));
        assertEquals(List.of(Double.NaN, Double.NaN), of(matched, 1));
        assertEquals(List.of(0.1, Double.NaN), of(matched, 2));
    }
}
