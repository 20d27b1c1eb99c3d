package smew.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Manifest;

/** Every type of DuckDB, through a real Parquet file: what it holds, and what is declared for it. */
final class ColumnTypesTest {

    private static final Origin TEST = Origin.engine("Testing", "types");

    @TempDir
    Path folder;

    private String file(Duck duck, String value) {
        String file = Duck.literal(folder.resolve("t.parquet").toString());
        duck.execute("COPY (SELECT " + value + " AS c) TO " + file + " (FORMAT parquet, COMPRESSION zstd)", TEST);
        return file;
    }

    /** As the manifest of a release states it. */
    private Manifest.View written(Duck duck, String value) {
        String type = duck.texts(
                        "SELECT column_type FROM (DESCRIBE FROM read_parquet(" + file(duck, value) + "))", TEST)
                .getFirst();
        return new Manifest.View("v", List.of("c"), List.of(), 1, 1, 0, List.of(new Manifest.Column("c", type)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "true                          | BOOLEAN              | BOOLEAN          | boolean",
                "1::TINYINT                    | INT32 INT_8          | SMALLINT         | tinyint",
                "1::SMALLINT                   | INT32 INT_16         | SMALLINT         | smallint",
                "1::INTEGER                    | INT32 INT_32         | INTEGER          | int",
                "1::BIGINT                     | INT64 INT_64         | BIGINT           | bigint",
                "1::HUGEINT                    | DOUBLE               | DOUBLE PRECISION | double",
                "sum(1)                        | DOUBLE               | DOUBLE PRECISION | double",
                "1::UTINYINT                   | INT32 UINT_8         | INTEGER          | int",
                "1::USMALLINT                  | INT32 UINT_16        | INTEGER          | int",
                "1::FLOAT                      | FLOAT                | REAL             | float",
                "1::DOUBLE                     | DOUBLE               | DOUBLE PRECISION | double",
                "1::DECIMAL(9,2)               | INT32 DECIMAL        | DECIMAL(9,2)     | decimal(9,2)",
                "1::DECIMAL(18,2)              | INT64 DECIMAL        | DECIMAL(18,2)    | decimal(18,2)",
                "1::DECIMAL(38,2)              | FIXED_LEN_BYTE_ARRAY DECIMAL | DECIMAL(38,2) | decimal(38,2)",
                "'x'                           | BYTE_ARRAY UTF8      | VARCHAR(65535)   | string",
                "'x'::ENUM('x', 'y')           | BYTE_ARRAY UTF8      | VARCHAR(65535)   | string",
                "'{}'::JSON                    | BYTE_ARRAY JSON      | VARCHAR(65535)   | string",
                "'101'::BIT                    | BYTE_ARRAY UTF8      | VARCHAR(65535)   | string",
                "'x'::BLOB                     | BYTE_ARRAY           | VARBYTE(1024000) | binary",
                "DATE '2020-01-01'             | INT32 DATE           | DATE             | date",
                "TIMESTAMP '2020-01-01'        | INT64 TIMESTAMP_MICROS | TIMESTAMP      | timestamp",
                "TIMESTAMP_S '2020-01-01'      | INT64 TIMESTAMP_MICROS | TIMESTAMP      | timestamp",
                "TIMESTAMP_MS '2020-01-01'     | INT64 TIMESTAMP_MILLIS | TIMESTAMP      | timestamp",
                "TIMESTAMPTZ '2020-01-01 00:00:00+00' | INT64 TIMESTAMP_MICROS | TIMESTAMP | timestamp",
            })
    void whatTheFileHoldsIsDeclared(String value, String held, String redshift, String hive) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Manifest.View view = written(duck, value);
            assertEquals(
                    held,
                    duck.texts(
                                    "SELECT concat_ws(' ', type, converted_type) FROM parquet_schema("
                                            + file(duck, value) + ") WHERE name = 'c'",
                                    TEST)
                            .getFirst());
            ColumnTypes.requireRedshift(List.of(view));
            ColumnTypes.requireHive("Athena", List.of(view));
            assertEquals(
                    List.of(new ColumnTypes.Column("c", redshift)),
                    ColumnTypes.redshift(view),
                    view.columns().toString());
            assertEquals(List.of(new ColumnTypes.Column("c", hive)), ColumnTypes.hive(view));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "1::UINTEGER                   | Cast it to BIGINT",
                "1::UBIGINT                    | Cast it to DECIMAL(20, 0)",
                "TIME '01:02:03'               | Cast it to VARCHAR",
                "'01:02:03+01'::TIMETZ         | Cast it to VARCHAR",
                "TIMESTAMP_NS '2020-01-01'     | Cast it to TIMESTAMP",
                "INTERVAL 1 DAY                | Cast it to VARCHAR",
                "NULL                          | Cast it to VARCHAR",
                "uuid()                        | Cast it to VARCHAR",
                "[1, 2]                        | Unnest it, or take to_json(\"c\")::VARCHAR",
                "[1, 2]::INTEGER[2]            | Unnest it, or take to_json(\"c\")::VARCHAR",
                "{'a': 1}                      | Unnest it, or take to_json(\"c\")::VARCHAR",
                "map {'a': 1}                  | Unnest it, or take to_json(\"c\")::VARCHAR",
            })
    void whatOthersCannotReadIsRefusedWithWhatToWriteInstead(String value, String cure) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            List<Manifest.View> views = List.of(written(duck, value));
            for (SmewException refused : List.of(
                    assertThrows(SmewException.class, () -> ColumnTypes.requireRedshift(views)),
                    assertThrows(SmewException.class, () -> ColumnTypes.requireHive("Hive", views)))) {
                assertEquals(Fault.DATA, refused.fault());
                assertTrue(refused.getMessage().startsWith("sql/features/v.sql, column c: "), refused.getMessage());
                assertTrue(refused.getMessage().contains(". " + cure + " in that file"), refused.getMessage());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[1, 2]                | to_json(\"c\")::VARCHAR",
                "18446744073709551615::UBIGINT | \"c\"::DECIMAL(20, 0)",
                "4294967295::UINTEGER  | \"c\"::BIGINT",
                "uuid()                | \"c\"::VARCHAR",
                "INTERVAL 1 DAY        | \"c\"::VARCHAR"
            })
    void theCureWorks(String value, String cured) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            duck.execute("CREATE TABLE t AS SELECT " + value + " AS c", TEST);
            List<Manifest.View> views = List.of(written(duck, "(SELECT " + cured + " FROM t)"));
            ColumnTypes.requireRedshift(views);
            ColumnTypes.requireHive("Athena", views);
        }
    }

    @Test
    void everyColumnOfEveryViewThatIsInTheWayIsNamedAtOnce() {
        List<Manifest.View> views = List.of(
                Examples.view("a", List.of("id"), List.of(), 1, "id UUID", "n INTEGER", "l INTEGER[]"),
                Examples.view("b", List.of("id"), List.of(), 1, "id BIGINT", "u UBIGINT"));
        SmewException refused = assertThrows(SmewException.class, () -> ColumnTypes.requireRedshift(views));
        assertEquals(3, refused.problems().size(), refused.getMessage());
        assertTrue(
                refused.getMessage().contains("sql/features/b.sql, column u: Redshift cannot read its type UBIGINT"));
    }

    @Test
    void namesThatOthersDoNotHaveAreRefused() {
        Manifest.View view = new Manifest.View(
                "v", List.of("id"), List.of(), 1, 1, 0, List.of(new Manifest.Column("loan amount", "DOUBLE")));
        ColumnTypes.requireRedshift(List.of(view));
        SmewException refused =
                assertThrows(SmewException.class, () -> ColumnTypes.requireHive("Athena", List.of(view)));
        assertTrue(
                refused.getMessage().contains("column loan amount: Athena has names of letters, digits"),
                refused.getMessage());
        Manifest.View lengthy = new Manifest.View(
                "v", List.of("id"), List.of(), 1, 1, 0, List.of(new Manifest.Column("é".repeat(64), "DOUBLE")));
        assertTrue(assertThrows(SmewException.class, () -> ColumnTypes.requireRedshift(List.of(lengthy)))
                .getMessage()
                .contains("this one has 128"));
    }
}
