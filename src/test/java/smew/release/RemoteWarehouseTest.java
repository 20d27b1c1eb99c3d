package smew.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.S3Server;
import smew.base.Digest;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.S3Settings;
import smew.store.S3Store;
import smew.store.Sparse;
import smew.store.StoreSettings;

/** Queries over a release on S3 read what they need, and answer as over whole files. */
final class RemoteWarehouseTest {

    private static final Origin ORIGIN = Origin.engine("Testing", "a release");

    @TempDir
    Path folder;

    private S3Server server;
    private Releases releases;

    @BeforeEach
    void publish() throws IOException {
        server = S3Server.start(folder.resolve("server"));
        releases = Releases.of(new StoreSettings(
                "s3://bucket/here",
                server.settings(),
                S3Settings.DEFAULT.withCache(folder.resolve("cache"), 1_000_000_000)));
        try (Draft draft = releases.begin(Digest.of("1"), Clock.systemUTC());
                Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            view(
                    duck,
                    draft,
                    "wide",
                    "range AS id, DATE '2020-01-01' + (range % 10)::INTEGER AS day, hash(range) AS noise,"
                            + " 'text ' || hash(range + 1) AS other, range % 7 AS week, [range, range * 3] AS pair");
            view(duck, draft, "small", "range AS id, DATE '2020-01-01' AS day, 1::BIGINT AS one");
            draft.publish(
                    new Manifest(
                            draft.id().value(),
                            draft.created(),
                            LocalDate.EPOCH,
                            Optional.empty(),
                            Map.of(),
                            List.of(),
                            List.of(),
                            List.of(described(duck, draft, "wide"), described(duck, draft, "small")),
                            List.of(),
                            List.of(),
                            Optional.empty(),
                            Optional.empty(),
                            draft.outputs(),
                            Map.of()),
                    Optional.empty());
        }
    }

    @AfterEach
    void close() {
        releases.close();
        server.close();
    }

    private static void view(Duck duck, Draft draft, String name, String columns) throws IOException {
        Path directory = draft.directory().resolve("features/" + name);
        Files.createDirectories(directory);
        duck.execute(
                "COPY (SELECT " + columns + " FROM range(" + (name.equals("wide") ? 600_000 : 100) + ")) TO '"
                        + directory.resolve("part-0.parquet") + "' (FORMAT parquet, COMPRESSION zstd)",
                ORIGIN);
    }

    private static Manifest.View described(Duck duck, Draft draft, String name) {
        List<Manifest.Column> columns = duck
                .texts(
                        "SELECT column_name || ' ' || column_type FROM (DESCRIBE FROM read_parquet('"
                                + draft.directory().resolve("features/" + name + "/part-0.parquet") + "'))",
                        ORIGIN)
                .stream()
                .map(text -> new Manifest.Column(text.split(" ", 2)[0], text.split(" ", 2)[1]))
                .toList();
        return new Manifest.View(name, List.of("id"), List.of("day"), 600_000, 600_000, 0, columns);
    }

    @Test
    void bringsOnlyTheColumnsThatAQueryNeeds() throws IOException {
        assertEquals(1_799_995, one("SELECT sum(week)::BIGINT FROM wide"));
        assertEquals(0, copies(), "no whole file was brought");
        assertTrue(brought() < 0.2, "brought " + brought());
    }

    @Test
    void leavesOutRowGroupsThatAFilterExcludes() throws IOException {
        assertEquals(1, one("SELECT count(*) FROM wide WHERE id = 300000 AND noise > 0 AND other LIKE 'text %'"));
        assertEquals(0, copies(), "no whole file was brought");
        assertTrue(brought() < 0.4, "brought " + brought());
    }

    @Test
    void answersAsOverWholeFiles() {
        for (String sql : List.of(
                "SELECT count(*) FROM wide",
                "SELECT count(*) FROM wide WHERE id >= 599990 OR week = 3",
                "SELECT sum(id)::BIGINT FROM wide WHERE day BETWEEN DATE '2020-01-03' AND DATE '2020-01-04'",
                "SELECT count(*) FROM latest_wide w JOIN small s USING (id) WHERE w.week IN (1, 2)",
                "SELECT max(length(other)) FROM wide WHERE id < 1000",
                "SELECT sum(pair[2])::BIGINT FROM wide WHERE week = 5",
                "WITH w AS (SELECT id % 5 AS five, week FROM wide) SELECT sum(five * week)::BIGINT FROM w;",
                "SELECT sum(n)::BIGINT FROM (SELECT count(DISTINCT noise) AS n FROM wide WHERE week = 6 GROUP BY day)")) {
            long partly = one(sql);
            releases.files(releases.manifest(releases.requireCurrent())).file("features/wide/part-0.parquet");
            assertEquals(one(sql), partly, sql);
            drop();
        }
    }

    @Test
    void readingWhatIsNotThereFailsAndNeverAnswersWrongly() {
        Manifest manifest = releases.manifest(releases.requireCurrent());
        Output wide = manifest.outputs().stream()
                .filter(output -> output.path().equals("features/wide/part-0.parquet"))
                .findFirst()
                .orElseThrow();
        Sparse sparse = ((S3Store) releases.store())
                .sparse("releases/" + manifest.id() + "/" + wide.path(), wide.content())
                .orElseThrow();
        NeededColumns.fetchFooter(sparse);
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            for (String column : List.of("id", "day", "noise", "other", "week", "pair")) {
                String sql = "SELECT count(DISTINCT " + column + ") FROM read_parquet('" + sparse.file() + "')";
                assertThrows(SmewException.class, () -> duck.count(sql, ORIGIN), column);
            }
        }
    }

    @Test
    void listsWhatAQueryDoesNotName() {
        try (WarehouseQuery query = WarehouseQuery.over(releases, Map.of(), "SHOW TABLES", (_, _) -> {})) {
            Table tables = query.preview(
                    "SELECT table_name FROM information_schema.tables ORDER BY table_name", "the command line", 10);
            assertEquals(5, tables.rows());
        }
        SmewException hidden =
                assertThrows(SmewException.class, () -> one("SELECT count(*) FROM query_table('wi' || 'de')"));
        assertTrue(hidden.getMessage().contains("name it in the query"), hidden.getMessage());
    }

    @Test
    void saysWhatIsWrongWithAQuery() {
        SmewException wrong = assertThrows(SmewException.class, () -> one("SELECT nonsense FROM wide"));
        assertTrue(wrong.getMessage().contains("nonsense"), wrong.getMessage());
    }

    private long one(String sql) {
        try (WarehouseQuery query = WarehouseQuery.over(releases, Map.of(), sql, (_, _) -> {})) {
            return ((Column.Integers)
                            query.preview(sql, "the command line", 1).columns().getFirst())
                    .values()[0];
        }
    }

    private long copies() throws IOException {
        Path objects = folder.resolve("cache/objects");
        if (!Files.exists(objects)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(objects)) {
            return files.count();
        }
    }

    /** Which share of the wide file is on this disk: what was not brought is a hole. */
    private double brought() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache/sessions"))) {
            Path file = files.filter(path -> path.toString().endsWith("wide/part-0.parquet"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(file);
            long blocks = 0;
            for (int from = 0; from < bytes.length; from += 4096) {
                boolean hole = true;
                for (int i = from; i < Math.min(bytes.length, from + 4096); i++) {
                    hole &= bytes[i] == 0;
                }
                blocks += hole ? 0 : 1;
            }
            return blocks * 4096.0 / bytes.length;
        }
    }

    private void drop() {
        try (Stream<Path> files = Files.list(folder.resolve("cache/objects"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
