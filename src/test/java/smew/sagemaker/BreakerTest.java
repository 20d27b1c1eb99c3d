package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import smew.sagemaker.Breaker.Change;
import smew.sagemaker.Breaker.Leave;

final class BreakerTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Breaker breaker = new Breaker(clock);

    private Change ends(boolean failed) {
        return breaker.ended(breaker.ask().orElseThrow(), failed);
    }

    private void open() {
        for (int i = 1; i < Breaker.WINDOW / 2; i++) {
            assertEquals(Change.NOTHING, ends(true));
        }
        assertEquals(Change.OPENED, ends(true));
    }

    @Test
    void opensWhenHalfOfTheLastRequestsFailed() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(Change.NOTHING, ends(i % 3 == 0), "a third of failures is no half");
        }
        Change last = Change.NOTHING;
        for (int i = 0; i < Breaker.WINDOW && last == Change.NOTHING; i++) {
            last = ends(true);
        }
        assertEquals(Change.OPENED, last);
        assertEquals(Optional.empty(), breaker.ask());
        assertEquals(Breaker.PAUSE, breaker.pause());
    }

    @Test
    void letsOneRequestTryAfterThePauseAndClosesWhenItIsAnswered() {
        open();
        now.set(Instant.EPOCH.plus(Breaker.PAUSE).minusMillis(1));
        assertTrue(breaker.ask().isEmpty());
        now.set(Instant.EPOCH.plus(Breaker.PAUSE));
        Leave trial = breaker.ask().orElseThrow();
        assertTrue(trial.trial());
        assertTrue(breaker.ask().isEmpty(), "a second one waits for the first");
        assertEquals(Duration.ofSeconds(1), breaker.pause());
        assertEquals(Change.CLOSED, breaker.ended(trial, false));
        open();
    }

    @Test
    void opensAgainWhenTheTrialFailsAndIgnoresWhatWentOutBefore() {
        Leave early = breaker.ask().orElseThrow();
        open();
        now.set(Instant.EPOCH.plus(Breaker.PAUSE));
        Leave trial = breaker.ask().orElseThrow();
        assertEquals(Change.NOTHING, breaker.ended(early, false));
        assertTrue(breaker.ask().isEmpty(), "an answer to a request from before says nothing");
        assertEquals(Change.NOTHING, breaker.ended(trial, true));
        assertTrue(breaker.ask().isEmpty());
        now.set(now.get().plus(Breaker.PAUSE));
        assertEquals(Change.CLOSED, breaker.ended(breaker.ask().orElseThrow(), false));
    }
}
