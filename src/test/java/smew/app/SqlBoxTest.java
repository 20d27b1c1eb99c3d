package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.serve.Server;
import tools.jackson.databind.JsonNode;

/** Queries over HTTP: shapes, types, limits. */
final class SqlBoxTest extends OnWarehouse {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    private static final String TYPES = """
            SELECT 9007199254740993 AS "whole", 170141183460469231731687303715884105727::HUGEINT AS huge,
              12345678901234567.89::DECIMAL(19, 2) AS exact, 0.1::DOUBLE AS floating, 'NaN'::DOUBLE AS nan,
              '-Infinity'::FLOAT AS low, true AS flag, DATE '0044-03-15' AS day, TIMESTAMP '2020-01-02 03:04:05.678901' AS local,
              TIMESTAMPTZ '2020-01-02 03:04:05+02' AS instant, TIME '03:04:05' AS clock, INTERVAL 3 DAY AS span,
              'a "q", ☃ 🦆' || chr(10) AS "text", '' AS "empty", NULL::VARCHAR AS nothing, '\\xAA\\x00'::BLOB AS bytes,
              [1, NULL, 3] AS list, {'a': 'NaN', 'b': [0.5::DOUBLE, 'NaN'::DOUBLE], 'c': DATE '2020-01-01'} AS nested,
              MAP {'k': 1} AS pairs, 'x'::ENUM ('x', 'y') AS choice, '{"j": [1]}'::JSON AS json,
              '6fa2a1f0-0000-4000-8000-000000000001'::UUID AS id, 1::UNION (a INTEGER, b VARCHAR) AS either
            """;

    @Override
    SqlProcesses.Limits limits() {
        return new SqlProcesses.Limits(2, 2, Duration.ofSeconds(3), 300_000_000, 1000, 1_000_000);
    }

    @Test
    void answersInRowsWithTheirColumnsAndRelease() {
        Reply reply = ask("SELECT id, amount, city FROM latest_loans ORDER BY id DESC LIMIT 2;");
        assertEquals("""
                {"release":"first","columns":[{"name":"id","type":"BIGINT"},{"name":"amount","type":"DECIMAL(22,1)"},\
                {"name":"city","type":"VARCHAR"}],"rows":[
                [4,42.0,"Łódź 4"],
                [3,31.5,"Łódź 3"]],"truncated":false}
                """, reply.text());
        assertEquals(JSON, reply.header("Content-Type"));
        assertEquals("first", reply.header("X-Smew-Release"));
    }

    @Test
    void everyTypeKeepsItsValueInJson() {
        String row = ask(TYPES).text().lines().toList().get(1);
        assertEquals("""
                [9007199254740993,170141183460469231731687303715884105727,12345678901234567.89,0.1,"NaN","-Infinity",true,\
                "0044-03-15","2020-01-02T03:04:05.678901","2020-01-02T01:04:05Z","03:04:05","3 days",\
                "a \\"q\\", ☃ 🦆\\n","",null,"qgA=",[1,null,3],{"a":"NaN","b":[0.5,"NaN"],"c":"2020-01-01"},{"k":1},"x",\
                {"j":[1]},"6fa2a1f0-0000-4000-8000-000000000001",{"a":1}]],"truncated":false}""", row);
    }

    @Test
    void everyTypeKeepsItsValueInCsv() {
        Reply reply = post(SQL, TYPES, CSV);
        assertEquals("""
                whole,huge,exact,floating,nan,low,flag,day,local,instant,clock,span,text,empty,nothing,bytes,list,nested,\
                pairs,choice,json,id,either
                9007199254740993,170141183460469231731687303715884105727,12345678901234567.89,0.1,NaN,-Infinity,true,\
                0044-03-15,2020-01-02T03:04:05.678901,2020-01-02T01:04:05Z,03:04:05,3 days,"a ""q"", ☃ 🦆
                ","",,qgA=,"[1,null,3]","{""a"":""NaN"",""b"":[0.5,""NaN""],""c"":""2020-01-01""}","{""k"":1}",x,\
                "{""j"":[1]}",6fa2a1f0-0000-4000-8000-000000000001,"{""a"":1}"
                """, reply.text());
        assertEquals("text/csv; charset=utf-8; header=present", reply.header("Content-Type"));
        assertEquals("false", reply.header("X-Smew-Truncated"));
    }

