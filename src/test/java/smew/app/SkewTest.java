package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Progress;
import smew.duck.Duck;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Project;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import smew.serve.Expected;
import smew.serve.Rehearsal;
import smew.store.StoreSettings;

/** What a run says when a server would not answer from what was learned. */
class SkewTest {

    @TempDir
    Path folder;

    private Leaks skew(CloudProject cloud, List<Expected> expected) {
        StoreSettings store = StoreSettings.folder(folder.resolve("out").toString());
        if (!Files.exists(folder.resolve("out"))) {
            cloud.run(store, false);
        }
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE);
                Releases releases = Releases.of(store);
                ReleaseFiles files = releases.files(releases.manifest(releases.requireCurrent()))) {
            return Skew.of(
                    Rehearsal.of(releases, files),
                    expected,
                    Project.read(cloud.project(), duck::parse).models(),
                    Progress.NONE);
        }
    }

    private static Expected expected(String body) {
        return new Expected("risk_of_loss", "3", "/models/risk_of_loss/predictions/3", body);
    }

    @Test
    void aWrongFeatureIsALeakThatAnAllowanceCovers() {
        try (CloudProject cloud = new CloudProject(folder)) {
            List<Expected> wrong = List.of(expected("{\"features\":{\"amount\":1.5,\"large\":true}}"));
            Leak leak = skew(cloud, wrong).found().getFirst();
            assertEquals(LeakKind.SKEW, leak.kind());
            assertEquals("risk_of_loss", leak.relation());
            assertEquals(Optional.of("amount"), leak.column());
            assertTrue(
                    leak.evidence()
                            .matches(
                                    "Of entity 3 a server answers 1\\d{3}.0, expected 1.5, and 1 of 1 answers differ."),
                    leak.evidence());
            assertTrue(leak.reason().isEmpty());
            cloud.write(
                    "sql/models/risk_of_loss.sql",
                    "-- @label status\n-- @allow skew amount rounded by hand\nSELECT id, day, amount, status FROM history;\n");
            assertEquals(
                    Optional.of("rounded by hand"),
                    skew(cloud, wrong).found().getFirst().reason());
            assertEquals(Leaks.NONE, skew(cloud, List.of()), "nobody was asked");
        }
    }
}
