package smew.duck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.duck.ColumnOrigins.TableColumn;

/** Where columns come from, in every shape of SQL that analysts write. */
final class ColumnOriginsTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "lineage");

    private static Duck duck;

    @BeforeAll
    static void open() {
        duck = Duck.inMemory(Duck.Limits.NONE);
        duck.execute("CREATE TABLE loans (loan_id BIGINT, id BIGINT, d DATE, amount DOUBLE, tags VARCHAR[])", ORIGIN);
        duck.execute("CREATE TABLE cust (id BIGINT, name VARCHAR)", ORIGIN);
        duck.execute("CREATE TABLE \"odd \"\"name\" (\"a,b\" INTEGER)", ORIGIN);
        duck.variable("as_of", LocalDate.of(2021, 9, 17));
    }

    @AfterAll
    static void close() {
        duck.close();
    }

    /** Columns apart by a bar: {@code loans.id+loans.d | - | ?}, where - is nothing and ? what is not known. */
    private static String origins(String sql) {
        return ColumnOrigins.of(duck, sql)
                .map(columns -> columns.stream().map(ColumnOriginsTest::shown).collect(Collectors.joining(" | ")))
                .orElse("unknown");
    }

    private static String shown(Optional<SortedSet<TableColumn>> from) {
        return from.map(columns -> columns.isEmpty()
                        ? "-"
                        : columns.stream()
                                .map(column -> column.table() + "." + column.column())
                                .collect(Collectors.joining("+")))
                .orElse("?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT id, amount * 2 AS x, 1 AS one, getvariable('as_of') - d AS age FROM loans;"
                        + " loans.id | loans.amount | - | loans.d",
                "SELECT * EXCLUDE (d, tags) FROM loans; loans.loan_id | loans.id | loans.amount",
                "FROM cust; cust.id | cust.name",
                "SELECT l.amount, c.name FROM loans l JOIN cust c USING (id) WHERE d > DATE '2020-01-01';"
                        + " loans.amount | cust.name",
                "SELECT sum(amount) OVER (PARTITION BY id ORDER BY d) AS s FROM loans; loans.amount+loans.d+loans.id",
                "SELECT row_number() OVER w AS n FROM loans WINDOW w AS (ORDER BY d) QUALIFY n = 1; loans.d",
                "SELECT id, count(*) AS n, sum(amount) FILTER (d IS NULL) AS f FROM loans GROUP BY id HAVING n > 1;"
                        + " loans.id | - | loans.amount+loans.d",
                "SELECT id, grouping(id) AS g FROM loans GROUP BY ROLLUP (id); loans.id | loans.id",
                "WITH a AS (SELECT id, amount + 1 AS x FROM loans), b AS (SELECT id, x * 2 AS y FROM a) SELECT y FROM b;"
                        + " loans.amount",
                "WITH a AS MATERIALIZED (SELECT d, amount FROM loans) SELECT a.amount, z.d FROM a, a AS z;"
                        + " loans.amount | loans.d",
                "SELECT id FROM loans UNION ALL SELECT id FROM cust; cust.id+loans.id",
                "SELECT id FROM loans EXCEPT SELECT id FROM cust ORDER BY 1; cust.id+loans.id",
                "SELECT id, (SELECT max(amount) FROM loans l WHERE l.id = c.id) AS most FROM cust c; cust.id | loans.amount",
                "SELECT id IN (SELECT id FROM loans) AS has FROM cust; cust.id+loans.id",
                "SELECT CASE WHEN d IS NULL THEN amount ELSE 0 END AS x FROM loans; loans.amount+loans.d",
                "SELECT c.name, l.d FROM loans l ASOF JOIN (SELECT id, DATE '2020-01-01' AS d, name FROM cust) c"
                        + " ON l.id = c.id AND l.d >= c.d; cust.name | loans.d",
                "SELECT x.name FROM loans l, LATERAL (SELECT name FROM cust c WHERE c.id = l.id LIMIT 1) x; cust.name",
                "SELECT c.name FROM cust c SEMI JOIN loans l USING (id); cust.name",
                "SELECT c.name, l.d FROM loans l FULL JOIN cust c USING (id); cust.name | loans.d",
                "SELECT unnest(tags) AS tag, id FROM loans; loans.tags | loans.id",
                "SELECT list_transform(tags, lambda t: t || amount) AS t FROM loans; loans.amount+loans.tags",
                "SELECT s.a FROM (SELECT {'a': amount} AS s FROM loans); loans.amount",
                "SELECT DISTINCT ON (id) id, amount FROM loans ORDER BY id, d; loans.id | loans.amount",
                "SELECT v.a, c.id FROM (VALUES (1), (2)) v(a), cust c; - | cust.id",
                "SELECT r.range, c.id FROM range(3) r, cust c; - | cust.id",
                "SELECT \"a,b\" FROM \"odd \"\"name\"; 'odd \"name.a,b'",
                "PIVOT (SELECT id, name FROM cust) ON name IN ('x') USING count(*); cust.id | cust.name",
                "SELECT id FROM loans USING SAMPLE 10%; loans.id",
                "SELECT id FROM (SELECT id, d FROM loans ORDER BY d LIMIT 10); loans.id",
                "WITH RECURSIVE r(n, x) AS (SELECT id, amount FROM loans UNION ALL SELECT x::BIGINT, amount FROM r, loans)"
                        + " SELECT n, x FROM r; loans.amount+loans.id | loans.amount"
            })
    void valuesComeFromWhatTheBinderSays(String sql, String expected) {
        assertEquals(expected, origins(sql));
    }

    /** The rows of a function that reads columns: it could make anything of them. */
    @Test
    void whatCannotBeToldIsNotGuessed() {
        assertEquals("? | loans.id", origins("SELECT u.x, l.id FROM loans l, unnest(l.tags) u(x)"));
        assertEquals("unknown", origins("SELECT nothing FROM loans"));
        assertEquals("unknown", origins("SELECT id FRM loans"));
        assertEquals("unknown", origins("SELECT id FROM missing"));
        assertEquals("", origins("INSERT INTO cust VALUES (1, 'x')"));
    }
}
