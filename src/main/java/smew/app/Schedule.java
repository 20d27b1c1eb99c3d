package smew.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import smew.base.SmewException;

/**
 * Runs a piece of work once or on a timetable, and again when it failed. Never two turns at once.
 *
 * @param retries how often a failed turn is repeated
 * @param say hears what happens between turns
 * @param report hears of a failure that does not end the schedule
 */
record Schedule(
        int retries, Duration retryDelay, Clock clock, Alarm alarm, Consumer<String> say, Consumer<Throwable> report) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z").withZone(ZoneId.systemDefault());

    /** Runs one turn, repeated as told; the last failure is thrown. */
    void once(Runnable turn) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                turn.run();
                return;
            } catch (SmewException failed) {
                if (attempt >= retries || !mayPass(failed)) {
                    throw failed;
                }
                Instant again = clock.instant().plus(retryDelay);
                report.accept(failed);
                say.accept("The run failed; retry " + (attempt + 1) + " of " + retries + " at " + TIME.format(again)
                        + ".");
                alarm.waitUntil(again);
            }
        }
    }

    /**
     * Runs turn after turn until interrupted. A turn that failed is told of, and the timetable goes on.
     *
     * @param planned hears when the next turn is due, where it is waited for
     */
    void recurring(Timetable timetable, Consumer<Instant> planned, Runnable turn) throws InterruptedException {
        Optional<Instant> due = timetable.first(clock.instant());
        while (due.isPresent()) {
            if (due.get().isAfter(clock.instant())) {
                say.accept("Next run at " + TIME.format(due.get()) + ".");
                planned.accept(due.get());
                alarm.waitUntil(due.get());
            }
            try {
                once(turn);
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError failed) {
                report.accept(failed);
                say.accept("The run failed; the current release stays as it is, and the schedule goes on.");
            }
            due = timetable.next(due.get(), clock.instant());
        }
    }

    /**
     * A wrong command line or project stays wrong until somebody edits it, and the same rows make the same model; a retry would
     * only repeat the message.
     */
    private static boolean mayPass(SmewException failed) {
        return switch (failed.fault()) {
            case USAGE,
                    CONFIGURATION,
                    UNAUTHORIZED,
                    METHOD,
                    NOT_ACCEPTABLE,
                    TIMEOUT,
                    TOO_LARGE,
                    MEDIA_TYPE,
                    GATE,
                    INTERNAL -> false;
            case NOT_FOUND, DATA, OVERLOAD, NOT_READY, OUTSIDE, OUTSIDE_SLOW -> true;
        };
    }
}
