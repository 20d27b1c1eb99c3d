package smew.publish;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.UnaryOperator;
import smew.release.Manifest;
import smew.release.Newest;

/**
 * The newest row of each entity, by the order of {@link Newest}, in SQL that Redshift, Athena, Hive and DuckDB read: a window in a
 * derived table, because QUALIFY is written differently in each, or is missing.
 */
final class LatestView {

    private LatestView() {}

    /** Its name beside the table of the view. */
    static String name(String view) {
        return "latest_" + view;
    }

    /**
     * The SELECT.
     *
     * @param table as the dialect writes it
     */
    static String select(Dialect dialect, String table, Manifest.View view) {
        UnaryOperator<String> quote = dialect::name;
        List<String> columns =
                view.columns().stream().map(Manifest.Column::name).toList();
        String all = columns.stream().map(quote).collect(joining(", "));
        if (view.time().isEmpty()) {
            return "SELECT " + all + "\nFROM " + table;
        }
        String place = quote.apply(free("newest", columns));
        String partition = view.entity().stream().map(quote).collect(joining(", "));
        String newestFirst = Newest.deciding(view.entity(), view.time(), columns)
                .map(column -> quote.apply(column) + " DESC NULLS FIRST")
                .collect(joining(", "));
        return "SELECT " + all + "\nFROM (SELECT " + all + ", row_number() OVER (PARTITION BY " + partition
                + " ORDER BY " + newestFirst + ") AS " + place + " FROM " + table + ") numbered\nWHERE " + place
                + " = 1";
    }

    /** A name that no column has. */
    private static String free(String wanted, List<String> columns) {
        String name = wanted;
        while (columns.stream().anyMatch(name::equalsIgnoreCase)) {
            name += "_";
        }
        return name;
    }
}
