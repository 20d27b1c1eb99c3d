package smew.project;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample project at the root of the repository, run by a bare DuckDB. */
final class SampleProjectTest {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path DATA = Path.of("sample-data", "loans.csv.gz");

    private static Project project;
    private static Connection duck;

    @TempDir
    Path directory;

    @BeforeAll
    static void readAndRun() throws SQLException {
        try (DuckParser parser = new DuckParser()) {
            project = Project.read(ROOT, parser);
        }
        duck = DriverManager.getConnection("jdbc:duckdb:");
        execute("SET VARIABLE as_of = DATE '2021-09-17'");
        execute("SET VARIABLE loans = '" + ROOT.resolve(DATA) + "'");
        for (Relation relation : project.relations()) {
            if (!(relation instanceof Relation.Check)) {
                execute("CREATE TABLE " + relation.name() + " AS ("
                        + relation.file().sql() + ")");
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    @Test
    void ordersSourcesViewsModelAndChecks() {
        assertEquals(
                List.of(
                        "loans",
                        "credit_history",
                        "customer_profile",
                        "credit_risk",
                        "history_is_complete",
                        "loans_are_unique",
                        "values_are_plausible"),
                project.relations().stream().map(Relation::name).toList());
        assertTrue(project.relations().stream()
                .allMatch(relation -> relation.file().description().startsWith("One row per ")));
    }

    @Test
    void declaresEntityTimeAndLabel() {
        assertEquals(
                Map.of("loans", "sample-data/loans.csv.gz"),
                project.sources().getFirst().inputs());
        Relation.Model model = project.models().getFirst();
        assertEquals(List.of("credit_history", "customer_profile"), model.file().reads());
        assertEquals(List.of("id"), model.entity());
        assertEquals(List.of("loan_date", "loan_number"), model.time());
        assertEquals("status", model.label());
        assertEquals(Optional.of("1"), model.positive());
        assertEquals("random-forest", model.algorithm().name());
        assertEquals(Optional.of(new Relation.Split(Relation.SplitBy.ENTITY, 0.3)), model.split());
        assertEquals(
                List.of(Relation.Severity.ERROR, Relation.Severity.ERROR, Relation.Severity.WARN),
                project.checks().stream().map(Relation.Check::severity).toList());
    }

    @Test
    void showsHowATestAndRulesAreWritten() {
        assertEquals(
                List.of("earlier_loans_are_counted"),
                project.tests().stream().map(SqlTest::name).toList());
        assertEquals(
                List.of("@not-null", "@accepted", "@range", "@unique", "@range"),
                project.relations().stream()
                        .flatMap(relation -> relation.declaredChecks().stream())
                        .map(check -> check.written().text().split(" ")[0])
                        .toList());
    }

    @Test
    void passesItsOwnChecks() throws SQLException {
        for (Relation.Check check : project.checks()) {
            assertEquals("0", one("SELECT count(*) FROM (" + check.file().sql() + ")"), check.name());
        }
    }

    @Test
    void computesTheHistoryAsAPlainSelfJoinDoes() throws SQLException {
        assertEquals("0", one("""
                SELECT count(*)
                FROM credit_history AS history JOIN (
                    SELECT loan.loan_id, avg(earlier.loan_amount) AS average,
                        count(earlier.loan_id) AS earlier_days,
                        (SELECT count(*) FROM loans AS same WHERE same.id = loan.id AND same.loan_date = loan.loan_date
                            AND same.file_row < loan.file_row) AS same_day
                    FROM loans AS loan LEFT JOIN loans AS earlier
                        ON earlier.id = loan.id AND earlier.loan_date < loan.loan_date
                    GROUP BY loan.loan_id, loan.id, loan.loan_date, loan.file_row
                ) AS plain USING (loan_id)
                WHERE nb_previous_loans <> earlier_days + same_day
                    OR round(avg_amount_loans_previous, 6) IS DISTINCT FROM round(average, 6)"""));
    }

    @Test
    void seesNothingAfterTheAsOfDate() throws SQLException {
        execute("SET VARIABLE as_of = DATE '2019-06-30'");
        for (Relation.FeatureView view : project.featureViews()) {
            assertEquals(
                    "2019-06-30",
                    one("SELECT max(loan_date) FROM (" + view.file().sql() + ")"),
                    view.name());
        }
        execute("SET VARIABLE as_of = DATE '2021-09-17'");
    }

    @Test
    void givesTheSameFeaturesInWhateverOrderRowsAreStored() throws SQLException {
        execute("CREATE SCHEMA shuffled");
        execute("CREATE TABLE shuffled.loans AS FROM loans ORDER BY md5(loan_id::VARCHAR)");
        for (Relation.FeatureView view : project.featureViews()) {
            execute("USE shuffled");
            execute("CREATE TABLE " + view.name() + " AS (" + view.file().sql() + ")");
            execute("USE memory.main");
            String name = view.name();
            assertEquals(
                    "0", one("SELECT count(*) FROM (FROM " + name + " EXCEPT ALL FROM shuffled." + name + ")"), name);
        }
    }

    @Test
    void holdsWhatRealDataHolds() throws SQLException {
        assertEquals("40000 2000", one("SELECT count(*) || ' ' || count(DISTINCT id) FROM loans"));
        assertEquals("true", one("SELECT bool_or(id = 5008804) FROM loans"));
        assertEquals("true", one("SELECT avg(status) BETWEEN 0.03 AND 0.08 FROM loans"));
        assertEquals("true", one("SELECT avg((occupation_type IS NULL)::INTEGER) BETWEEN 0.2 AND 0.4 FROM loans"));
        assertEquals("true", one("SELECT count(*) > 1000 FROM loans WHERE year(job_start_date) = 3021"));
        assertEquals("true", one("SELECT count(*) - count(DISTINCT (id, loan_date)) > 500 FROM loans"));
        assertEquals(
                "true",
                one("SELECT bool_and(later) FROM (SELECT loan_date >= lag(loan_date, 1, loan_date) OVER"
                        + " (ORDER BY file_row) AS later FROM loans)"));
    }

    @Test
    void isMadeByItsSqlByteForByte() throws SQLException, IOException {
        String sql = Files.readString(ROOT.resolve("sample-data/loans.sql"));
        Path made = directory.resolve("loans.csv");
        execute("COPY (" + sql + ") TO '" + made + "' (FORMAT csv, HEADER)");
        try (GZIPInputStream committed = new GZIPInputStream(Files.newInputStream(ROOT.resolve(DATA)))) {
            assertArrayEquals(committed.readAllBytes(), Files.readAllBytes(made));
        }
        assertTrue(Files.size(ROOT.resolve(DATA)) < 2_000_000);
    }

    @Test
    void makesAnyNumberOfRows() throws SQLException, IOException {
        String sql = Files.readString(ROOT.resolve("sample-data/loans.sql"));
        for (String rows : List.of("1", "50", "1000")) {
            execute("SET VARIABLE rows = '" + rows + "'");
            assertEquals(rows + " 5008804", one("SELECT count(*) || ' ' || min(id) FROM (" + sql + ")"));
        }
        execute("RESET VARIABLE rows");
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(String sql) throws SQLException {
        try (Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
