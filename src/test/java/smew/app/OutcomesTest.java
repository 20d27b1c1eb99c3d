package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.app.WatchedProject.Asked;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** What became of predictions: which prediction an outcome belongs to, and what follows. */
class OutcomesTest {

    @TempDir
    Path folder;

    private WatchedProject project;

    @BeforeEach
    void run() {
        project = new WatchedProject(folder).run(0);
    }

    private JsonNode load(String csv, String... more) {
        project.write("truth.csv", csv);
        String[] arguments = Stream.concat(Stream.of("outcomes", "load", "truth.csv", "--json"), Stream.of(more))
                .toArray(String[]::new);
        assertEquals(0, project.smew(arguments), project.prompt.err());
        return Json.tree(project.prompt.out());
    }

    private int kept() throws Exception {
        try (var files = Files.list(folder.resolve("out/outcomes/risk"))) {
            return (int) files.count();
        }
    }

    @Test
    void figuresAreThoseThatAHandComputes() {
        project.serve(
                new Asked("2026-01-01T00:00:00Z", 0.1, 10),
                new Asked("2026-01-01T00:00:00Z", 0.4, 20),
                new Asked("2026-01-01T00:00:00Z", 0.35, 30),
                new Asked("2026-01-01T00:00:00Z", 0.8, 40));
        JsonNode figures = load("id,status\n10,0\n20,0\n30,1\n40,1\n50,1\n60,\n");
        assertEquals(5, figures.get("loaded").asInt());
        assertEquals(1, figures.get("unlabelled").asInt());
        assertEquals(4, figures.get("matched").asInt());
        assertEquals(1, figures.get("unmatched").asInt());
        JsonNode live = figures.get("live");
        // Of the four pairs of a bad and a good one, 0.35 is ranked below 0.4 in one.
        assertEquals(0.75, live.get("auc").asDouble(), 1e-12);
        assertEquals((0.01 + 0.16 + 0.4225 + 0.04) / 4, live.get("brier").asDouble(), 1e-12);
        assertEquals(
                -(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4,
                live.get("log_loss").asDouble(),
                1e-12);
        assertEquals(0.75, live.get("accuracy").asDouble());
        assertTrue(figures.get("held_out").get("auc").asDouble() > 0.5);
        assertEquals(4, figures.get("calibration").size());
        assertEquals(
                0.1, figures.get("calibration").get(0).get("mean_probability").asDouble(), 1e-12);
        assertEquals(0, figures.get("calibration").get(0).get("share_true").asDouble());
        assertEquals(4, figures.get("drift").get("rows").asInt());
        assertEquals(
                4,
                figures.get("releases").valueStream().findFirst().orElseThrow().asInt());
    }

    @Test
    void anOutcomeBelongsToTheNewestPredictionBeforeIt() {
        project.serve(
                new Asked("2026-01-01T00:00:00Z", 0.1, 1, 2, 3, 4),
                new Asked("2026-01-10T00:00:00Z", 0.2, 1, 2, 3),
                new Asked("2026-01-20T00:00:00Z", 0.9, 1, 2));
        // 1 before the third, 2 after all, 3 at the very moment of the second, 4 before any.
        JsonNode figures = load("""
                id,status,time
                1,0,2026-01-15 00:00:00
                2,1,2026-02-01
                3,0,2026-01-10 00:00:00
                4,1,2025-12-31T23:59:59Z
                """);
        assertEquals(3, figures.get("matched").asInt());
        assertEquals(1, figures.get("unmatched").asInt());
        assertEquals(
                List.of(0.1, 0.2, 0.9),
                figures.get("calibration")
                        .valueStream()
                        .map(range -> range.get("mean_probability").asDouble())
                        .sorted()
                        .toList());
        assertEquals(1, figures.get("live").get("auc").asDouble());
    }

    @Test
    void withoutATimeTheNewestPredictionCountsAndTheNewestFile() throws Exception {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1, 2), new Asked("2026-01-02T00:00:00Z", 0.9, 1));
        String first = "id,status\n1,0\n2,0\n";
        assertEquals(0.5, load(first).get("live").get("accuracy").asDouble());
        JsonNode again = load(first);
        assertTrue(again.get("known").asBoolean());
        assertEquals(2, again.get("outcomes").asInt());
        assertEquals(1, kept());
        JsonNode corrected = load("id,status\n1,1\n");
        assertEquals(2, corrected.get("outcomes").asInt());
        assertEquals(1, corrected.get("live").get("accuracy").asDouble());
        assertEquals(2, kept());
    }

    @Test
    void aFileLoadedWithAnotherTimeColumnTakesThePlaceOfItself() throws Exception {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1), new Asked("2026-01-03T00:00:00Z", 0.9, 1));
        String csv = "id,status,closed\n1,0,2026-01-02\n";
        assertEquals(
                0, load(csv).get("live").get("accuracy").asDouble(), "without a time the newest prediction counts");
        JsonNode figures = load(csv, "--time", "closed");
        assertEquals(false, figures.get("known").asBoolean());
        assertEquals(1, figures.get("live").get("accuracy").asDouble());
        assertEquals(1, kept());
    }

    @Test
    void aKeyIsOneHoweverFilesSpellIt() {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1, 2));
        load("id,status\n1,0\n2,0\n");
        load("id,status\n1.0,1\n");
        JsonNode figures = load("id,status\n001,0\n2.0,0\n");
        assertEquals(2, figures.get("outcomes").asInt());
        assertEquals(1, figures.get("live").get("accuracy").asDouble(), "the last word on 1 counts");
    }

    @Test
    void aParquetFileAndATimeOfAnotherNameAreTaken() {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1), new Asked("2026-01-03T00:00:00Z", 0.9, 1));
        assertEquals(
                0,
                project.smew(
                        "sql",
                        "SELECT 1.0::DOUBLE AS ID, 0 AS status, TIMESTAMP '2026-01-02' AS paid",
                        "--output",
                        "truth.parquet"),
                project.prompt.err());
        assertEquals(
                0, project.smew("outcomes", "load", "truth.parquet", "--time", "paid", "--json"), project.prompt.err());
        JsonNode figures = Json.tree(project.prompt.out());
        assertEquals(0.01, figures.get("live").get("brier").asDouble(), 1e-12);
    }

    @Test
    void onePrintsWhatAPersonReads() {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1, 2), new Asked("2026-01-01T00:00:00Z", 0.9, 3));
        project.write("truth.csv", "id,status\n1,0\n2,0\n3,1\n");
        assertEquals(0, project.smew("outcomes", "load", "truth.csv"), project.prompt.err());
        List<String> lines = project.prompt.out().lines().toList();
        assertEquals("3 outcomes of model risk loaded.", lines.get(0));
        assertTrue(lines.get(1).startsWith("3 of all 3 outcomes have a prediction that was made before"), lines.get(1));
        assertTrue(lines.stream().anyMatch(line -> line.matches("auc +1\\.0000 +0\\.\\d{4}")), project.prompt.out());
        assertTrue(lines.stream().anyMatch(line -> line.matches(" +2 +0\\.1000 +0\\.0000 .*")), project.prompt.out());
        assertEquals("3 predictions, too few rows: below 100 rows, chance alone looks like drift.", lines.getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id,stats;1,0|truth.csv: it has no column status, the label of model risk, but id, stats. Did you mean status?|4",
                "customer,status;1,0|it has no column id, the key of model risk|4",
                "id,status;1,2|found 2 for key 1 in one row, expected one of 0, 1 in column status. Nothing was loaded.|4",
                "id,status;1,yes|found yes for key 1 in one row, expected one of 0, 1|4",
                "id,status;,1;,0|found no id and the like in 2 rows, expected a key in every row|4",
                "id,status,time;1,1,soon|found soon for key 1 in one row, expected a time such as|4",
                "id,status;7,1;7,0|key 7 has more than one status at the same time|4",
            })
    void aFileThatIsWrongIsExplainedAndNotKept(String csv, String expected, int code) {
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1));
        project.write("truth.csv", csv.replace(';', '\n') + "\n");
        assertEquals(code, project.smew("outcomes", "load", "truth.csv"), project.prompt.out());
        assertTrue(project.prompt.err().contains(expected.replace("Did you mean status?", "")), project.prompt.err());
        assertEquals(1, project.prompt.err().lines().count(), project.prompt.err());
        assertTrue(Files.notExists(folder.resolve("out/outcomes")));
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertEquals(3, project.smew("outcomes", "load", "absent.csv"));
        assertTrue(project.prompt.err().contains("absent.csv: there is no such file"), project.prompt.err());
        project.write("truth.txt", "id,status\n1,0\n");
        assertEquals(2, project.smew("outcomes", "load", "truth.txt"));
        assertTrue(project.prompt.err().contains("ends with none of .csv"), project.prompt.err());
        project.write("truth.csv", "id,status\n1,0\n");
        assertEquals(3, project.smew("outcomes", "load", "truth.csv"));
        assertTrue(project.prompt.err().contains("none are logged there"), project.prompt.err());
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.1, 1));
        assertEquals(4, project.smew("outcomes", "load", "truth.csv", "--time", "paid"));
        assertTrue(project.prompt.err().contains("it has no column paid, what --time names"), project.prompt.err());
    }
}
