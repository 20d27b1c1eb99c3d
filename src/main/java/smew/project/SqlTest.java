package smew.project;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One test of SQL: relations with a few rows, the rows expected of them, and the query that has to give these. Its file is one
 * SELECT whose CTEs stand for the relations of their names, but for {@code expected}.
 *
 * @param ctes the text of the file up to its last query, so that lines stay where they are
 * @param query where that starts, from line 1
 * @param given relations whose rows the test brings
 * @param expected the line of the CTE with the expected rows
 * @param run relations that are run from their own SQL over these, each after those it reads
 * @param asOf what is today; empty where nothing asks for it
 * @param tolerance by what share of them floating-point numbers may differ
 */
public record SqlTest(
        SqlFile file,
        String ctes,
        int query,
        List<Given> given,
        int expected,
        List<Relation> run,
        Optional<LocalDate> asOf,
        double tolerance) {

    /** What the CTE of expected rows is called. */
    public static final String EXPECTED = "expected";

    static final double TOLERANCE = 1e-6;

    public SqlTest {
        given = List.copyOf(given);
        run = List.copyOf(run);
    }

    public String name() {
        return file.name();
    }

    /**
     * A relation whose rows the test brings.
     *
     * @param line of its CTE, from 1
     */
    public record Given(String name, int line) {}

    /** A line of the file as a person looks for it. */
    public String where(int line) {
        return file.path() + ":" + line;
    }
}
