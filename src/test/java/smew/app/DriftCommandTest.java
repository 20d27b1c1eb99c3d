package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.WatchedProject.Asked;
import smew.base.Json;
import smew.monitor.Drift;
import smew.store.Store;
import tools.jackson.databind.JsonNode;

/** What is served beside what a model was learned from, as a command. */
class DriftCommandTest {

    @TempDir
    Path folder;

    private int smew(WatchedProject project, String... arguments) {
        return project.smew(arguments);
    }

    @Test
    void sameDataIsSteadyAndShiftedDataEndsWithSeven() {
        WatchedProject project = new WatchedProject(folder).run(0);
        assertEquals(0, smew(project, "drift"), project.prompt.out());
        List<String> lines = project.prompt.out().lines().toList();
        assertTrue(
                lines.getFirst().startsWith("risk: 400 online rows beside 280 training rows of release 2"),
                lines.getFirst());
        assertTrue(lines.get(1).startsWith("feature  "), lines.get(1));
        assertEquals("steady: no feature is beyond PSI 0.25", lines.getLast());
        assertEquals("", project.prompt.err());
        project.run(150);
        assertEquals(7, smew(project, "drift"), project.prompt.out());
        lines = project.prompt.out().lines().toList();
        assertTrue(lines.get(3).matches("(amount|\\(score\\)) .* drifted"), lines.get(3));
        assertTrue(project.prompt.err().contains("amount"), project.prompt.err());
        assertTrue(project.prompt.err().contains("of model risk drifted beyond PSI 0.25"), project.prompt.err());
        assertFalse(project.prompt.err().contains("job"), project.prompt.err());
        assertEquals(0, smew(project, "drift", "--threshold", "100"), project.prompt.err());
        assertEquals(7, smew(project, "drift", "--threshold", "100", "--ks-threshold", "0.5"));
    }

    @Test
    void jsonSaysAllThatThereIs() {
        WatchedProject project = new WatchedProject(folder).run(150);
        assertEquals(7, smew(project, "drift", "--json"));
        JsonNode json = Json.tree(project.prompt.out());
        assertEquals(0.25, json.get("threshold").asDouble());
        JsonNode model = json.get("models").get(0);
        assertEquals("risk", model.get("model").asString());
        assertEquals("drifted", model.get("verdict").asString());
        assertEquals(400, model.get("rows").asInt());
        JsonNode worst = model.get("features").get(0);
        assertTrue(worst.get("psi").asDouble() > 0.25, worst.toString());
        JsonNode amount = model.get("features")
                .valueStream()
                .filter(feature -> feature.get("feature").asString().equals("amount"))
                .findFirst()
                .orElseThrow();
        // All lie above the ninth decile; how far above does not show.
        assertEquals(0.9, amount.get("ks").asDouble(), 0.01);
        assertEquals(0, amount.get("nulls_now").asDouble());
    }

    @Test
    void loggedPredictionsAreComparedByDay() {
        WatchedProject project = new WatchedProject(folder).run(0);
        assertEquals(3, smew(project, "drift", "--predictions"));
        assertTrue(project.prompt.err().contains("Serve with --log-predictions"), project.prompt.err());
        int[] all = IntStream.range(0, WatchedProject.CUSTOMERS).toArray();
        int[] one = IntStream.generate(() -> 7).limit(200).toArray();
        project.serve(new Asked("2025-12-20T10:00:00Z", 0.01, one), new Asked("2026-01-01T00:00:00Z", 0.2, all));
        assertEquals(7, smew(project, "drift", "--predictions"));
        assertTrue(project.prompt.out().startsWith("risk: 600 predictions beside 280"), project.prompt.out());
        project.prompt.now = Instant.parse("2026-01-02T12:00:00Z");
        smew(project, "drift", "--predictions", "--since", "1", "--json");
        JsonNode model = Json.tree(project.prompt.out()).get("models").get(0);
        assertEquals(400, model.get("rows").asInt());
        for (JsonNode feature : model.get("features")) {
            assertTrue(
                    feature.get("feature").asString().equals("(score)")
                            || feature.get("psi").asDouble() < 0.1,
                    feature.toString());
        }
        assertEquals(3, smew(project, "drift", "--predictions", "--since", "0"));
        assertTrue(project.prompt.err().contains("since 2026-01-02"), project.prompt.err());
    }

