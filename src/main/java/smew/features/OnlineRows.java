package smew.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.ArrowFile;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Newest;
import smew.release.ReleaseFolder;

/** Writes {@code online/NAME.arrow}: the newest row of each entity, in the order of the entities. */
final class OnlineRows {

    private OnlineRows() {}

    /**
     * Writes the online rows of one feature view or model.
     *
     * @param relation what to select from, quoted; its rows lie in the order of {@link Newest#order}
     */
    static void write(Duck duck, Keys keys, String relation, ReleaseFolder release, Map<String, String> metadata) {
        Table newest = duck.query(
                Newest.selectFromOrdered(relation, keys.entity()),
                Origin.engine("Finding the newest rows of", keys.file().path()));
        Path arrow = directory(release.directory().resolve("online"))
                .resolve(keys.file().name() + ".arrow");
        try {
            ArrowFile.write(arrow, newest, metadata);
            release.written(arrow);
        } catch (IOException failed) {
            throw unwritable(arrow, failed);
        }
    }

    static Path directory(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException failed) {
            throw unwritable(directory, failed);
        }
    }

    static SmewException unwritable(Path path, IOException failed) {
        return new SmewException(
                Fault.OUTSIDE,
                "Writing " + path + ": the file system refused (" + failed.getMessage()
                        + "). Check that the store is writable and has space.",
                failed);
    }
}
