package smew.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import smew.base.Json;
import smew.duck.Duck;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFolder;

/** Writes what the rows of a model look like, for whoever looks at the release. */
final class ModelProfile {

    private ModelProfile() {}

    /**
     * Writes {@link RelationProfile#file}.
     *
     * @param table the rows
     * @param rows how many there are
     */
    static void write(
            Duck duck, String model, String table, long rows, List<Manifest.Column> columns, ReleaseFolder release) {
        RelationProfile profile = RelationScan.of(duck, model, table, rows, columns, true);
        OnlineRows.directory(release.directory().resolve(RelationProfile.FOLDER));
        Path file = release.directory().resolve(RelationProfile.file(model));
        try {
            Files.writeString(file, Json.pretty(profile));
            release.written(file);
        } catch (IOException failed) {
            throw OnlineRows.unwritable(file, failed);
        }
    }
}
