package smew.app;

import java.util.stream.Stream;

/** Ways out of the box, none of which is one. CANARY stands for a file that lies beside the warehouse, NEW for one that does not exist. */
final class SqlAttempts {

    private static final String FILES = """
            SELECT * FROM 'CANARY'
            SELECT * FROM "CANARY"
            FROM 'CANARY/../*.csv'
            FROM "/etc/passwd"
            SELECT * FROM '/proc/self/environ'
            FROM 'https://example.org/x.csv'
            FROM 's3://bucket/x.parquet'
            FROM 'warehouse.duckdb'
            SELECT * FROM read_csv('CANARY')
            SELECT * FROM read_csv_auto('CANARY')
            SELECT * FROM read_text('CANARY')
            SELECT * FROM read_blob('CANARY')
            SELECT content FROM read_text('/proc/self/environ')
            SELECT * FROM read_json('CANARY')
            SELECT * FROM read_json_objects('CANARY')
            SELECT * FROM read_ndjson('CANARY')
            SELECT * FROM read_parquet('CANARY')
            SELECT * FROM parquet_scan(['CANARY'])
            SELECT * FROM parquet_metadata('CANARY')
            SELECT * FROM parquet_schema('CANARY')
            SELECT * FROM sniff_csv('CANARY')
            SELECT * FROM glob('/*')
            SELECT * FROM read_duckdb('WAREHOUSE')
            SELECT (SELECT content FROM read_text('CANARY'))
            SELECT * FROM loans WHERE EXISTS (FROM read_blob('CANARY'))
            SELECT * FROM loans, LATERAL (SELECT * FROM read_text('CANARY'))
            WITH x AS (SELECT * FROM read_text('CANARY')) SELECT 1 FROM x
            SELECT id FROM loans ORDER BY (SELECT count(*) FROM read_text('CANARY'))
            SELECT id FROM loans LIMIT (SELECT count(*) FROM read_text('CANARY'))
            SELECT sum(id) OVER (ORDER BY (SELECT content FROM read_text('CANARY'))) FROM loans
            SELECT list_transform([1], lambda x: (SELECT content FROM read_text('CANARY')))
            (SELECT 1) UNION (SELECT content FROM read_text('CANARY'))
            SELECT * FROM (PIVOT 'CANARY' ON a IN (1) USING count(*))
            SUMMARIZE 'CANARY'
            DESCRIBE SELECT * FROM read_csv('CANARY')
            SELECT * FROM query('FROM read_text(''CANARY'')')
            SELECT * FROM query_table('CANARY')
            SELECT * FROM query_table(['loans', 'CANARY'])
            SELECT * FROM histogram('CANARY', 'x')
            SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''CANARY'')'))
            WITH "CANARY" AS (SELECT 1) SELECT * FROM (SELECT 1), read_text('CANARY')
            SELECT * FROM arrow_scan(1, 2, 3)
            SELECT * FROM seq_scan('loans')
            FROM loans AS l, (FROM 'CANARY') AS c
            SELECT system.main.read_text('CANARY')
            SELECT 'CANARY'.read_text()
            """;

    private static final String INSIDE = """
            SELECT getenv('PATH')
            SELECT * FROM duckdb_settings()
            SELECT * FROM duckdb_secrets()
            SELECT * FROM which_secret('s3://x', 's3')
            SELECT * FROM duckdb_databases()
            SELECT * FROM duckdb_databases
            SELECT * FROM pragma_database_list
            SELECT * FROM pg_catalog.pg_settings
            SELECT * FROM pg_settings
            SELECT * FROM pg_database
            SELECT * FROM sqlite_master
            SELECT * FROM information_schema.schemata
            SELECT * FROM duckdb_temporary_files()
            SELECT * FROM duckdb_extensions()
            SELECT * FROM duckdb_memory()
            SELECT * FROM duckdb_logs
            SELECT * FROM duckdb_variables()
            SELECT * FROM duckdb_prepared_statements()
            SELECT * FROM duckdb_external_file_cache()
            SELECT * FROM duckdb_functions()
            SELECT * FROM pragma_version()
            SELECT * FROM pragma_user_agent()
            SELECT * FROM pragma_storage_info('loans')
            SELECT * FROM pragma_table_info('loans')
            SELECT current_setting('temp_directory')
            SELECT getvariable('x')
            SELECT version()
            SELECT current_query()
            SELECT txid_current()
            SELECT nextval('s')
            SELECT write_log('x')
            SELECT sleep_ms(1)
            SELECT pg_sleep(1)
            SELECT json_serialize_plan('SELECT 1')
            SELECT json_deserialize_sql('{}')
            SELECT inet_server_addr()
            SHOW DATABASES
            SHOW ALL TABLES
            FROM (SHOW DATABASES)
            FROM (DESCRIBE duckdb_settings)
            SELECT * FROM warehouse.main.duckdb_settings
            SELECT * FROM system.main.duckdb_databases
            SELECT * FROM duckdb_databases, (WITH duckdb_databases AS (SELECT 1) FROM duckdb_databases)
            WITH RECURSIVE pg_settings AS (SELECT 1 AS i UNION ALL SELECT i FROM pg_settings WHERE i < 1) FROM pg_settings
            """;

