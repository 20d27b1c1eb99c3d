package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Engine.ReleaseLine;
import smew.base.Json;
import smew.release.Manifest;
import tools.jackson.databind.JsonNode;

/** A release whose model is not good enough stays beside the current one, marked, until a person decides. */
class GateTest {

    private static final String GOOD = """
            -- @label status
            -- @allow separation * the label was made from the amount
            -- @allow label-copy * the label was made from the amount
            -- @algorithm decision-tree max-depth=3
            """;

    @TempDir
    Path folder;

    private CloudProject cloud;
    private Prompt prompt;

    @BeforeEach
    void start() {
        cloud = new CloudProject(folder);
        prompt = new Prompt(cloud.project());
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    /** A model that sees the amount, or only its last digit, from which nothing follows. */
    private void model(boolean good, String... directives) {
        cloud.write(
                "sql/models/risk_of_loss.sql",
                GOOD
                        + String.join(
                                "",
                                Arrays.stream(directives)
                                        .map(line -> line + "\n")
                                        .toList()) + "SELECT id, day, " + (good ? "amount" : "amount % 10 AS digit")
                        + ", status FROM history\n");
    }

    /** A tree that may not grow: it says the same of every row. */
    private void blunt(String... directives) {
        model(true, directives);
        Path file = cloud.project().resolve("sql/models/risk_of_loss.sql");
        try {
            cloud.write(
                    "sql/models/risk_of_loss.sql",
                    Files.readString(file).replace("max-depth=3", "max-depth=3 min-leaf-rows=250"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--as-of", "2021-01-01"));
        all.addAll(List.of(arguments));
        return prompt.run(cloud.wiring, all.toArray(String[]::new));
    }

    private Path store() {
        return cloud.project().resolve("out");
    }

    private String current() throws IOException {
        return Files.readString(store().resolve("CURRENT")).strip();
    }

    private JsonNode newest() throws IOException {
        assertEquals(0, prompt.run(cloud.wiring, "releases", "--json"), prompt.err());
        String id = Json.tree(prompt.out()).get(0).get("id").asString();
        return Json.tree(
                Files.readString(store().resolve("releases").resolve(id).resolve("release.json")));
    }

    @Test
    void aModelThatIsWorseThanTheCurrentOneDoesNotReplaceItUntilSomebodySaysWhy() throws IOException {
        model(true);
        assertEquals(0, run(), prompt.err());
        String good = current();
        model(false);
        assertEquals(7, run(), prompt.err());
        assertTrue(prompt.out().startsWith("release "), prompt.out());
        assertTrue(prompt.out().contains("  held back, risk_of_loss: auc 0."), prompt.out());
        assertTrue(
                prompt.err().contains("is worse than 1.000 of release " + good + ", each on its own held-out rows"),
                prompt.err());
        assertEquals(good, current(), "the good one stays");
        JsonNode held = newest();
        String id = held.get("id").asString();
        assertEquals("auc", held.at("/gate/findings/0/figure").asString());
        assertTrue(held.at("/gate/forced").isMissingNode(), held.toString());
        String page = Files.readString(store().resolve("releases").resolve(id).resolve("report.html"));
        assertTrue(page.contains("This release was held back"), "the report says so");
        assertEquals(0, prompt.run(cloud.wiring, "releases"), prompt.err());
        assertTrue(prompt.out().contains("held  " + id), prompt.out());

        assertEquals(0, run("--force", "the amount is known too late"), prompt.err());
        assertTrue(prompt.out().contains("  forced (the amount is known too late), risk_of_loss: auc "), prompt.out());
        assertEquals("the amount is known too late", newest().at("/gate/forced").asString());
        assertEquals(newest().get("id").asString(), current());
    }

    /** The older model reads a column that is there still, and is asked about the very rows. */
    @Test
    void bothModelsAreAskedAboutTheSameRowsWhereTheyCanBe() throws IOException {
        model(true);
        assertEquals(0, run(), prompt.err());
        String good = current();
        model(true, "-- @missing zero");
        assertEquals(0, run(), prompt.err());
        assertTrue(prompt.out().contains("against release " + good + ": auc the same"), prompt.out());
        good = current();
        blunt();
        assertEquals(7, run(), prompt.err());
        assertTrue(
                prompt.err().contains("is worse than 1.000 of release " + good + " on the same held-out rows; the"),
                prompt.err());
    }

    @Test
    void aHeldReleaseIsWholeAndCanBeMadeCurrent() throws IOException {
        model(false, "-- @require auc >= 0.95", "-- @require log_loss <= 0.7");
        assertEquals(7, run(), prompt.err());
        assertFalse(Files.exists(store().resolve("CURRENT")), "nothing is current");
        assertTrue(
                prompt.err().contains("sql/models/risk_of_loss.sql:5 requires auc >= 0.95, and it is 0."),
                prompt.err());
        assertEquals(5, prompt.run(cloud.wiring, "score", "--output", "scores.csv"), prompt.err());
        assertTrue(prompt.err().contains("none is current. `smew releases` lists those"), prompt.err());
        String id = newest().get("id").asString();
        assertEquals(0, prompt.run(cloud.wiring, "rollback", id), prompt.err());
        assertEquals(id, current());
        assertEquals(0, prompt.run(cloud.wiring, "sql", "SELECT count(*) AS n FROM history"), prompt.err());
        assertTrue(prompt.out().contains("400"), prompt.out());
    }

    @Test
    void aModelThatReachesWhatIsRequiredBecomesCurrent() throws IOException {
        model(true, "-- @require auc >= 0.95", "-- @require accuracy >= 0.9");
        assertEquals(0, run(), prompt.err());
        assertTrue(newest().at("/gate").isMissingNode(), "nothing speaks against it");
        assertEquals(newest().get("id").asString(), current());
    }

    @Test
    void aFigureThatTheModelLacksIsNotReached() {
        model(true, "-- @require rmse <= 3");
        assertEquals(7, run(), prompt.err());
        assertTrue(
                prompt.err().contains(":5 requires rmse <= 3, and this model has no such figure, but accuracy, auc, "),
                prompt.err());
    }

    @Test
    void whatCannotBeAskedForIsRefusedBeforeAnythingRuns() {
        for (String[] wrong : new String[][] {
            {"auk >= 0.9", "'auk' is none of auc, pr_auc"},
            {"auc > 0.9", "a figure, >= or <=, and a number are expected"},
            {"auc >= high", "'high' is no number"},
            {"auc >= NaN", "'NaN' is no bound"},
            {"positive_rate >= 0.1", "'positive_rate' is none of"}
        }) {
            model(true, "-- @require " + wrong[0]);
            assertEquals(2, run(), prompt.err());
            assertTrue(prompt.err().contains("sql/models/risk_of_loss.sql:5"), prompt.err());
            assertTrue(prompt.err().contains(wrong[1]), prompt.err());
        }
        assertEquals(2, run("--force", " "), prompt.err());
        assertTrue(prompt.err().contains("--force is empty"), prompt.err());
    }

    @Test
    void aModelThatMayHaveLearnedFromTheseRowsHoldsNothingBack() {
        model(true);
        assertEquals(0, run(), prompt.err());
        blunt("-- @seed 7");
        assertEquals(0, run(), prompt.err());
        assertTrue(prompt.out().contains("that model may have learned from these rows"), prompt.out());
    }

    @Test
    void theSameHoldsOnS3() {
        model(true);
        Manifest good = cloud.run(cloud.store(), false).manifest();
        model(false);
        Manifest worse = cloud.run(cloud.store(), false).manifest();
        assertTrue(worse.held());
        assertEquals(good.id(), cloud.current());
        List<ReleaseLine> releases = cloud.wiring.releases(cloud.store());
        assertEquals(
                List.of(true, false), releases.stream().map(ReleaseLine::held).toList());
        cloud.wiring.rollback(cloud.store(), worse.id());
        assertEquals(worse.id(), cloud.current());
    }
}
