package smew.duck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;

class DuckTest {

    private static final Origin ORIGIN = new Origin("Running", "sql/sources/loans.sql", 1);

    private final Duck duck = Duck.inMemory(Duck.Limits.NONE);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        duck.close();
    }

    @Test
    void bringsEveryTypeIntoPlainColumns() {
        Table table = duck.query("""
                SELECT 1::TINYINT AS a, 2::UINTEGER AS b, 3::HUGEINT AS c, 1.5::DECIMAL(9, 2) AS d, 2.5::FLOAT AS e,
                    true AS f, 'x' AS g, DATE '1970-01-03' AS h, TIMESTAMP '1970-01-01 00:00:01' AS i,
                    uuid '00000000-0000-0000-0000-000000000001' AS j, [1, 2] AS k, NULL::INTEGER AS l,
                    TIMESTAMP_NS '1970-01-01 00:00:02' AS m, 'b'::ENUM('a', 'b') AS n
                """, ORIGIN);
        assertEquals(1, ((Column.Integers) column(table, "a")).values()[0]);
        assertEquals(2, ((Column.Integers) column(table, "b")).values()[0]);
        assertEquals(3.0, ((Column.Doubles) column(table, "c")).values()[0]);
        assertEquals(1.5, ((Column.Doubles) column(table, "d")).values()[0]);
        assertEquals(2.5, ((Column.Doubles) column(table, "e")).values()[0]);
        assertTrue(((Column.Booleans) column(table, "f")).values()[0]);
        assertEquals("x", ((Column.Texts) column(table, "g")).dictionary()[0]);
        assertEquals(2, ((Column.Dates) column(table, "h")).epochDays()[0]);
        assertEquals(1_000_000, ((Column.Timestamps) column(table, "i")).epochMicros()[0]);
        assertEquals("00000000-0000-0000-0000-000000000001", ((Column.Texts) column(table, "j")).dictionary()[0]);
        assertEquals("[1, 2]", ((Column.Texts) column(table, "k")).dictionary()[0]);
        assertTrue(column(table, "l").isNull(0));
        assertEquals(2_000_000, ((Column.Timestamps) column(table, "m")).epochMicros()[0]);
        assertEquals("b", ((Column.Texts) column(table, "n")).dictionary()[0]);
    }

    @Test
    void readsManyBatchesInOrder() {
        Table table = duck.query("SELECT i, 'v' || i % 1000 AS t FROM range(1000000) r(i)", ORIGIN);
        long[] values = ((Column.Integers) column(table, "i")).values();
        Column.Texts texts = (Column.Texts) column(table, "t");
        assertEquals(1_000_000, table.rows());
        for (int row = 0; row < table.rows(); row += 997) {
            assertEquals(row, values[row]);
            assertEquals("v" + row % 1000, texts.dictionary()[texts.codes()[row]]);
        }
    }

    @Test
    void writesATableInTheOrderOfItsRowsAndTheSameBytesEveryTime() throws IOException {
        int rows = 200_000;
        String made =
                "SELECT i, i / 3 AS d, i % 2 = 0 AS b, 'wört ' || i % 7 AS t, DATE '2020-01-01' + (i % 9)::INTEGER AS"
                        + " day, TIMESTAMPTZ '2020-01-01 00:00:00+00' + INTERVAL (i) SECOND AS at, nullif(i, 5) AS n";
        Table table = duck.query(made + " FROM range(" + rows + ") r(i)", ORIGIN);
        for (int threads : new int[] {1, 4}) {
            try (Duck other =
                    Duck.inMemory(new Duck.Limits(Optional.of(threads), Optional.empty(), Optional.empty()))) {
                other.execute("SET TimeZone = 'Asia/Tokyo'", ORIGIN);
                other.export(table, folder.resolve(threads + ".parquet"), "FORMAT parquet");
                other.export(table, folder.resolve(threads + ".csv"), "FORMAT csv, HEADER true");
            }
        }
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("1.parquet")), Files.readAllBytes(folder.resolve("4.parquet")));
        assertArrayEquals(Files.readAllBytes(folder.resolve("1.csv")), Files.readAllBytes(folder.resolve("4.csv")));
        assertEquals(
                List.of("i,d,b,t,day,at,n", "0,0.0,true,wört 0,2020-01-01,2020-01-01 00:00:00+00,0"),
                Files.readAllLines(folder.resolve("1.csv")).subList(0, 2));
        Table back = duck.query("FROM '" + folder.resolve("4.parquet") + "'", ORIGIN);
        assertEquals(table.names(), back.names());
        for (int column = 0; column < table.columns().size(); column++) {
            assertEquals(
                    table.columns().get(column).getClass(),
                    back.columns().get(column).getClass());
        }
        assertArrayEquals(
                ((Column.Doubles) column(table, "d")).values(), ((Column.Doubles) column(back, "d")).values());
        assertArrayEquals(
                ((Column.Timestamps) column(table, "at")).epochMicros(),
                ((Column.Timestamps) column(back, "at")).epochMicros());
        assertEquals(column(table, "n").nulls(), column(back, "n").nulls());
    }

    @Test
    void writesATableWithoutRows() throws IOException {
        Table none = duck.query("SELECT 1 AS a, 'x' AS b WHERE false", ORIGIN);
        duck.export(none, folder.resolve("none.csv"), "FORMAT csv, HEADER true");
        assertEquals("a,b\n", Files.readString(folder.resolve("none.csv")));
    }

    @Test
    void aTableThatCannotBeWrittenIsToldAndTheNextOneIs() {
        Table table = duck.query("SELECT i FROM range(200000) r(i)", ORIGIN);
        Path nowhere = folder.resolve("none/x.csv");
        SmewException failed = assertThrows(SmewException.class, () -> duck.export(table, nowhere, "FORMAT csv"));
        assertTrue(failed.getMessage().startsWith("Writing " + nowhere), failed.getMessage());
        duck.export(table, folder.resolve("x.csv"), "FORMAT csv");
        assertEquals(
                200_001, duck.count("SELECT count(*) + 1 FROM read_csv('" + folder.resolve("x.csv") + "')", ORIGIN));
    }

    @Test
    void sharesVariablesWithDuplicates() {
        duck.variable("as_of", LocalDate.of(2021, 9, 17));
        duck.variable("it's", "o'clock");
        try (Duck other = duck.duplicate()) {
            assertEquals(
                    "2021-09-18",
                    other.texts("SELECT CAST(getvariable('as_of') + 1 AS VARCHAR)", ORIGIN)
                            .getFirst());
            assertEquals(
                    "o'clock",
                    other.texts("SELECT getvariable('it''s')", ORIGIN).getFirst());
        }
    }

    @Test
    void namesFileAndLineOfWhatTheSqlRefuses() {
        refuses(
                "DESCRIBE\nSELECT 1 AS a,\n  amount FROM (SELECT 2 AS amuont)",
                Fault.CONFIGURATION,
                "loans.sql:2: ",
                "amount");
        refuses("DESCRIBE\nSELECT 1\nFRM x", Fault.CONFIGURATION, "loans.sql:2: ", "syntax error");
    }

    @Test
    void namesFileLineColumnAndValueOfABadCsv() throws IOException {
        csv("bad.csv", "id,amount\n1,2.5\n2,n/a\n");
        refuses(
                read("bad.csv"),
                Fault.DATA,
                "bad.csv line 3: column amount holds 'n/a', expected DOUBLE",
                "nullstr='n/a'");
    }

    @Test
    void saysWhichRowOfACsvIsRagged() throws IOException {
        csv("ragged.csv", "id,amount\n" + "1,2.5\n".repeat(3000) + "3\n" + "4,4.5\n".repeat(3000));
        refuses(read("ragged.csv"), Fault.DATA, "ragged.csv line 3002: found 1 columns, expected 2");
    }

    @Test
    void saysThatACsvHasOtherColumnsThanDeclared() throws IOException {
        csv("wide.csv", "id,amount,extra\n1,2.5,x\n");
        refuses(read("wide.csv"), Fault.DATA, "wide.csv: found 3 columns, expected 2");
    }

    @Test
    void saysThatACsvIsNotUtf8() throws IOException {
        Files.write(folder.resolve("latin.csv"), "id,name\n1,Müller\n2,Maier\n".getBytes(StandardCharsets.ISO_8859_1));
        refuses(
                "SELECT * FROM read_csv('" + folder.resolve("latin.csv") + "', header = true)",
                Fault.DATA,
                "latin.csv line",
                "not UTF-8");
    }

    @Test
    void saysThatACompressedCsvIsCutShort() throws IOException {
        duck.execute(
                "COPY (SELECT i, hash(i) AS h FROM range(50000) r(i)) TO '" + folder.resolve("whole.csv.gz") + "'",
                ORIGIN);
        byte[] whole = Files.readAllBytes(folder.resolve("whole.csv.gz"));
        Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
        refuses(
                "SELECT count(h) FROM read_csv('" + folder.resolve("cut.csv.gz") + "')",
                Fault.DATA,
                "cut.csv.gz: the compressed file is damaged or cut short");
    }

    @Test
    void reportsAnErrorThatComesWhileRowsAreFlowing() {
        SmewException failed = assertThrows(
                SmewException.class,
                () -> duck.query(
                        "SELECT CASE WHEN i = 900000 THEN 'x' ELSE '1' END::INTEGER AS v FROM range(1000000) r(i)",
                        ORIGIN));
        assertEquals(Fault.DATA, failed.fault());
        assertTrue(failed.getMessage().contains("Could not convert string 'x'"), failed.getMessage());
    }

    @Test
    void advisesMoreMemoryWhereItRunsOut() {
        try (Duck small = Duck.inMemory(new Duck.Limits(Optional.of(2), Optional.of("20MB"), Optional.empty()))) {
            SmewException failed = assertThrows(
                    SmewException.class,
                    () -> small.execute("CREATE TABLE t AS SELECT list(i) AS l FROM range(20000000) r(i)", ORIGIN));
            assertTrue(failed.getMessage().contains("--memory"), failed.getMessage());
        }
    }

    private static Column column(Table table, String name) {
        return table.column(name).orElseThrow();
    }

    private void csv(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String read(String name) {
        return "SELECT * FROM read_csv('" + folder.resolve(name)
                + "', header = true, columns = {'id': 'BIGINT', 'amount': 'DOUBLE'})";
    }

    private void refuses(String sql, Fault fault, String... parts) {
        SmewException failed = assertThrows(SmewException.class, () -> duck.execute(sql, ORIGIN));
        for (String part : parts) {
            assertTrue(failed.getMessage().contains(part), failed.getMessage());
        }
        assertEquals(fault, failed.fault(), failed.getMessage());
    }
}
