package smew.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Manifest;
import smew.release.Newest;

/** The statements, run by DuckDB as far as it speaks the same SQL. */
final class StatementsTest {

    private static final Origin TEST = Origin.engine("Testing", "statements");

    private static final Manifest.View ODD = new Manifest.View(
            "odd",
            List.of("an \"id\" of"),
            List.of("at; DROP TABLE odd"),
            6,
            3,
            1,
            List.of(
                    new Manifest.Column("an \"id\" of", "INTEGER"),
                    new Manifest.Column("at; DROP TABLE odd", "TIMESTAMP"),
                    new Manifest.Column("newest", "DOUBLE"),
                    new Manifest.Column("it's", "VARCHAR")));

    private static final String ROWS = """
            SELECT * FROM (VALUES
                (1, TIMESTAMP '2020-01-01', 1.5::DOUBLE, 'a'),
                (1, TIMESTAMP '2020-01-02', 1.5::DOUBLE, 'a'),
                (1, TIMESTAMP '2020-01-02', 1.5::DOUBLE, 'b'),
                (2, NULL, NULL, NULL),
                (2, TIMESTAMP '2020-01-02', 2.5::DOUBLE, NULL),
                (3, TIMESTAMP '2020-01-02', NULL, 'x')
            ) AS rows("an ""id"" of", "at; DROP TABLE odd", newest, "it's")""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theNewestRowsAreThoseOfTheWarehouse(Dialect dialect) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute("CREATE TABLE odd AS " + ROWS, TEST);
            List<String> columns =
                    ODD.columns().stream().map(Manifest.Column::name).toList();
            String here = Newest.select("odd", ODD.entity(), ODD.time(), columns);
            String there = LatestView.select(dialect, "odd", ODD);
            // DuckDB reads no backticks.
            String read = dialect == Dialect.HIVE ? duckQuotes(there) : there;
            assertEquals(rows(duck, here), rows(duck, read));
            assertEquals(3, rows(duck, read).size());
        }
    }

    private static String duckQuotes(String hive) {
        return hive.replace("\"", "\"\"").replace('`', '"');
    }

    private static List<String> rows(Duck duck, String select) {
        return duck.texts("SELECT found::VARCHAR FROM (" + select + ") found ORDER BY 1", TEST);
    }

    @Test
    void withoutEventTimeEveryRowIsTheNewest() {
        assertEquals(
                "SELECT \"id\", \"town\", \"is_owner\"\nFROM t",
                LatestView.select(Dialect.TRINO, "t", Examples.PROFILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's", "back\\slash", "'; DROP TABLE x; --", "\\'; DROP TABLE x; --", "\\\\''"})
    void noTextEndsItsQuotes(String text) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            assertEquals(List.of(text), duck.texts("SELECT " + Dialect.TRINO.text(text), TEST));
            // DuckDB's E'' reads backslashes and doubled quotes as Redshift and Hive do.
            assertEquals(List.of(text), duck.texts("SELECT E" + Dialect.REDSHIFT.text(text), TEST));
            assertEquals(List.of(text), duck.texts("SELECT E" + Dialect.HIVE.text(text), TEST));
        }
    }

    @Test
    void theBatchOfRedshiftSwapsAndNamesTheRelease() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute("CREATE SCHEMA public", TEST);
            duck.execute("CREATE TABLE public.odd AS SELECT 'old' AS state", TEST);
            String parquet = Duck.literal(folder.resolve("odd.parquet").toString());
            duck.execute("COPY (" + ROWS + ") TO " + parquet + " (FORMAT parquet)", TEST);
            RedshiftTable table = new RedshiftTable(Examples.release(ODD), ODD, Examples.REDSHIFT);
            for (int twice = 0; twice < 2; twice++) {
                duck.execute("BEGIN", TEST);
                table.steps().forEach(step -> runAsDuck(duck, step.sql(), parquet));
                duck.execute("COMMIT", TEST);
            }
            assertEquals(6, duck.count("SELECT count(*) FROM public.odd", TEST));
            assertEquals(3, duck.count("SELECT count(*) FROM public.latest_odd", TEST));
            assertEquals(
                    List.of("odd 20261123T171549.239Z-648fb3eec821 2026-11-23 17:15:49.239 2026-11-23"),
                    duck.texts("SELECT concat_ws(' ', table_name, id, created, as_of) FROM public.smew_release", TEST));
            assertEquals(
                    List.of("latest_odd", "odd", "smew_release"),
                    duck.texts(
                            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
                            TEST));
        }
    }

    private static void runAsDuck(Duck duck, String sql, String parquet) {
        String staging = Dialect.REDSHIFT.name("public", "smew_staging_odd");
        if (sql.startsWith("COPY ")) {
            assertTrue(
                    sql.startsWith("COPY " + staging + "\nFROM 's3://lake/smew/releases/20261123T171549.239Z-"), sql);
            duck.execute("INSERT INTO " + staging + " FROM read_parquet(" + parquet + ")", TEST);
        } else if (sql.startsWith("SELECT 1 / ")) {
            assertEquals(1, duck.count(sql, TEST));
            // DuckDB divides by zero without an error, into infinity.
            assertEquals(
                    1,
                    duck.count(
                            "SELECT count(*) FROM (" + sql.replace("= 6 ", "= 7 ")
                                    + ") WHERE NOT isfinite(all_rows_are_there)",
                            TEST));
        } else {
            duck.execute(sql.replace("\nWITH NO SCHEMA BINDING", ""), TEST);
        }
    }
}
