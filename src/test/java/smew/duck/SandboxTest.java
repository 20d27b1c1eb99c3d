package smew.duck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
