package smew.publish;

import static java.util.stream.Collectors.joining;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Manifest;

/**
 * The statements that load one feature view. They run as one transaction: readers see the old table or the new one, and after a
 * failure the old one. All of them can be rolled back in Redshift; TRUNCATE and ALTER TABLE APPEND, which commit, are not among
 * them.
 */
record RedshiftTable(ReleasedViews release, Manifest.View view, Destination.Redshift into) {

    /** The table that names the release of each table. */
    static final String RELEASES = "smew_release";

    private static final Dialect SQL = Dialect.REDSHIFT;
    private static final String STAGING = "smew_staging_";

    /** The longest name in Redshift is 127 bytes, and the names made here are longer than the view's by up to 13. */
    private static final int NAME_LENGTH = 127 - STAGING.length();

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    RedshiftTable {
        if (view.name().length() > NAME_LENGTH) {
            throw new SmewException(
                    Fault.DATA,
                    "Publishing feature view " + view.name()
                            + " to Redshift: names there are shorter than this one. Rename" + " its file to at most "
                            + NAME_LENGTH + " characters.");
        }
    }

    /**
     * One statement.
     *
     * @param doing what to say if it fails, such as {@code replacing the table}
     */
    record Step(String doing, String sql) {}

    /** As a person calls it. */
    String name() {
        return into.schema() + "." + view.name();
    }

    List<Step> steps() {
        String table = SQL.name(into.schema(), view.name());
        String staging = SQL.name(into.schema(), STAGING + view.name());
        String latest = SQL.name(into.schema(), LatestView.name(view.name()));
        String columns = ColumnTypes.redshift(view).stream()
                .map(column -> "    " + SQL.name(column.name()) + " " + column.type())
                .collect(joining(",\n"));
        String folder = release.folder(view);
        return List.of(
                new Step("clearing the staging table", "DROP TABLE IF EXISTS " + staging),
                new Step("creating the staging table", "CREATE TABLE " + staging + " (\n" + columns + "\n)"),
                new Step(
                        "loading " + folder,
                        "COPY " + staging + "\nFROM " + SQL.text(folder) + "\nIAM_ROLE " + role()
                                + "\nFORMAT AS PARQUET"),
                // Nothing else in SQL ends a transaction if a number is not what it should be.
                new Step(
                        COUNTING,
                        "SELECT 1 / CASE WHEN count(*) = " + view.rows()
                                + " THEN 1 ELSE 0 END AS all_rows_are_there\nFROM " + staging),
                new Step("dropping the view of newest rows", "DROP VIEW IF EXISTS " + latest),
                new Step("dropping the old table", "DROP TABLE IF EXISTS " + table),
                new Step("naming the new table", "ALTER TABLE " + staging + " RENAME TO " + SQL.name(view.name())),
                // Bound to no schema, a view of this kind is not in the way when its table is replaced.
                new Step(
                        "creating the view of newest rows",
                        "CREATE VIEW " + latest + " AS\n" + LatestView.select(SQL, table, view)
                                + "\nWITH NO SCHEMA BINDING"),
                new Step("creating " + RELEASES, createReleases()),
                new Step("clearing " + RELEASES, "DELETE FROM " + releases() + " WHERE table_name = " + literal()),
                new Step("writing " + RELEASES, insertRelease()));
    }

    /** The step that fails when COPY loaded another number of rows than the release has. */
    static final String COUNTING = "counting the loaded rows";

    private String role() {
        return into.iamRole().equals("default") ? "default" : SQL.text(into.iamRole());
    }

    private String releases() {
        return SQL.name(into.schema(), RELEASES);
    }

    private String literal() {
        return SQL.text(view.name());
    }

    private String createReleases() {
        return "CREATE TABLE IF NOT EXISTS " + releases()
                + " (table_name VARCHAR(127), id VARCHAR(64), created TIMESTAMP, as_of DATE)";
    }

    private String insertRelease() {
        return "INSERT INTO " + releases() + " VALUES (" + literal() + ", " + SQL.text(release.release()) + ", "
                + moment(release) + ", DATE " + SQL.text(release.asOf().toString()) + ")";
    }

    /** When the release was made, in UTC, as Redshift, Athena and Hive read it. */
    static String moment(ReleasedViews release) {
        return "TIMESTAMP '" + MOMENT.format(release.created()) + "'";
    }
}
