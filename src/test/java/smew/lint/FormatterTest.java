package smew.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FormatterTest {

    private static Formatter formatter;

    @BeforeAll
    static void open() {
        formatter = new Formatter();
    }

    @AfterAll
    static void close() {
        formatter.close();
    }

    private static String format(String sql) {
        return switch (formatter.format(sql)) {
            case Formatted.Same _ -> sql;
            case Formatted.Changed changed -> changed.text();
            case Formatted.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static void formats(String sql, String expected) {
        assertEquals(expected, format(sql));
        assertEquals(expected, format(expected), "laid out again");
    }

    @Test
    void theSampleIsLaidOutAlready() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("sql"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".sql")).toList()) {
                assertInstanceOf(Formatted.Same.class, formatter.format(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void writesKeywordsInCapitalsAndNamesAsTheyAre() {
        formats(
                "select Id as Select_, left(name,3) l, replace(x,'a','b') from Loans as \"order\" where Date>date '2020-01-01' and first is not null",
                "SELECT Id AS Select_, left(name, 3) l, replace(x, 'a', 'b') FROM Loans AS \"order\" WHERE Date > DATE '2020-01-01' AND first IS NOT NULL\n"
                        .replace(" FROM Loans", "\nFROM Loans")
                        .replace(" WHERE", "\nWHERE"));
    }

    @Test
    void breaksQueriesThatAreTooLongByClauseAndColumn() {
        formats(
                "select customer_number, sum(amount) over (partition by customer_number order by day rows between unbounded preceding"
                        + " and 1 preceding exclude ties) as amount_before from loans left join customers using (customer_number) where"
                        + " amount>0 and day between date '2020-01-01' and date '2020-12-31' and customer_number not in (select id from strangers)",
                """
                SELECT
                    customer_number,
                    sum(amount) OVER (
                        PARTITION BY customer_number
                        ORDER BY day
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING EXCLUDE TIES
                    ) AS amount_before
                FROM loans
                LEFT JOIN customers USING (customer_number)
                WHERE amount > 0
                    AND day BETWEEN DATE '2020-01-01' AND DATE '2020-12-31'
                    AND customer_number NOT IN (SELECT id FROM strangers)
                """);
    }

    @Test
    void keepsWhatTheAuthorBrokeAndIndentsIt() {
        formats("""
                WITH a AS (
                SELECT * FROM t -- all
                  WHERE x=1 OR
                  y = 2
                )
                SELECT a
                     , b -- the b
                     , CASE WHEN a=1
                     THEN 2 ELSE 3
                     END c
                FROM a
                """, """
                WITH a AS (
                    SELECT *
                    FROM t -- all
                    WHERE x = 1
                        OR y = 2
                )

                SELECT
                    a,
                    b,  -- the b
                    CASE WHEN a = 1
                            THEN 2 ELSE 3
                    END c
                FROM a
                """);
    }

    @Test
    void closesBracketsAsItOpensThem() {
        formats("SELECT a, (SELECT 1\n) AS one\nFROM t\n", "SELECT a, (\n    SELECT 1\n) AS one\nFROM t\n");
    }

    @Test
    void leavesTheCommentAtTheTopToTheByte() {
        String top = "--  odd   spacing \n--@entity   id\n\n/* and a block */   \n";
        formats(top + "select id from t", top + "SELECT id FROM t\n");
    }

    @Test
    void knowsWhatDuckDbHasBeyondOtherSql() {
        for (String sql : List.of(
                "SELECT list_transform([1, 2], lambda x: x + 1) AS l, {'a': 1, 'b': [1, 2]}['a'] AS s, x[1:2] AS p FROM t",
                "SELECT * EXCLUDE (a) REPLACE (b + 1 AS b) FROM t",
                "FROM t SELECT a::DECIMAL(18, 2), -a AS minus, a - -1, 1e-5, .5, 1_000",
                "SELECT max(a) FILTER (WHERE b > 0) FROM t GROUP BY ALL QUALIFY row_number() OVER (ORDER BY a) = 1",
                "SELECT a FROM t ASOF JOIN u ON t.a >= u.a POSITIONAL JOIN v",
                "SELECT COLUMNS('a.*'), COLUMNS(c -> c LIKE 'b%') FROM t USING SAMPLE 10 ROWS",
                "SELECT e'it\\'s', $$ raw -- text $$, 'it''s', \"odd\"\"name\" FROM t",
                "SELECT a FROM read_csv(getvariable('loans'), header = true, types = {'a': 'BIGINT'})",
                "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (n, s) WHERE n IN (1, 2) AND s IS NOT DISTINCT FROM 'a'",
                "SELECT string_agg(a, ',' ORDER BY b DESC NULLS LAST), extract(year FROM day), INTERVAL 3 DAY FROM t",
                "SELECT CAST(a AS VARCHAR), TRY_CAST(b AS INTEGER), a -> '$.x', a ->> 'y', NOT a, a ** 2, a // 3 FROM t")) {
            formats(sql, sql + "\n");
        }
    }

    @Test
    void keepsCommentsWhereverTheyStand() {
        String sql = format(
                "select a -- one\n, /* two */ b, -- three\n-- four\nc from t -- five\nwhere -- six\nx = 1 and ( -- seven\ny)\n-- eight\n;-- nine");
        for (String comment : List.of("one", "/* two */", "three", "four", "five", "six", "seven", "eight", "nine")) {
            assertEquals(
                    2,
                    sql.split(comment.startsWith("/") ? " two " : "-- " + comment, -1).length,
                    comment + " in\n" + sql);
        }
        assertEquals(sql, format(sql));
    }

    @Test
    void alignsCommentsOfOneListThatAreNot() {
        formats(
                "SELECT\n    a, -- one\n    longer,     -- two\n    b\nFROM t\n",
                "SELECT\n    a,       -- one\n    longer,  -- two\n    b\nFROM t\n");
        formats(
                "SELECT\n    a,       -- one\n    longer   -- two\nFROM t\n",
                "SELECT\n    a,       -- one\n    longer   -- two\nFROM t\n");
    }

    @Test
    void keepsLineEndsOfWindowsAndTheMarkOfUtf8() {
        assertEquals("\uFEFF-- top\r\nSELECT a\r\nFROM t\r\n", format("\uFEFF-- top\r\nselect a\r\nfrom t\r\n"));
    }

    @Test
    void leavesAloneWhatDuckDbCannotParse() {
        Formatted.Refused refused =
                assertInstanceOf(Formatted.Refused.class, formatter.format("-- x\nSELECT a FROM (\n"));
        assertTrue(refused.reason().contains("DuckDB cannot parse this"), refused::toString);
        assertEquals(2, refused.place().line());
        assertInstanceOf(Formatted.Refused.class, formatter.format("-- only a comment\n"));
    }

    @Test
    void neverMeansAnythingElse() {
        // A word that is a keyword elsewhere, as a name wherever DuckDB allows one.
        for (String word : List.of(
                "range",
                "rows",
                "filter",
                "exclude",
                "current",
                "row",
                "first",
                "date",
                "values",
                "interval",
                "over",
                "recursive",
                "replace",
                "partition",
                "by",
                "sample",
                "ties",
                "groups",
                "semi",
                "like",
                "between",
                "escape",
                "left")) {
            for (String sql : List.of(
                    "select t.%s, \"%s\", x as %s from t",
                    "select %s from t",
                    "select %s (a) from t",
                    "select 1 from t order by %s desc",
                    "select a from %s",
                    "select a %s from t",
                    "with %s as (select 1) select * from %s")) {
                String written = sql.replace("%s", word);
                assertTrue(
                        !(formatter.format(written) instanceof Formatted.Refused refused)
                                || refused.reason().contains("cannot parse"),
                        written);
            }
        }
    }
}
