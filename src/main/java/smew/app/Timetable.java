package smew.app;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** When the turns of a recurring run are due. */
sealed interface Timetable {

    /** When the first turn is due; empty if never. */
    Optional<Instant> first(Instant now);

    /**
     * The first turn that is due after now. Turns that passed meanwhile are skipped.
     *
     * @param due when the last turn was due
     */
    Optional<Instant> next(Instant due, Instant now);

    /** The option that says it. */
    String written();

    /** A fixed period from start to start; the first turn is due at once. */
    record Every(Duration period) implements Timetable {
        public Every {
            if (!period.isPositive()) {
                throw new IllegalArgumentException("A period is longer than " + period + ".");
            }
        }

        @Override
        public String written() {
            long seconds = period.toSeconds();
            return "--every "
                    + (seconds % 86_400 == 0
                            ? seconds / 86_400 + "d"
                            : seconds % 3_600 == 0
                                    ? seconds / 3_600 + "h"
                                    : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s");
        }

        @Override
        public Optional<Instant> first(Instant now) {
            return Optional.of(now);
        }

        @Override
        public Optional<Instant> next(Instant due, Instant now) {
            long passed = Math.max(0, Duration.between(due, now).dividedBy(period));
            return Optional.of(due.plus(period.multipliedBy(passed + 1)));
        }
    }

    /** Five UNIX cron fields, read in a time zone. */
    record Cron(String text, ExecutionTime times, ZoneId zone) implements Timetable {

        /**
         * Reads five fields in the zone of this machine.
         *
         * @throws IllegalArgumentException when the text is no cron expression
         */
        static Cron of(String text) {
            return of(text, ZoneId.systemDefault());
        }

        static Cron of(String text, ZoneId zone) {
            CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
            return new Cron(text, ExecutionTime.forCron(parser.parse(text).validate()), zone);
        }

        @Override
        public String written() {
            return "--cron \"" + text + "\"";
        }

        @Override
        public Optional<Instant> first(Instant now) {
            return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
        }

        @Override
        public Optional<Instant> next(Instant due, Instant now) {
            return first(now);
        }
    }
}