    private static final String STATEMENTS = """
            WITH x AS (DELETE FROM loans RETURNING *) SELECT * FROM x
            WITH x AS (INSERT INTO loans VALUES (9, 9, 'x') RETURNING *) SELECT * FROM x
            WITH x AS (UPDATE loans SET id = 9 RETURNING *) FROM x
            WITH x AS (DELETE FROM loans) SELECT 1
            SELECT * FROM (WITH x AS (DELETE FROM loans RETURNING id) FROM x)
            INSERT INTO loans VALUES (9, 9, 'x')
            UPDATE loans SET id = 9
            DELETE FROM loans
            TRUNCATE loans
            MERGE INTO loans USING loans AS l ON true WHEN MATCHED THEN DELETE
            DROP TABLE loans
            ALTER TABLE loans ADD COLUMN x INTEGER
            CREATE TABLE x AS SELECT 1
            CREATE TEMP TABLE x AS SELECT 1
            CREATE TEMP VIEW x AS SELECT 1
            CREATE TEMP MACRO x() AS 1
            CREATE TEMP SEQUENCE s
            CREATE TYPE t AS ENUM ('a')
            CREATE SECRET (TYPE s3)
            SELECT * INTO x FROM loans
            COPY loans TO 'NEW'
            WITH x AS (COPY loans TO 'NEW') FROM x
            COPY (SELECT 1) TO 'NEW' (FORMAT parquet)
            COPY loans FROM 'CANARY'
            EXPORT DATABASE 'NEW'
            IMPORT DATABASE 'NEW'
            ATTACH 'NEW' AS x
            ATTACH ':memory:' AS x
            DETACH warehouse
            INSTALL httpfs
            LOAD httpfs
            LOAD 'NEW'
            FORCE INSTALL httpfs FROM 'http://localhost:1'
            UPDATE EXTENSIONS
            PRAGMA database_list
            PRAGMA enable_profiling
            CALL duckdb_settings()
            SET threads = 8
            SET enable_external_access = true
            SET lock_configuration = false
            RESET lock_configuration
            SET VARIABLE x = 1
            SET SESSION schema = 'x'
            USE memory
            CHECKPOINT
            FORCE CHECKPOINT
            VACUUM
            ANALYZE
            BEGIN
            COMMIT
            ROLLBACK
            PREPARE p AS SELECT 1
            EXECUTE p
            DEALLOCATE p
            EXPLAIN SELECT 1
            EXPLAIN ANALYZE SELECT 1
            COMMENT ON TABLE loans IS 'x'
            PIVOT loans ON city USING sum(id)
            SELECT 1; SELECT 2
            SELECT 1; DROP TABLE loans
            SELECT 1; SET threads = 8; SELECT 2
            SELECT 1) AS x(y); DROP TABLE loans; SELECT * FROM (SELECT 1
            SELECT 1) TO 'NEW' (FORMAT csv); --
            SELECT 1 /* ) AS answer; DROP TABLE loans
            SELECT $$1
            ; ; ;
            -- nothing
            """;

    private static final String EXCESSES = """
            SELECT repeat('x', 1000000000)
            SELECT sum(length(repeat('x', 100000000) || i::VARCHAR)) FROM range(1000) t(i)
            SELECT printf('%2000000000d', 1)
            SELECT count(*) FROM range(1000000000000)
            SELECT len(range(1000000000000))
            SELECT len(list(i)) FROM range(1000000000) t(i)
            SELECT length(string_agg(repeat('x', 1000), '')) FROM range(10000000)
            SELECT count(*) FROM range(100000) a, range(100000) b, range(100000) c
            SELECT count(DISTINCT i::VARCHAR || repeat('x', 50)) FROM range(100000000) t(i)
            WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r
            WITH RECURSIVE r AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r
            SELECT list_sort(range(50000000))[1]
            SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))
            SELECT i FROM range(1000000000) t(i) ORDER BY hash(i)
            SELECT repeat('x', 2000000)
            SELECT regexp_replace(repeat('ab', 20000000), '(a|b|ab)*c', 'x', 'g')
            """;

    private SqlAttempts() {}

    /** What takes more time or memory than there is. */
    static Stream<String> excesses() {
        return EXCESSES.lines();
    }

    /** What is refused before it runs, or by DuckDB at once. */
    static Stream<String> escapes() {
        Stream<String> deep = Stream.of(
                "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
                "SELECT " + "1 + ".repeat(20_000) + "1",
                "SELECT " + "[".repeat(20_000) + "]".repeat(20_000),
                "SELECT * FROM " + "(SELECT * FROM ".repeat(3_000) + "loans" + ")".repeat(3_000),
                "SELECT " + "NOT ".repeat(20_000) + "true",
                "SELECT 1\0; DROP TABLE loans");
        return Stream.concat(Stream.of(FILES, INSIDE, STATEMENTS).flatMap(String::lines), deep);
    }
}
