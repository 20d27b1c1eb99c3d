package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import smew.base.Fault;
import smew.base.SmewException;
import smew.features.ColumnTrace;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.release.RelationProfile;

/** Keeps with a release what its columns come from. */
final class ReleasedLineage {

    private ReleasedLineage() {}

    static void write(
            Path folder,
            Preparation prepared,
            List<RelationProfile> sources,
            List<Manifest.View> views,
            LocalDate asOf) {
        Path file = folder.resolve(ColumnLineage.FILE);
        ColumnLineage lineage = ColumnTrace.of(
                prepared.project(), sources, views, asOf, prepared.inputs().variables());
        try {
            Files.writeString(file, lineage.text());
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing " + file + " failed: " + failed + ".", failed);
        }
    }
}
