package smew.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.Newest;
import smew.release.ReleaseFolder;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;

class FeatureRunTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "features");
    private static final String VIEW = """
            -- One row per loan.
            -- @entity id
            -- @time day
            SELECT id, day, amount, avg(amount) OVER (PARTITION BY id ORDER BY day) AS mean FROM loans
            """;

    @TempDir
    Path folder;

    @Test
    void writesSortedParquetWithMetadataAndTheNewestRows() throws IOException {
        source("2,2020-01-02,5\n1,2020-01-03,7\n1,2020-01-01,3\n");
        write("sql/features/history.sql", VIEW);

        Manifest.View view = build().getFirst();

        assertEquals(new Manifest.Column("mean", "DOUBLE"), view.columns().getLast());
        assertEquals(List.of(3L, 2L, 0L), List.of(view.rows(), view.entities(), view.ties()));
        String parquet = Duck.literal(
                folder.resolve("release/features/history/part-0.parquet").toString());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            assertEquals(
                    List.of("1 2020-01-01", "1 2020-01-03", "2 2020-01-02"),
                    duck.texts("SELECT id || ' ' || day FROM read_parquet(" + parquet + ")", ORIGIN));
            assertEquals(
                    List.of("smew.as_of", "smew.release", "smew.sql_digest"),
                    duck.texts(
                            "SELECT decode(key) FROM parquet_kv_metadata(" + parquet
                                    + ") WHERE decode(key) LIKE 'smew.%' ORDER BY 1",
                            ORIGIN));
            assertEquals(
                    List.of("ZSTD"),
                    duck.texts("SELECT DISTINCT compression FROM parquet_metadata(" + parquet + ")", ORIGIN));
        }
        Table online = ArrowFile.read(folder.resolve("release/online/history.arrow"));
        assertArrayEquals(new long[] {1, 2}, ((Column.Integers) online.columns().get(0)).values());
        assertArrayEquals(
                new double[] {5, 5}, ((Column.Doubles) online.columns().get(3)).values());
    }

    @Test
    void writesTheSameBytesWhateverTheOrderOfTheRowsAndThreads() throws IOException {
        StringBuilder forward = new StringBuilder();
        StringBuilder backward = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            String row = i % 977 + ",2020-01-" + String.format("%02d", 1 + i % 28) + "," + i * 7 % 1000 + "\n";
            forward.append(row);
            backward.insert(0, row);
        }
        write("sql/features/history.sql", VIEW);
        source(forward.toString());
        build();
        byte[] parquet = Files.readAllBytes(folder.resolve("release/features/history/part-0.parquet"));
        byte[] online = Files.readAllBytes(folder.resolve("release/online/history.arrow"));
        source(backward.toString());
        build();
        assertArrayEquals(parquet, Files.readAllBytes(folder.resolve("release/features/history/part-0.parquet")));
        assertArrayEquals(online, Files.readAllBytes(folder.resolve("release/online/history.arrow")));
    }

    @Test
    void breaksTiesByAllColumnsAndCountsThem() throws IOException {
        source("1,2020-01-01,3\n1,2020-01-01,9\n1,2020-01-01,5\n2,2020-01-01,4\n");
        write("sql/features/history.sql", "-- @entity id\n-- @time day\nSELECT id, day, amount FROM loans");
        assertEquals(3, build().getFirst().ties());
        Table online = ArrowFile.read(folder.resolve("release/online/history.arrow"));
        assertArrayEquals(
                new double[] {9, 4}, ((Column.Doubles) online.columns().get(2)).values());
    }

    @Test
    void findsTheSameNewestRowsByScanningInOrderAsByRanking() throws IOException {
        source("1,2020-01-01,3\n");
        write(
                "sql/features/wide.sql",
                "-- @entity a, b\n-- @time day\nSELECT (hash(i) % 40000)::BIGINT AS a, chr(65 + (hash(i + 1) % 5)::INTEGER) AS b,"
                        + " DATE '2020-01-01' + (hash(i + 2) % 300)::INTEGER AS day,"
                        + " CASE WHEN i % 9 > 0 THEN i END AS v FROM loans, range(600000) r(i)");
        build();
        String view = "read_parquet('" + folder.resolve("release/features/wide/part-0.parquet") + "')";
        List<String> entity = List.of("a", "b");
        String scanned = Newest.selectFromOrdered(view, entity);
        String ranked = Newest.select(view, entity, List.of("day"), List.of("a", "b", "day", "v"));
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            assertEquals(0, duck.count("SELECT count(*) FROM (" + scanned + " EXCEPT ALL " + ranked + ")", ORIGIN));
            assertEquals(0, duck.count("SELECT count(*) FROM (" + ranked + " EXCEPT ALL " + scanned + ")", ORIGIN));
        }
    }

    @Test
    void refusesDuplicateEntitiesWithoutTimeAndNamesSome() throws IOException {
        source("1,2020-01-01,3\n1,2020-01-02,9\n2,2020-01-01,4\n");
        write("sql/features/profile.sql", "-- @entity id\nSELECT id, amount FROM loans");
        refuses(Fault.DATA, "sql/features/profile.sql:1", "2 rows share their id", "such as 1", "@time");
    }

    /** Whatever the engine calls its own columns, an entity may be called so too. */
    @Test
    void countsEntitiesOfAnyName() throws IOException {
        source("1,2020-01-01,3\n2,2020-01-02,9\n5,2020-01-03,4\n");
        for (String name : List.of("n", "rows", "entity", "id", "count")) {
            write("sql/features/profile.sql", "-- @entity " + name + "\nSELECT id AS " + name + ", amount FROM loans");
            assertEquals(3, build().getFirst().entities(), name);
        }
    }

    @Test
    void refusesNullKeys() throws IOException {
        source("1,2020-01-01,3\n,2020-01-02,9\n");
        write("sql/features/history.sql", VIEW);
        refuses(Fault.DATA, "sql/features/history.sql:2", "1 rows have a null in id");
        source("1,2020-01-01,3\n2,,9\n");
        refuses(Fault.DATA, "sql/features/history.sql:3", "1 rows have a null in day");
    }

    @Test
    void namesDirectiveAndNearestColumnWhereAKeyIsNotSelected() throws IOException {
        source("1,2020-01-01,3\n");
        write("sql/features/history.sql", "-- @entity idd\n-- @time dey\nSELECT id, day FROM loans");
        refuses(
                Fault.CONFIGURATION,
                "sql/features/history.sql:1: the SELECT has no column idd. Did you mean id?",
                "sql/features/history.sql:2: the SELECT has no column dey. Did you mean day?");
    }

    @Test
    void refusesAnEmptySource() throws IOException {
        source("");
        write("sql/features/history.sql", VIEW);
        refuses(Fault.DATA, "sql/sources/loans.sql", "no rows");
    }

    @Test
    void refusesAMissingInputAndAVariableThatNoSqlReads() throws IOException {
        source("1,2020-01-01,3\n");
        write("sql/features/history.sql", VIEW);
        Files.delete(folder.resolve("loans.csv"));
        refuses(Fault.NOT_FOUND, "sql/sources/loans.sql:1: there is no file", "loans.csv", "--set loans=FILE");
        SmewException failed = assertThrows(SmewException.class, () -> build(Map.of("loan", "x.csv")));
        assertEquals(Fault.CONFIGURATION, failed.fault());
        assertTrue(failed.getMessage().contains("Did you mean loans?"), failed.getMessage());
    }

    @Test
    void namesTheLineOfABadRowAmongTheFirst() throws IOException {
        write("sql/features/history.sql", VIEW);
        source("1,2020-01-01,3\n2,2020-01-02\n3,2020-01-03,4\n");
        refuses(Fault.DATA, "loans.csv: line 3: found 2 columns, expected 3", "sql/sources/loans.sql");
        source("1,2020-01-01,3\n");
        Files.write(
                folder.resolve("loans.csv"),
                new byte[] {'2', ',', (byte) 0xe4, ',', '5', '\n'},
                StandardOpenOption.APPEND);
        refuses(Fault.DATA, "loans.csv", "line 3", "not UTF-8");
    }

    @Test
    void readsEveryFileOfAGlob() throws IOException {
        source("1,2020-01-01,3\n");
        Files.writeString(folder.resolve("loans-2.csv"), "id,day,amount\n2,2020-01-01,4\n");
        write("sql/features/history.sql", VIEW);
        assertEquals(2, build(Map.of("loans", "loans*.csv")).getFirst().rows());
    }

    @Test
    void stopsAtAFailingCheckButNotAtAWarning() throws IOException {
        source("1,2020-01-01,3\n");
        write("sql/features/history.sql", VIEW);
        write(
                "sql/checks/small.sql",
                "-- Amounts are small.\n-- @severity warn\nSELECT * FROM history WHERE amount > 2");
        assertEquals(1, check().getFirst().failing());
        write("sql/checks/tiny.sql", "-- Amounts are tiny.\nSELECT * FROM history WHERE amount > 1");
        SmewException failed = assertThrows(SmewException.class, this::check);
        assertEquals(Fault.DATA, failed.fault());
        assertTrue(failed.getMessage().contains("sql/checks/tiny.sql: found 1 rows"), failed.getMessage());
        assertTrue(failed.getMessage().contains("Amounts are tiny."), failed.getMessage());
    }

    private void refuses(Fault fault, String... parts) {
        SmewException failed = assertThrows(SmewException.class, this::build);
        for (String part : parts) {
            assertTrue(failed.getMessage().contains(part), failed.getMessage());
        }
        assertEquals(fault, failed.fault());
    }

    private void source(String rows) throws IOException {
        write("loans.csv", "id,day,amount\n" + rows);
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT * FROM read_csv(getvariable('loans'), header = true, delim = ',',
                    types = {'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE'})
                """);
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<Manifest.View> build() {
        return build(Map.of());
    }

    private List<Manifest.View> build(Map<String, String> sets) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return build(duck, sets);
        }
    }

    private List<Manifest.View> build(Duck duck, Map<String, String> sets) {
        Project project = Project.read(folder, duck::parse);
        Map<String, Inputs.Given> given = new TreeMap<>();
        sets.forEach((name, value) -> given.put(name, new Inputs.Given(value, "--set " + name, folder, true)));
        Inputs inputs = Inputs.resolve(project, given, duck, new RemoteFiles(StoreSettings.folder(folder.toString())));
        inputs.variables().forEach(duck::variable);
        duck.variable("as_of", LocalDate.of(2021, 9, 17));
        Map<String, String> metadata = Map.of("smew.release", "0123456789ab", "smew.as_of", "2021-09-17");
        return new FeatureRun(
                        duck, project, inputs, ReleaseFolder.at(folder.resolve("release")), metadata, Progress.NONE)
                .build();
    }

    private List<Manifest.Check> check() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            build(duck, Map.of());
            List<Relation.Check> checks = Project.read(folder, duck::parse).checks();
            List<Manifest.Check> results = Checks.run(duck, checks, Progress.NONE);
            Checks.require(checks, results);
            return results;
        }
    }
}
