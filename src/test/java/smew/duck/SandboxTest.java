package smew.duck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** The walls of the sandbox, one without the other. */
final class SandboxTest {

    /** What DuckDB has and strangers may not call: it tells of the machine, keeps something, or is DuckDB's own inside. */
    private static final Pattern REFUSED = Pattern.compile(String.join(
            "|",
            "__.*",
            "(icu_)?collate_.*",
            ".*_byte_comparable|icu_sort_key|create_sort_key|index_key|stats|vector_type|hive_partition_component",
            "in_search_path|write_log|parse_duckdb_log_message|sleep_ms|setseed|nextval|currval|setval",
            "txid_current|version|user|session_user|getvariable|get_block_size|error|invoke",
            "current_(catalog|connection_id|database|query|query_id|role|schema|schemas|setting|transaction_id|user)",
            "json_(serialize|deserialize)_.*|json_copy_strftime_if_.*",
            "get_type|cast_to_type|make_type|replace_type|can_cast_implicitly|map_to_pg_oid",
            "remap_struct|constant_or_null|is_histogram_other_bin|combine|combine_aggr|finalize|to_aggregate_state",
            "pg_.*|has_.*|inet_.*|.*obj_description|col_description|format_pg_type|format_type",
            "variant_bytes_to_variant|variant_to_parquet_variant|variant_comparator"));

    @TempDir
    Path folder;

