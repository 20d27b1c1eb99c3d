package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import smew.duck.Duck;
import smew.duck.Origin;

/** Answers of queries over HTTP as Parquet. */
final class SqlParquetTest extends OnWarehouse {

    private static final String PARQUET = "application/vnd.apache.parquet";

    @Override
    SqlProcesses.Limits limits() {
        return new SqlProcesses.Limits(2, 2, Duration.ofSeconds(30), 300_000_000, 1000, 1_000_000);
    }

    @Test
    void aResultIsAParquetFileThatAnyDuckDbReads() throws IOException {
        Reply reply = post(SQL, "SELECT id, amount, city, [id] AS list, amount AS id FROM loans WHERE id > 0", PARQUET);
        assertEquals(200, reply.status(), reply.text());
        assertEquals(PARQUET, reply.header("Content-Type"));
        assertEquals("first", reply.header("X-Smew-Release"));
        assertEquals("false", reply.header("X-Smew-Truncated"));
        Path file = folder.resolve("answer.parquet");
        Files.write(file, reply.response().body());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Origin origin = Origin.engine("Reading", "the answer");
            assertEquals(
                    List.of("id BIGINT", "amount DECIMAL(22,1)", "city VARCHAR", "list BIGINT[]", "id_1 DECIMAL(22,1)"),
                    duck.texts(
                            "SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM "
                                    + Duck.literal(file.toString()) + ")",
                            origin));
            assertEquals(
                    List.of("Łódź 4"),
                    duck.texts("SELECT city FROM " + Duck.literal(file.toString()) + " WHERE id = 4", origin));
        }
    }

    @Test
    void parquetHasTheLimitsOfTheOthers() {
        Reply cut = post(SQL, "SELECT * FROM range(2000)", PARQUET);
        assertEquals("true", cut.header("X-Smew-Truncated"));
        assertEquals(
                413,
                post(SQL, "SELECT repeat(hash(range)::VARCHAR, 100) FROM range(900)", PARQUET)
                        .status());
        assertTrue(refusal(post(SQL, "FROM read_csv('/etc/passwd')", PARQUET)).contains("read_csv"));
    }
}
