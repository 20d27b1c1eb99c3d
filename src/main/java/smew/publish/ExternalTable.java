package smew.publish;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import smew.release.Manifest;

/**
 * The statements that make the Parquet folder of a feature view a table of Athena or Hive. There are no partitions, so nothing has
 * to be repaired or crawled: a new release is a new LOCATION.
 */
record ExternalTable(ReleasedViews release, Manifest.View view, String database) {

    /** A property of every table made here; what lacks it belongs to somebody else. */
    static final String MARK = "smew.view";

    private static final String RELEASES = "smew_release";
    private static final Dialect DDL = Dialect.HIVE;

    static String createDatabase(String database) {
        return "CREATE DATABASE IF NOT EXISTS " + DDL.name(database);
    }

    /** As a person calls it. */
    String name() {
        return database + "." + view.name();
    }

    String create() {
        String columns = ColumnTypes.hive(view).stream()
                .map(column -> "    " + DDL.name(column.name()) + " " + column.type())
                .collect(joining(",\n"));
        return "CREATE EXTERNAL TABLE IF NOT EXISTS " + table() + " (\n" + columns + "\n)\nSTORED AS PARQUET\nLOCATION "
                + DDL.text(release.folder(view)) + "\nTBLPROPERTIES (" + DDL.text(MARK) + " = "
                + DDL.text(view.name()) + ")";
    }

    /** Readers see the old files or the new ones; the view of newest rows reads the table, and moves with it. */
    String move() {
        return "ALTER TABLE " + table() + " SET LOCATION " + DDL.text(release.folder(view));
    }

    String drop() {
        return "DROP TABLE IF EXISTS " + table();
    }

    String latest(Dialect dialect) {
        return "CREATE OR REPLACE VIEW " + dialect.name(database, LatestView.name(view.name())) + " AS\n"
                + LatestView.select(dialect, dialect.name(database, view.name()), view);
    }

    /** The view that names the release, with the columns that it has in every warehouse. */
    static String releaseView(Dialect dialect, ReleasedViews release, String database) {
        return "CREATE OR REPLACE VIEW " + dialect.name(database, RELEASES) + " AS\nSELECT "
                + dialect.text(release.release()) + " AS id, " + RedshiftTable.moment(release) + " AS created, DATE "
                + dialect.text(release.asOf().toString()) + " AS as_of";
    }

    /** Everything for a database that may hold these tables already, each statement ended by a semicolon. */
    static String script(Dialect views, ReleasedViews release, String database) {
        Stream<String> tables = release.views().stream()
                .map(view -> new ExternalTable(release, view, database))
                .flatMap(table -> Stream.of(table.create(), table.move(), table.latest(views)));
        List<Stream<String>> parts =
                List.of(Stream.of(createDatabase(database)), tables, Stream.of(releaseView(views, release, database)));
        return parts.stream().flatMap(part -> part).collect(joining(";\n\n", "", ";\n"));
    }

    private String table() {
        return DDL.name(database, view.name());
    }
}
