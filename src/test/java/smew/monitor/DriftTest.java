package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Cards;
import smew.model.Distribution;
import smew.model.PredictionLog;
import smew.project.Relation;

/** How far rows are from those that a model was learned from. */
class DriftTest {

    private static final Distribution AGES =
            new Distribution("age", Card.Type.NUMBER, List.of(30.0, 50.0), List.of(), List.of(0.3, 0.4, 0.2, 0.1));

    @Test
    void sameSharesAreNoDrift() {
        FeatureDrift same = FeatureDrift.of(AGES, new long[] {30, 40, 20, 10});
        assertEquals(0, same.psi(), 1e-12);
        assertEquals(0, same.ks().orElseThrow(), 1e-12);
        assertEquals(0.1, same.nullsThen());
        assertEquals(0.1, same.nullsNow(), 1e-12);
    }

    @Test
    void psiAndKsAreThoseThatAHandComputes() {
        FeatureDrift drift = FeatureDrift.of(AGES, new long[] {1, 4, 4, 1});
        // (0.1 - 0.3) ln(0.1 / 0.3) + (0.4 - 0.2) ln(0.4 / 0.2)
        assertEquals(0.2 * Math.log(3) + 0.2 * Math.log(2), drift.psi(), 1e-12);
        assertEquals(0.3583518938, drift.psi(), 1e-9);
        // Of nine in ten with a value: 3/9 then, 1/9 now lie at or below 30; 7/9 and 5/9 at or below 50.
        assertEquals(2 / 9.0, drift.ks().orElseThrow(), 1e-12);
    }

    @Test
    void valuesThatVanishAreDriftOfTheirOwn() {
        FeatureDrift drift = FeatureDrift.of(AGES, new long[] {0, 0, 0, 10});
        assertTrue(drift.psi() > 5, drift.toString());
        assertEquals(1, drift.nullsNow());
        assertEquals(Optional.empty(), drift.ks());
    }

