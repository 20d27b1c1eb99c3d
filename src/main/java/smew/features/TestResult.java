package smew.features;

import java.util.List;
import java.util.Optional;

/**
 * What one test of SQL gave.
 *
 * @param path of its file
 * @param milliseconds that it took
 * @param failure empty where it passed
 */
public record TestResult(String name, String path, double milliseconds, Optional<Failure> failure) {

    /**
     * Why it failed.
     *
     * @param where file and line to look at
     * @param text what was found and what to do
     * @param columns that were compared; empty where it did not come to that
     * @param rows the first that are missing or unexpected, those alike beside each other
     */
    public record Failure(String where, String text, List<String> columns, List<Row> rows) {
        public Failure {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row that only one side has.
     *
     * @param missing whether it was expected and not given; otherwise it was given and not expected
     */
    public record Row(boolean missing, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public boolean passed() {
        return failure.isEmpty();
    }
}