    @Test
    void arrowHasTheTypesOfDuckDb() throws IOException {
        Reply reply = post(SQL, "SELECT id, amount, city, [id] AS list, NULL::DATE AS day FROM loans", ARROW);
        assertEquals(ARROW, reply.header("Content-Type"));
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(
                        new ByteArrayInputStream(reply.response().body()), allocator)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            assertTrue(reader.loadNextBatch());
            assertEquals(5, batch.getRowCount());
            assertEquals(
                    List.of("Int(64, true)", "Decimal(22, 1, 128)", "Utf8", "List", "Date(DAY)"),
                    batch.getSchema().getFields().stream()
                            .map(field -> field.getType().toString())
                            .toList());
            assertEquals("42.0", batch.getVector(1).getObject(4).toString());
            assertEquals("[4]", batch.getVector(3).getObject(4).toString());
            assertTrue(batch.getVector(4).isNull(4));
            assertFalse(reader.loadNextBatch());
        }
    }

    @Test
    void saysWhereRowsWereLeftOut() throws IOException {
        JsonNode json = ask("FROM range(1001)").json();
        assertEquals(1000, json.get("rows").size());
        assertTrue(json.get("truncated").asBoolean());
        assertFalse(ask("FROM range(1000)").json().get("truncated").asBoolean());
        Reply few = post(JSON, "{\"sql\": \"FROM range(10)\", \"limit\": 3}", CSV);
        assertEquals("range\n0\n1\n2\n", few.text());
        assertEquals("true", few.header("X-Smew-Truncated"));
        Reply arrow = post(SQL, "FROM range(1001)", ARROW);
        assertEquals("true", arrow.header("X-Smew-Truncated"));
        try (RootAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(
                        new ByteArrayInputStream(arrow.response().body()), allocator)) {
            assertTrue(reader.loadNextBatch());
            assertEquals(1000, reader.getVectorSchemaRoot().getRowCount());
        }
    }

    @Test
    void parametersAreValuesAndNeverSql() {
        Reply reply = post(JSON, """
                {"sql": "SELECT id, $1, $2, $4, $5 FROM loans WHERE id = $3",
                 "parameters": ["x'; DROP TABLE loans", 1.5, 2, true, null]}
                """, JSON);
        assertEquals(
                "[[2,\"x'; DROP TABLE loans\",1.5,true,null]]",
                reply.json().get("rows").toString(),
                reply.text());
        String one = "{\"sql\": \"SELECT ?\", \"parameters\": ";
        assertEquals(
                "Running the query: it takes 1 parameters, and 2 were given.",
                refusal(post(JSON, one + "[1, 2]}", JSON)));
        assertTrue(refusal(post(JSON, one + "[[1]]}", JSON)).contains("parameter 1 is a list or an object"));
        assertTrue(refusal(post(JSON, one + "1}", JSON)).contains("parameters is no list"));
    }

    @Test
    void parametersKeepTheirDigits() {
        Reply reply = post(JSON, """
                {"sql": "SELECT ? = 9223372036854775807, ?::VARCHAR, typeof(?), ?::VARCHAR, typeof(?)",
                 "parameters": [9223372036854775809, 12345678901234567.89, 0.1, 12345678901234567890, 1e300]}
                """, JSON);
        assertEquals(
                "[[false,\"12345678901234567.89\",\"DOUBLE\",\"12345678901234567890\",\"DOUBLE\"]]",
                reply.json().get("rows").toString(),
                reply.text());
        for (String beyond : List.of("1e400", "9".repeat(310))) {
            assertTrue(refusal(post(JSON, "{\"sql\": \"SELECT ?\", \"parameters\": [" + beyond + "]}", JSON))
                    .contains("parameter 1 is a number beyond"));
        }
    }

    @Test
    void columnsOfOneNameAreNumberedAndNoRowsAreAnAnswer() {
        Reply reply = ask("SELECT 1 AS \"a,\", 2 AS \"a,\", 'x' AS \"SELECT ☃\" WHERE false; -- done");
        assertEquals("""
                {"release":"first","columns":[{"name":"a,","type":"INTEGER"},{"name":"a,_1","type":"INTEGER"},\
                {"name":"SELECT ☃","type":"VARCHAR"}],"rows":[],"truncated":false}
                """, reply.text());
        assertEquals(
                "\"a,\",\"a,_1\"\n",
                post(SQL, "SELECT 1 AS \"a,\", 2 AS \"a,\" WHERE false", CSV).text());
        assertEquals("[[3,4]]", rows("SELECT 3 AS a, 4 AS a").toString());
        JsonNode nothing = ask("SELECT NULL AS n").json().get("columns");
        assertEquals("[{\"name\":\"n\",\"type\":\"NULL\"}]", nothing.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH a AS (FROM loans), b AS MATERIALIZED (FROM a) SELECT b.id FROM b JOIN loans USING (id) ORDER BY ALL LIMIT 50%",
                "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 5) SELECT * FROM r",
                "SELECT row_number() OVER w, lag(id, 1) OVER w FROM loans WINDOW w AS (ORDER BY id) QUALIFY row_number() OVER w < 3",
                "SELECT count(*) FILTER (WHERE id > 2), string_agg(city, ',' ORDER BY id), quantile_cont(amount, 0.5) FROM main.loans",
                "SELECT * FROM (PIVOT loans ON city IN ('a', 'b') USING sum(amount))",
                "SELECT grouping(city), count(*) FROM loans GROUP BY ROLLUP (city)",
                "SELECT l.id, x FROM loans l, LATERAL (SELECT l.id + 1 AS x), unnest([1, 2])",
                "SELECT list_transform([1, 2], lambda x: x * 2), [x + 1 FOR x IN [1]], {'a': 1}.a, city[1:2] FROM loans",
                "SELECT city COLLATE nocase, city ~ 'x', city ILIKE 'ł%', 5!, 2 ** 3, city.upper() FROM loans",
                "SELECT DISTINCT ON (id) * EXCLUDE (city) REPLACE (1 AS amount) FROM loans ORDER BY id DESC NULLS LAST",
                "FROM loans TABLESAMPLE 2 ROWS",
                "FROM json_each('{\"a\": 1}')",
                "SUMMARIZE loans",
                "DESCRIBE loans",
                "VALUES (1, 'a'), (2, 'b')",
                "(FROM loans) UNION ALL BY NAME (FROM latest_loans)",
                "FROM information_schema.columns",
                "WITH columns AS (FROM warehouse.main.loans) FROM columns, warehouse.loans"
            })
    void whatAnalystsWriteIsAnswered(String sql) {
        assertFalse(rows(sql).isEmpty());
    }

    @Test
    void errorsNameTheLine() {
        assertTrue(
                refusal(ask("SELECT id,\n  amont\nFROM loans")).startsWith("Running the query line 2: Binder Error"));
        assertTrue(refusal(ask("SELECT id\nFROM\n  lons"))
                .contains("line 3: the warehouse has no table or view lons. Did you mean loans?"));
        assertTrue(refusal(ask("SELECT\n\n  summ(id) FROM loans"))
                .contains("line 3: function summ cannot be called here. Did you mean sum?"));
        assertTrue(refusal(ask("SELECT id\nFROM loans\nWHERE")).contains("syntax error"));
    }

    @Test
    void bodiesThatMakeNoSenseAreRefused() {
        assertTrue(refusal(post(JSON, "{\"sqll\": \"SELECT 1\"}", JSON)).contains("sqll"));
        assertTrue(refusal(post(JSON, "{\"sql\": 1}", JSON)).contains("one query as text"));
        assertTrue(refusal(post(JSON, "{\"sql\": \"SELECT 1\", \"limit\": 0}", JSON))
                .contains("limit is 0"));
        assertEquals(415, post("text/html", "SELECT 1", JSON).status());
        assertEquals(406, post(SQL, "SELECT 1", "image/png").status());
        assertEquals(413, post(SQL, "SELECT 1 -- " + "x".repeat(100_000), JSON).status());
        assertEquals(
                "[[1]]", post("text/plain", "SELECT 1", JSON).json().get("rows").toString());
    }

    @Test
    void aNewReleaseIsFollowedWhileQueriesRun() {
        CompletableFuture<Reply> running =
                CompletableFuture.supplyAsync(() -> ask("SELECT count(*) FROM range(1000000000000)"));
        writeWarehouse("second", 7);
        Reply after = ask("SELECT count(*) FROM loans");
        assertEquals("second", after.json().get("release").asString());
        assertEquals("[[7]]", after.json().get("rows").toString());
        writeWarehouse("first", 5);
        assertTrue(refusal(running.join()).contains("stopped after 3.0 s"));
    }

    @Test
    void moreThanMayWaitAreTurnedAway() {
        List<CompletableFuture<Reply>> asked = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> ask("SELECT count(*) FROM range(1000000000000)"), Thread::startVirtualThread))
                .toList();
        List<Reply> replies = asked.stream().map(CompletableFuture::join).toList();
        List<Reply> away =
                replies.stream().filter(reply -> reply.status() == 429).toList();
        assertTrue(away.size() >= 4, "turned away: " + away.size());
        for (Reply reply : away) {
            assertTrue(refusal(reply).contains("runs 2 queries at once"));
            assertEquals("3", reply.header("Retry-After"));
        }
        assertEquals("[[1]]", rows("SELECT 1").toString());
    }

    @Test
    void manyAskAtOnceAndEachGetsItsOwnAnswer() {
        List<CompletableFuture<String>> asked = IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> untilAnswered("SELECT " + i)))
                .toList();
        for (int i = 0; i < asked.size(); i++) {
            assertEquals("[[" + i + "]]", asked.get(i).join());
        }
    }

    private String untilAnswered(String sql) {
        return Stream.generate(() -> ask(sql))
                .filter(reply -> reply.status() != 429)
                .findFirst()
                .orElseThrow()
                .json()
                .get("rows")
                .toString();
    }

    @Test
    void withoutAWarehouseThereIsNothingToAsk() {
        try (SqlProcesses empty = new SqlProcesses(Optional::empty, limits())) {
            Throwable failed =
                    ask(empty, "SELECT 1").handle((_, failure) -> failure).join();
            assertEquals(Fault.NOT_FOUND, ((SmewException) failed).fault());
        }
        try (Server server = startWith(Optional.empty())) {
            Reply reply = post(server, SQL, "SELECT 1", JSON);
            assertEquals(404, reply.status());
            assertTrue(refusal(reply).startsWith("This server answers no SQL: it was started with --no-sql"));
        }
    }
}