    @Test
    void aCategoryHasNoOrderAndNoKs() {
        FeatureDrift drift = FeatureDrift.of(
                new Distribution("job", Card.Type.CATEGORY, List.of(), List.of("clerk"), List.of(0.5, 0.5, 0.0)),
                new long[] {1, 3, 0});
        assertEquals(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), drift.psi(), 1e-12);
        assertEquals(Optional.empty(), drift.ks());
    }

    @Test
    void tablesAreCountedTogetherAndTheWorstFeatureComesFirst() {
        DriftCount count = DriftCount.ofRows(Watched.card());
        Table young = Watched.table(Watched.integers("age", 20, 30), Watched.texts("job", "clerk", "baker"));
        Table old = Watched.table(Watched.doubles("age", 30.5, Double.NaN), Watched.texts("job", "clerk", ""));
        count.add(young, Optional.of(Watched.doubles("probability", 0.9, 0.9)));
        count.add(old, Optional.of(Watched.doubles("probability", 0.9, 0.5)));
        Drift drift = count.drift("id", "online rows");
        assertEquals(4, drift.rows());
        assertEquals(100, drift.trainingRows());
        assertEquals(
                List.of(FeatureDrift.SCORE, "age", "job"),
                drift.features().stream().map(FeatureDrift::feature).toList());
        FeatureDrift age = drift.features().get(1);
        assertEquals(0.25, age.nullsNow());
        // 2 of 3 with an age are at or below 30, half were.
        assertEquals(2 / 3.0 - 0.5, age.ks().orElseThrow(), 1e-12);
        assertEquals(0.65, drift.features().getFirst().ks().orElseThrow(), 1e-12);
        FeatureDrift job = drift.features().getLast();
        assertEquals((0.5 - 0.8) * Math.log(0.5 / 0.8) + 2 * (0.25 - 0.1) * Math.log(2.5), job.psi(), 1e-12);
    }

    @Test
    void anInputThatAnOlderReleaseDidNotReadIsNotCalledDrift() {
        DriftCount count = DriftCount.ofLog(Watched.card());
        count.add(Watched.table(Watched.texts("job", "clerk"), Watched.texts("age", "thirty")));
        assertEquals(
                List.of("job"),
                count.drift("id", "predictions").features().stream()
                        .map(FeatureDrift::feature)
                        .toList());
    }

    @Test
    void fewRowsAreNoVerdict() {
        DriftCount count = DriftCount.ofRows(Watched.card());
        count.add(Watched.online(Drift.LEAST_ROWS - 1), Optional.empty());
        assertEquals(List.of(), count.drift("id", "online rows").beyond(0, Optional.of(0.0)));
        count.add(Watched.online(1), Optional.empty());
        assertEquals(List.of("job", "age"), count.drift("id", "online rows").beyond(0, Optional.empty()));
        assertEquals(List.of("age"), count.drift("id", "online rows").beyond(9, Optional.of(0.3)));
    }

    @Test
    void aCardOfOldCannotBeComparedWith() {
        Card old = Cards.of(
                Card.LabelType.NUMBER,
                List.of(),
                Optional.empty(),
                List.of("id"),
                List.of(),
                List.of(),
                Relation.Missing.ZERO);
        SmewException failed = assertThrows(SmewException.class, () -> DriftCount.ofRows(old));
        assertEquals(Fault.NOT_FOUND, failed.fault());
        assertTrue(failed.getMessage().contains("Run the project again"), failed.getMessage());
        new LiveDrift().add(old, Watched.online(200));
    }

    @Test
    void theNewestPredictionsPushOutTheOldest() {
        LiveDrift live = new LiveDrift();
        Card card = Watched.card();
        live.add(card, Watched.online(Drift.LEAST_ROWS - 1));
        assertEquals(List.of(), live.now(), "too few yet");
        // Half of training is at or below 30, and the same of these.
        double[] like = IntStream.range(0, LiveDrift.WINDOW)
                .mapToDouble(row -> row % 2 == 0 ? 25 : 35)
                .toArray();
        live.add(card, Watched.table(Watched.doubles("age", like)));
        assertEquals(0, psi(live, "age"), 1e-12);
        double[] old = new double[LiveDrift.WINDOW / 2];
        Arrays.fill(old, 80);
        live.add(card, Watched.table(Watched.doubles("age", old)));
        // A quarter is at or below 30 now, three quarters above.
        assertEquals(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), psi(live, "age"), 1e-12);
        live.add(card, Watched.table(Watched.doubles("age", like)));
        assertEquals(0, psi(live, "age"), 1e-12);
        Card other = Watched.card("years", "job");
        live.add(other, Watched.table(Watched.doubles("years", 1, 2)));
        assertEquals(0, psi(live, "age"), 1e-12, "few predictions of another release change nothing");
        double[] many = new double[3 * LiveDrift.WINDOW];
        live.add(other, Watched.table(Watched.doubles("years", many)));
        assertTrue(psi(live, "years") > 1, "the release that answers most is looked at");
    }

    @Test
    void whoeverAsksForDriftDoesNotWaitForTheOneThatCountsIt() throws InterruptedException {
        LiveDrift live = new LiveDrift();
        Card card = Watched.card();
        live.add(card, Watched.online(200));
        List<PredictionLog.Drift> before = live.now();
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        BitSet slow = new BitSet() {
            @Override
            public boolean isEmpty() {
                counting.countDown();
                try {
                    asked.await();
                } catch (InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
                return super.isEmpty();
            }
        };
        Thread counter = Thread.ofPlatform()
                .daemon()
                .start(() -> live.add(card, Watched.table(new Column.Doubles("age", new double[200], slow))));
        assertTrue(counting.await(20, TimeUnit.SECONDS));
        try {
            assertEquals(before, assertTimeoutPreemptively(Duration.ofSeconds(20), live::now));
        } finally {
            asked.countDown();
        }
        counter.join();
        assertNotEquals(before, live.now());
    }

    private static double psi(LiveDrift live, String feature) {
        return live.now().stream()
                .filter(each -> each.model().equals("it") && each.feature().equals(feature))
                .mapToDouble(PredictionLog.Drift::psi)
                .findFirst()
                .orElseThrow();
    }
}
