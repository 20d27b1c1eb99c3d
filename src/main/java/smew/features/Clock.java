package smew.features;

import java.util.Optional;
import java.util.regex.Pattern;
import smew.duck.Duck;

/** What the values of an event time are: two times can be compared if they are of one clock. */
enum Clock {
    /** Dates and timestamps; a date is its midnight. */
    CALENDAR("DATE|TIMESTAMP.*", "TIMESTAMP", "TIMESTAMP '0001-01-01'"),
    /** Years, steps, seconds since some moment. */
    NUMBER("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE", "DOUBLE", "'-Infinity'::DOUBLE"),
    /** Whatever is written so that the order of its letters is that of time, such as 2020-W07. */
    TEXT("VARCHAR", "VARCHAR", "''");

    private final Pattern types;
    private final String type;
    private final String start;

    Clock(String types, String type, String start) {
        this.types = Pattern.compile(types);
        this.type = type;
        this.start = start;
    }

    /** The clock of a column, by DuckDB's name of its type; empty where the type has no times. */
    static Optional<Clock> of(String type) {
        for (Clock clock : values()) {
            if (clock.types.matcher(type).matches()) {
                return Optional.of(clock);
            }
        }
        return Optional.empty();
    }

    /** SQL that reads a column in the one type of this clock. */
    String reading(String column) {
        return Duck.identifier(column) + "::" + type;
    }

    /** SQL of a value that DuckDB wrote as text. */
    String literal(String value) {
        return Duck.literal(value) + "::" + type;
    }

    /** SQL of a condition that leaves out what is no real time, such as infinity. */
    String real(String expression) {
        return switch (this) {
            case CALENDAR, NUMBER -> "isfinite(" + expression + ") AND " + expression + " > " + start;
            case TEXT -> expression + " > " + start;
        };
    }
}
