package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Queries over HTTP. */
final class SqlBoxTest extends OnWarehouse {

    @Override
    SqlProcesses.Limits limits() {
        return SqlProcesses.Limits.DEFAULT;
    }

    @Test
    void answersRows() {
        Reply reply = ask("SELECT * FROM loans ORDER BY id LIMIT 2");
        System.err.println(reply.status() + reply.text());
        for (String sql : new String[] {
            "SELECT 1 AS a, 2 AS a, count(*), sum(amount) over (order by id rows between 1 preceding and current row), [x + 1 for x in [1,2]], {'a': 1}, city like 'Ł%', id between 1 and 2, id in (1,2), case when id = 1 then 2 end, id::varchar, try_cast(city as int), interval 1 day, date '2020-01-01', coalesce(id, 1), id is null, -id, not true, city || 'x', id // 2, 'nan'::double, current_date is null, list_transform([1,2], lambda x: x * 2), city[1:2], {'a': 1}.a, [1,2][1], extract(year from date '2020-01-01'), 5!, 2 ** 3, city ~ 'a', city ilike 'x', city not like 'y', city similar to 'x', x'AA' FROM loans group by all",
            "WITH a AS (SELECT * FROM loans), b AS MATERIALIZED (FROM a) SELECT * FROM b JOIN loans USING (id) WHERE EXISTS (SELECT 1 FROM a WHERE a.id = b.id) UNION ALL BY NAME SELECT * FROM latest_loans ORDER BY ALL LIMIT 10% OFFSET 1",
            "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 5) SELECT * FROM r",
            "FROM loans",
            "VALUES (1, 'a'), (2, 'b')",
            "DESCRIBE loans",
            "SUMMARIZE loans",
            "SHOW TABLES",
            "TABLE loans",
            "SELECT * FROM (PIVOT loans ON city IN ('a', 'b') USING sum(amount))",
            "SELECT * FROM loans UNPIVOT (v FOR n IN (amount))",
            "FROM (UNPIVOT loans ON amount)",
            "SELECT count(*) FILTER (WHERE id > 2), string_agg(city, ',' ORDER BY id), quantile_cont(amount, 0.5), any_value(city), list(id), histogram(id), arg_max(city, id) FROM main.loans",
            "SELECT row_number() over w, lag(id, 1) over w, rank() over w FROM loans WINDOW w AS (ORDER BY id) QUALIFY row_number() over w < 3",
            "SELECT * FROM range(3), unnest([1,2]) u, generate_series(1,2) g(x)",
            "SELECT unnest([1,2]), unnest({'a':1})",
            "SELECT * FROM json_each('{\"a\":1}')",
            "SELECT '{\"a\":1}'::json->>'a'",
            "SELECT grouping(city), count(*) FROM loans GROUP BY ROLLUP (city)",
            "SELECT * EXCLUDE (id) REPLACE (1 AS amount) FROM loans",
            "SELECT COLUMNS('a.*') FROM loans",
            "SELECT #1 FROM loans",
            "SELECT DISTINCT ON (id) * FROM loans ORDER BY id DESC NULLS LAST",
            "SELECT * FROM loans TABLESAMPLE 2 ROWS",
            "SELECT * FROM loans ASOF JOIN (SELECT 1 AS id) b USING (id)",
            "SELECT * FROM loans a, LATERAL (SELECT a.id + 1) b",
            "SELECT (SELECT max(id) FROM loans), ANY_VALUE(id) FROM loans",
            "SELECT id = ANY (SELECT 1) FROM loans",
            "SELECT city COLLATE nocase FROM loans ORDER BY city COLLATE de",
            "SELECT s.upper() FROM (SELECT city s FROM loans)",
            "SELECT '2020-01-01 10:00'::timestamptz AT TIME ZONE 'Europe/Berlin'",
            "SELECT table_name FROM information_schema.tables",
            "SELECT a.n FROM (SELECT {'n': 1} AS a)",
            "SELECT printf('%d', 1), format('{}', 2), strftime(date '2020-01-01', '%Y'), date_trunc('month', date '2020-01-01'), age(date '2020-01-01'), epoch(now()) > 1, ifnull(null, 1), if(true, 1, 2), nullif(1, 1), greatest(1,2), round(1.2345, 2), map {'a': 1}, 'a'::enum('a','b'), uuid() is null, 1::union(a int), 1 <=> 1, array_value(1,2)",
            "SELECT 1;",
            "SELECT 1; -- done",
            "SELECT 1 /* c */ -- d"
        }) {
            Reply r = ask(sql);
            System.err.println(r.status() + " " + sql.substring(0, Math.min(60, sql.length())) + " => "
                    + (r.status() == 200
                            ? r.text().length() < 1500 ? r.text() : r.text().length()
                            : r.text()));
        }
        assertEquals(200, reply.status());
    }
}
