package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;

final class ScheduleTest extends OnPrompt {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private void fails(Fault fault) {
        prompt.engine.outcomes.add(Optional.of(new SmewException(fault, "It failed.")));
    }

    private void succeeds() {
        prompt.engine.outcomes.add(Optional.empty());
    }

    @Test
    void everyStartsAtOnceAndCountsFromStartToStart() {
        prompt.waitsBeforeInterrupt = 3;
        prompt.run("run", "--every", "1h30m");
        assertEquals(4, prompt.engine.runs.size());
        assertEquals(
                List.of(START.plusSeconds(5_400), START.plusSeconds(10_800), START.plusSeconds(16_200)), prompt.waits);
    }

    @Test
    void theStoreIsToldWhenTheNextRunIsDue() {
        prompt.waitsBeforeInterrupt = 1;
        prompt.run("run", "--every", "90m");
        prompt.run("run", "--every", "2d");
        prompt.run("run", "--cron", "0 2 * * *");
        assertEquals("--every 90m 2026-01-01T01:30:00Z", prompt.engine.planned.getFirst());
        assertTrue(prompt.engine.planned.stream().anyMatch(said -> said.startsWith("--every 2d ")));
        assertTrue(prompt.engine.planned.getLast().startsWith("--cron \"0 2 * * *\" "));
        assertEquals(List.of(), new Prompt(directory).engine.planned);
    }

    @Test
    void turnsThatPassedMeanwhileAreSkipped() {
        Timetable.Every every = new Timetable.Every(Duration.ofMinutes(10));
        assertEquals(Optional.of(START.plusSeconds(600)), every.next(START, START));
        assertEquals(Optional.of(START.plusSeconds(600)), every.next(START, START.plusSeconds(599)));
        assertEquals(Optional.of(START.plusSeconds(1_200)), every.next(START, START.plusSeconds(600)));
        assertEquals(Optional.of(START.plusSeconds(2_400)), every.next(START, START.plusSeconds(2_000)));
    }

    @Test
    void cronWaitsForItsTimeInItsZone() {
        Timetable.Cron cron = Timetable.Cron.of("0 2 * * *", ZoneId.of("Europe/Madrid"));
        assertEquals(Optional.of(Instant.parse("2026-01-01T01:00:00Z")), cron.first(START));
        assertEquals(
                Optional.of(Instant.parse("2026-01-02T01:00:00Z")),
                cron.next(START, Instant.parse("2026-01-01T01:00:00Z")));
        prompt.waitsBeforeInterrupt = 2;
        prompt.run("run", "--cron", "*/15 * * * *");
        assertEquals(List.of(START.plusSeconds(900), START.plusSeconds(1_800)), prompt.waits);
        assertEquals(2, prompt.engine.runs.size());
    }

    @Test
    void theDateOfARecurringRunIsThatOfItsTurn() {
        prompt.waitsBeforeInterrupt = 1;
        prompt.run("run", "--every", "1d");
        assertEquals(
                List.of("2026-01-01", "2026-01-02"),
                prompt.engine.runs.stream().map(run -> run.asOf().toString()).toList());
    }

    @Test
    void aFailedTurnIsToldOfAndTheScheduleGoesOn() {
        fails(Fault.CONFIGURATION);
        prompt.engine.outcomes.add(Optional.of(new IllegalStateException("a bug")));
        succeeds();
        prompt.waitsBeforeInterrupt = 2;
        prompt.run("run", "--every", "1d");
        assertEquals(3, prompt.engine.runs.size());
        assertTrue(prompt.err().contains("It failed."), prompt.err());
        assertTrue(prompt.err().contains("the current release stays as it is"), prompt.err());
        assertTrue(prompt.err().contains("This is a bug in Smew"), prompt.err());
        assertTrue(prompt.out().contains("2026-01-03"), prompt.out());
    }

    @Test
    void anErrorOfTheMachineDoesNotEndTheScheduleEither() {
        prompt.engine.outcomes.add(Optional.of(new OutOfMemoryError("Java heap space")));
        prompt.engine.outcomes.add(Optional.of(new StackOverflowError()));
        prompt.engine.outcomes.add(Optional.of(new NoClassDefFoundError("gone")));
        succeeds();
        prompt.waitsBeforeInterrupt = 3;
        prompt.run("run", "--every", "1d");
        assertEquals(4, prompt.engine.runs.size());
        assertTrue(prompt.err().contains("Java ran out of memory"), prompt.err());
        assertTrue(prompt.out().contains("2026-01-04"), prompt.out());
    }

    @Test
    void aFailedRunIsRepeatedAsToldAfterTheDelay() {
        fails(Fault.OUTSIDE);
        fails(Fault.DATA);
        succeeds();
        assertEquals(0, prompt.run("run", "--retries", "2", "--retry-delay", "5m"));
        assertEquals(3, prompt.engine.runs.size());
        assertEquals(List.of(START.plusSeconds(300), START.plusSeconds(600)), prompt.waits);
        assertTrue(prompt.err().contains("retry 1 of 2"), prompt.err());
    }

    @Test
    void theLastFailureOfASingleRunGivesTheExitCode() {
        fails(Fault.OUTSIDE);
        fails(Fault.DATA);
        assertEquals(4, prompt.run("run", "--retries", "1"));
        assertEquals(List.of(START.plusSeconds(30)), prompt.waits);
        fails(Fault.NOT_READY);
        assertEquals(5, prompt.run("run"));
    }

    @Test
    void aWrongProjectIsNotTriedAgain() {
        fails(Fault.CONFIGURATION);
        assertEquals(2, prompt.run("run", "--retries", "9"));
        assertEquals(1, prompt.engine.runs.size());
        assertEquals(List.of(), prompt.waits);
    }
}