    @Test
    void fewRowsAreShownWithoutAVerdict() {
        WatchedProject project = new WatchedProject(folder).run(0);
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.9, 1, 2, 3));
        assertEquals(0, smew(project, "drift", "--predictions"), project.prompt.err());
        assertTrue(project.prompt.out().contains("too few rows: below 100 rows"), project.prompt.out());
    }

    @Test
    void aDayIsOfNoUseToOnlineRowsAndAModelHasToExist() {
        WatchedProject project = new WatchedProject(folder);
        assertEquals(2, smew(project, "drift", "--since", "3"));
        assertTrue(project.prompt.err().contains("say --predictions too"), project.prompt.err());
        assertEquals(2, smew(project, "drift", "--threshold", "much"));
        assertTrue(project.prompt.err().contains("expected a number from 0 up"), project.prompt.err());
        assertEquals(5, smew(project, "drift"));
        project.run(0);
        assertEquals(3, smew(project, "drift", "--model", "rsk"));
        assertTrue(project.prompt.err().contains("Did you mean risk?"), project.prompt.err());
    }

    @Test
    void pruningAndListingLeavePredictionsAlone() throws Exception {
        WatchedProject project = new WatchedProject(folder).run(0);
        project.serve(new Asked("2026-01-01T00:00:00Z", 0.9, 1));
        project.run(150);
        assertEquals(0, smew(project, "prune", "--keep", "1"), project.prompt.err());
        assertEquals(0, smew(project, "releases", "--json"), project.prompt.err());
        assertEquals(1, Json.tree(project.prompt.out()).size());
        try (var files = Files.list(folder.resolve("out/predictions/risk/day=2026-01-01"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void onS3TheLogAndItsOutcomesLieBesideTheReleases() {
        try (CloudProject cloud = new CloudProject(folder)) {
            String release = cloud.run(cloud.store(), false).manifest().id();
            List<Drift> online = cloud.wiring.drift(
                    new DriftRequest(cloud.store(), Optional.empty(), Optional.empty(), false, Optional.empty()));
            assertEquals(50, online.getFirst().rows());
            WatchedProject.serve(cloud.store(), "risk_of_loss", new Asked("2026-01-01T00:00:00Z", 0.9, 1, 2, 3));
            try (Store store = Store.open(cloud.store())) {
                List<String> files = store.list("predictions/risk_of_loss/day=2026-01-01");
                assertTrue(files.getFirst().startsWith(release + "--"), files.toString());
            }
            List<Drift> logged = cloud.wiring.drift(
                    new DriftRequest(cloud.store(), Optional.empty(), Optional.of(release), true, Optional.empty()));
            assertEquals(3, logged.getFirst().rows());
            cloud.write("truth.csv", "id,status\n1,1\n2,1\n99,0\n");
            cloud.wiring.upload(cloud.project().resolve("truth.csv"), "s3://bucket/truth/2026.csv", cloud.store());
            LiveFigures figures = cloud.wiring.outcomes(new OutcomesRequest(
                    cloud.store(),
                    "s3://bucket/truth/2026.csv",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()));
            assertEquals(2, figures.matched());
            assertEquals(1, figures.unmatched());
            assertEquals(1, figures.live().get("accuracy"));
            assertEquals(1, cloud.wiring.releases(cloud.store()).size());
            cloud.wiring.prune(cloud.store(), cloud.s3.settings(), 1);
            try (Store store = Store.open(cloud.store())) {
                assertEquals(List.of("risk_of_loss"), store.list("predictions"));
                assertEquals(1, store.list("outcomes/risk_of_loss").size());
            }
        }
    }

    @Test
    void theEngineIsToldWhatToCompare() {
        Prompt prompt = new Prompt(folder);
        assertEquals(0, prompt.run("drift", "--predictions", "--since", "2", "--model", "m"), prompt.err());
        DriftRequest asked = prompt.engine.drifts.getLast();
        assertEquals(Optional.of(LocalDate.of(2025, 12, 30)), asked.since());
        assertEquals(Optional.of("m"), asked.model());
        assertTrue(asked.predictions());
    }
}
