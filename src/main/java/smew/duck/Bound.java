package smew.duck;

import java.util.List;
import java.util.Optional;

/** What DuckDB makes of one SELECT before it runs: the columns it gives, or why it cannot. */
public sealed interface Bound {

    /** Its columns, in order. */
    record Columns(List<Column> columns) implements Bound {
        public Columns {
            columns = List.copyOf(columns);
        }
    }

    /**
     * One column.
     *
     * @param type as SQL writes it
     */
    record Column(String name, String type) {}

    /**
     * A refusal.
     *
     * @param reason what kind of thing is wrong
     * @param message DuckDB's
     * @param offset where in the SELECT, in bytes, where DuckDB says
     * @param length how many bytes are meant; 0 where that is not known
     */
    record Refused(Reason reason, String message, Optional<Long> offset, long length) implements Bound {}

    /** What kind of thing is wrong. */
    enum Reason {
        /** A column is not there, or is there twice. */
        COLUMN,
        /** A function is not there. */
        NO_FUNCTION,
        /** A file or what is in it. */
        FILE,
        /** Anything else, such as types that do not fit. */
        OTHER
    }
}
