package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;

/** Releases that cannot be tried beside the current one: a server does not start with them. */
class TriedTest extends OnTestStore {

    @BeforeEach
    void current() {
        publish(1);
    }

    private void refused(Fault fault, String id, String... said) {
        for (ServeSettings.Trials trials : List.of(
                new ServeSettings.Trials(Optional.of(new ServeSettings.Canary(id, 0)), Optional.empty()),
                new ServeSettings.Trials(Optional.empty(), Optional.of(id)))) {
            SmewException failed = assertThrows(
                    SmewException.class,
                    () -> Server.start(settings.with(trials), store.releases()).close());
            assertEquals(fault, failed.fault(), failed.getMessage());
            for (String part : said) {
                assertTrue(failed.getMessage().contains(part), failed.getMessage());
            }
        }
    }

    private String write(int number, TestStore.Model... models) {
        return store.write(number, List.of(), List.of(models)).value();
    }

    @Test
    void anUnknownReleaseIsNotTried() {
        refused(Fault.NOT_FOUND, TestStore.id(9).value(), TestStore.id(9).value(), "The newest is " + TestStore.id(1));
        refused(Fault.NOT_FOUND, "../CURRENT", "there is none of that id");
    }

    @Test
    void aReleaseOfFeaturesOnlyIsNotTried() {
        refused(Fault.NOT_READY, write(2), "--features-only");
    }

    @Test
    void aDamagedReleaseIsNotTried() throws IOException {
        String id = write(2, TestStore.loans(2, "loans", 60));
        Files.write(store.directory(TestStore.id(2)).resolve("models/loans/model.trees"), new byte[] {1});
        refused(Fault.DATA, id, "model.trees");
    }

    @Test
    void aReleaseWithoutTheModelIsNotTried() {
        refused(
                Fault.NOT_FOUND,
                write(2, TestStore.loans(2, "lones", 60)),
                "no model loans",
                TestStore.id(1).value());
    }

    @Test
    void aReleaseWithAnotherKeyIsNotTried() {
        Table rows = TestStore.loans(2, "loans", 60).table();
        TestStore.Model other = new TestStore.Model(
                TestStore.definition("loans", List.of("city", "id"), List.of("day"), "bad", Map.of()), rows);
        refused(
                Fault.CONFIGURATION,
                write(2, other),
                "has the entity key city (texts), id (integers), expected id (integers)");
    }

    @Test
    void aReleaseWithKeysOfAnotherTypeIsNotTried() {
        Table rows = TestStore.loans(2, "loans", 60).table();
        String[] ids = new String[60];
        for (int row = 0; row < 60; row++) {
            ids[row] = "" + (1000 + row);
        }
        List<Column> columns = new ArrayList<>(rows.columns());
        columns.set(0, TestStore.texts("id", ids));
        TestStore.Model other = new TestStore.Model(
                TestStore.definition("loans", List.of("id"), List.of("day"), "bad", Map.of()), new Table(columns, 60));
        refused(Fault.CONFIGURATION, write(2, other), "the entity key id (texts), expected id (integers)");
    }

    @Test
    void aReleaseThatPredictsSomethingElseIsNotTried() {
        Table rows = TestStore.loans(2, "loans", 60).table();
        TestStore.Model other = new TestStore.Model(
                TestStore.definition("loans", List.of("id"), List.of("day"), "member", Map.of()), rows);
        refused(
                Fault.CONFIGURATION,
                write(2, other),
                "predicts classes that are true or false, expected classes that are integers");
    }

    @Test
    void nothingIsTriedWithoutModels() {
        SmewException failed = assertThrows(
                SmewException.class,
                () -> settings.with(new ServeSettings.Trials(Optional.empty(), Optional.of("x")))
                        .withFeaturesOnly(true));
        assertEquals(Fault.CONFIGURATION, failed.fault());
    }

    @Test
    void aCanaryGoesWithNoEndpoint() {
        String id = write(2, TestStore.loans(2, "loans", 60));
        Backend nobody = new Backend() {
            @Override
            public String name() {
                return "sagemaker:nobody";
            }

            @Override
            public CompletionStage<List<Prediction>> predict(Card card, Table table, int[] rows) {
                return new CompletableFuture<>();
            }

            @Override
            public SmewException explained(Throwable failed) {
                return new SmewException(Fault.OUTSIDE, failed.toString());
            }
        };
        ServeSettings both = settings.with(
                new ServeSettings.Trials(Optional.of(new ServeSettings.Canary(id, 0.1)), Optional.empty()));
        SmewException failed = assertThrows(
                SmewException.class,
                () -> Server.start(
                                both,
                                store.releases(),
                                Optional.of(new ChosenBackend(nobody, false, false)),
                                Companions.NONE)
                        .close());
        assertEquals(Fault.CONFIGURATION, failed.fault());
        assertTrue(
                failed.getMessage().contains("--canary") && failed.getMessage().contains("--backend"));
    }
}