    private static Set<String> texts(Connection connection, String sql) throws SQLException {
        Set<String> texts = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        }
        return texts;
    }

    @Test
    void everyFunctionOfDuckDbIsDecidedAbout() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            Set<String> undecided = texts(
                    connection,
                    "SELECT function_name FROM duckdb_functions()"
                            + " WHERE function_type IN ('scalar', 'aggregate', 'macro', 'window')");
            undecided.removeAll(SandboxRules.functions());
            undecided.removeIf(name -> REFUSED.matcher(name).matches());
            assertEquals(Set.of(), undecided, "add them to sandbox-functions.txt, or refuse them here");
            assertEquals(
                    List.of("pg_size_pretty", "pg_typeof"),
                    SandboxRules.functions().stream()
                            .filter(name -> REFUSED.matcher(name).matches())
                            .sorted()
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM read_text('x')",
                "FROM 'x.csv'",
                "FROM loans, (SELECT content FROM read_blob('x'))",
                "FROM loans WHERE id = (SELECT current_setting('threads'))",
                "FROM loans ORDER BY (SELECT version())",
                "FROM loans LIMIT (SELECT count(*) FROM duckdb_settings())",
                "FROM duckdb_settings",
                "FROM main.duckdb_settings",
                "FROM system.main.duckdb_settings",
                "WITH x AS (DELETE FROM loans RETURNING *) FROM x",
                "WITH x AS (INSERT INTO loans VALUES (1) RETURNING *) FROM x",
                "FROM query('FROM loans')",
                "WITH duckdb_settings AS (FROM loans) FROM duckdb_settings",
                "FROM (SHOW DATABASES)",
                "SELECT sum(id) OVER (ORDER BY getvariable('x')) FROM loans",
                "FROM loans; FROM loans",
                "PRAGMA database_list",
                "SELECT list_transform([1], lambda x: getvariable('y'))",
                "FROM range(getvariable('x'))"
            })
    void theRulesAloneRefuse(String sql) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            JsonNode tree = Json.deepTree(duck.parse(sql));
            SandboxRules rules = new SandboxRules(sql, Set.of("loans"), Set.of("duckdb_settings"));
            assertEquals(
                    Fault.USAGE,
                    assertThrows(SmewException.class, () -> rules.check(tree)).fault());
        }
    }

    /** Every place where an expression can stand, with a question mark for it. */
    private static final String PLACES = """
            SELECT ?
            SELECT DISTINCT ON (?) id FROM loans
            SELECT DISTINCT id + ? FROM loans
            SELECT * REPLACE (? AS id) FROM loans
            SELECT COLUMNS(lambda c: c = ?) FROM loans
            SELECT (?)::VARCHAR COLLATE nocase
            SELECT CASE ? WHEN 1 THEN 2 END
            SELECT CASE WHEN 1 = 1 THEN ? ELSE 1 END
            SELECT CASE WHEN 1 = 2 THEN 1 ELSE ? END
            SELECT 1 BETWEEN 0 AND ?
            SELECT 1 IN (2, ?)
            SELECT 1 = ANY (SELECT ?)
            SELECT EXISTS (SELECT 1 WHERE ? = 1)
            SELECT [1, 2][?]
            SELECT [1, 2][1:?]
            SELECT [x FOR x IN [1] IF x = ?]
            SELECT {'a': ?}
            SELECT MAP {?: 1}
            SELECT TRY(?)
            SELECT TRY_CAST(? AS INTEGER)
            SELECT NOT (? = 1) AND true
            SELECT (?) IS NULL
            SELECT -(?)
            SELECT coalesce(NULL, ?)
            SELECT sum(id) FILTER (WHERE ? = 1) FROM loans
            SELECT list(id ORDER BY ?) FROM loans
            SELECT sum(id) OVER (PARTITION BY ?) FROM loans
            SELECT sum(id) OVER (ORDER BY id ROWS BETWEEN ? PRECEDING AND CURRENT ROW) FROM loans
            SELECT sum(id) OVER w FROM loans WINDOW w AS (ORDER BY ?)
            SELECT lag(id, 1, ?) OVER (ORDER BY id) FROM loans
            SELECT id FROM loans WHERE id = ?
            SELECT count(*) FROM loans GROUP BY ?
            SELECT count(*) FROM loans GROUP BY GROUPING SETS ((id), (id + ?))
            SELECT count(*) FROM loans HAVING count(*) > ?
            SELECT id FROM loans QUALIFY row_number() OVER (ORDER BY id) = ?
            SELECT id FROM loans ORDER BY ?
            SELECT id FROM loans LIMIT ?
            SELECT id FROM loans LIMIT (?) %
            SELECT id FROM loans LIMIT 1 OFFSET ?
            VALUES (1), (?)
            FROM range(?)
            FROM loans, unnest([?])
            FROM loans a JOIN loans b ON a.id = ?
            FROM loans a ASOF JOIN loans b ON a.id = b.id AND a.id >= b.id + ?
            FROM loans, LATERAL (SELECT ?)
            FROM (SELECT 1 UNION ALL SELECT ?)
            (SELECT ?) EXCEPT SELECT 1
            WITH x AS (SELECT ?) FROM x
            WITH x AS MATERIALIZED (SELECT ?) FROM x
            WITH RECURSIVE x AS (SELECT 1 AS i UNION ALL SELECT i + ? FROM x WHERE i < 2) FROM x
            WITH x AS (WITH y AS (SELECT ?) FROM y) FROM x
            FROM (PIVOT loans ON id IN (1) USING sum(id + ?))
            FROM (PIVOT (SELECT ? AS a, id FROM loans) ON id IN (1) USING sum(a))
            FROM (UNPIVOT (SELECT ? AS a) ON a)
            DESCRIBE SELECT ?
            SUMMARIZE SELECT ?
            """;

    private static Stream<String> places() {
        return PLACES.lines();
    }

    private static boolean isRefused(String sql) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            new SandboxRules(sql, Set.of("loans"), Set.of("duckdb_settings")).check(Json.deepTree(duck.parse(sql)));
            return false;
        } catch (SmewException refused) {
            assertEquals(Fault.USAGE, refused.fault());
            return true;
        }
    }

    @ParameterizedTest
    @MethodSource("places")
    void theRulesLookIntoEveryPlace(String place) {
        assertFalse(isRefused(place.replace("?", "1")), "where there is nothing to hide");
        for (String hidden : List.of(
                "getvariable('x')",
                "system.main.getvariable('x')",
                "'x'.getvariable()",
                "(SELECT content FROM read_text('x'))",
                "(SELECT 1 FROM 'x.csv')",
                "(SELECT value FROM duckdb_settings LIMIT 1)",
                "(WITH d AS (DELETE FROM loans RETURNING id) SELECT id FROM d)")) {
            assertTrue(isRefused(place.replace("?", hidden)), hidden);
        }
    }

    @Test
    void duckDbItselfRefusesFilesAndSettingsWhateverTheRulesLetThrough() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            Sandbox.shutIn(connection, 1_000);
            for (String way : List.of(
                    "FROM read_text('FILE')",
                    "FROM read_csv('FILE')",
                    "FROM 'FILE'",
                    "FROM glob('FILE')",
                    "COPY (SELECT 1) TO 'FILE'",
                    "ATTACH 'FILE' AS x",
                    "INSTALL httpfs",
                    "SET enable_external_access = true",
                    "SET lock_configuration = false",
                    "SET max_execution_time = 0",
                    "SET threads = 9",
                    "FROM range(1000000000000) AS a, range(1000000)")) {
                try (Statement statement = connection.createStatement()) {
                    String sql = way.replace("FILE", secret.toString());
                    assertThrows(SQLException.class, () -> statement.execute(sql), way);
                }
            }
        }
        assertEquals("a\n1\n", Files.readString(secret));
    }
}
