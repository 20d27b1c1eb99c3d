package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which comments say what a column holds. */
final class ColumnCommentsTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        PARSER.close();
    }

    /** The comments of one feature view. */
    private Map<String, String> comments(String sql) {
        Project project = new ProjectFolder(directory, PARSER)
                .write("sources/loans.sql", "SELECT 1 AS id, 2 AS amount")
                .write("features/view.sql", "-- @entity id\n" + sql)
                .read();
        return project.featureViews().getFirst().file().comments();
    }

    @Test
    void standAtTheTopWithTheNameOfTheirColumn() {
        assertEquals(
                Map.of(
                        "age", "whole years; null for a date in the future",
                        "years_on_the_job", "whole years; null for a date in the future",
                        "flag \"own\" car", "0 or 1"),
                comments("""
                -- One row per loan: what was known of the customer.
                --
                -- AGE, years_on_the_job:  whole years;
                --     null for a date in the future
                -- "flag ""own"" car": 0 or 1
                -- no continuation
                --
                --     and none of these either
                -- Left out: nothing.
                SELECT id FROM loans
                """));
    }

    @Test
    void standAtTheEndOfTheLineOfTheirColumn() {
        assertEquals(
                Map.of(
                        "id",
                        "the customer",
                        "amount",
                        "in thousands",
                        "twice",
                        "times two",
                        "Total Amount".toLowerCase(java.util.Locale.ROOT),
                        "of all",
                        "last",
                        "with no comma behind it"),
                comments("""
                WITH inner_list AS (
                    SELECT id, -- of another list
                        amount
                    FROM loans
                )
                SELECT -- of no column
                    id,   -- the customer
                    loans.amount, --in thousands
                    CASE
                        WHEN amount > 1 THEN 2 -- in the middle
                        ELSE 3
                    END AS no_comment,
                    amount -- in the middle
                        + 1 AS nor_this,
                    max(
                        amount, -- an argument
                        2
                    ),
                    1, 2 * amount AS twice, -- times two
                    -- of no column either
                    'a, -- text' AS quoted,
                    (SELECT sum(amount) FROM loans) AS "Total Amount", -- of all
                    id IS DISTINCT FROM amount AS differs, amount AS limit_,
                    mode() WITHIN GROUP (ORDER BY amount) /* , */ AS last -- with no comma behind it
                FROM inner_list AS loans -- not here
                GROUP BY ALL -- nor here
                """));
    }

    @Test
    void standBeforeLeadingCommasAndBesideLeadingAliases() {
        assertEquals(Map.of("id", "one", "amount", "two", "plus", "three"), comments("""
                FROM loans
                SELECT id -- one
                    , amount::INTEGER AS amount -- two
                    , plus: amount + 1 -- three
                """));
    }

    /** Whoever writes both means the one at the top for readers, the other for the SQL. */
    @Test
    void atTheTopGoBeforeThoseOnALine() {
        assertEquals(Map.of("amount", "of the loan"), comments("""
                -- amount: of the loan
                SELECT id, amount -- exact sums
                FROM loans
                """));
    }

    @Test
    void comeFromWhatAFileReadsUnlessItSaysOtherwise() {
        Project project = new ProjectFolder(directory, PARSER)
                .write("sources/loans.sql", """
                SELECT
                    1 AS id, -- the customer
                    2 AS amount, -- in thousands
                    3 AS status -- 1: it went bad
                """)
                .write("features/history.sql", """
                -- amount: of the newest loan
                -- @entity id
                SELECT * FROM loans
                """)
                .write("features/profile.sql", """
                -- Age: whole years
                -- @entity id
                SELECT id, 4 AS age FROM loans
                """)
                .write("models/risk.sql", """
                -- @entity id
                -- @label status
                SELECT id, amount, age, -- years since birth
                    status
                FROM history JOIN profile USING (id)
                """)
                .read();
        SqlFile model = project.models().getFirst().file();
        assertEquals(Optional.of("of the newest loan"), model.comment("amount"));
        assertEquals(Optional.of("years since birth"), model.comment("AGE"));
        assertEquals(Optional.of("the customer"), model.comment("id"));
        assertEquals(Optional.of("1: it went bad"), model.comment("status"));
        assertEquals(Optional.empty(), model.comment("none"));
    }
}
