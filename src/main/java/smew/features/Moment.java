package smew.features;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A time at which sources are cut: what is earlier is known.
 *
 * @param value as DuckDB writes it
 */
record Moment(Clock clock, String value) {

    /** SQL that is true of what is earlier. */
    String before(String column) {
        return clock.reading(column) + " < " + clock.literal(value);
    }

    /** The last day of which something is known; empty where times are no dates. */
    Optional<LocalDate> day() {
        return clock == Clock.CALENDAR
                ? Optional.of(LocalDateTime.parse(value.replace(' ', 'T'))
                        .minusNanos(1_000)
                        .toLocalDate())
                : Optional.empty();
    }

    /** Without a midnight. */
    @Override
    public String toString() {
        return value.replaceFirst(" 00:00:00$", "");
    }
}
