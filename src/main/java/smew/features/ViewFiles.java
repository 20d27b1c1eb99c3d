package smew.features;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.Manifest;
import smew.release.Newest;
import smew.release.ReleaseFolder;

/**
 * Feature views as files: each is a Parquet file and online rows, and whatever reads it later reads that file.
 *
 * @param metadata names the release in every file
 */
record ViewFiles(Duck duck, ReleaseFolder release, Map<String, String> metadata) {

    /** Runs a SELECT into the file of a feature view. */
    Manifest.View write(Relation.FeatureView view, String select, Origin origin, Progress.Step step) {
        SqlFile file = view.file();
        List<Manifest.Column> columns = FeatureRun.columns(duck, select, origin);
        Keys keys = new Keys(file, view.entity(), view.time());
        keys.require(columns);
        Path parquet = place(view);
        release.writing(parquet);
        List<String> names = columns.stream().map(Manifest.Column::name).toList();
        duck.execute(
                "COPY (SELECT * FROM (\n" + select + "\n) ORDER BY " + Newest.order(view.entity(), view.time(), names)
                        + ") TO " + Duck.literal(parquet.toString())
                        + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA " + keyValues(file)
                        + ")",
                origin,
                step);
        release.written(parquet);
        define(view.name(), parquet);
        Keys.Counts counts = keys.count(duck, Duck.identifier(view.name()));
        OnlineRows.write(duck, keys, Duck.identifier(file.name()), release, metadata(file));
        return new Manifest.View(
                view.name(),
                view.entity(),
                view.time(),
                counts.rows(),
                counts.entities(),
                counts.ties(),
                FeatureRun.columns(duck, "FROM " + Duck.identifier(view.name()), FeatureRun.running(file)));
    }

    /** Takes the file of a feature view that an older release has, under the names of this one. */
    Manifest.View take(Relation.FeatureView view, Manifest.View before, Kept kept) {
        Path from = kept.files().apply(before.path());
        Path parquet = place(view);
        try {
            ParquetLabels.copy(from, parquet, kept.labels(view), metadata(view.file()));
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Copying " + from + " to " + parquet + ": the file system refused (" + failed.getMessage()
                            + "). Check that the store is writable and has space.",
                    failed);
        }
        release.written(parquet);
        define(view.name(), parquet);
        Keys keys = new Keys(view.file(), view.entity(), view.time());
        OnlineRows.write(duck, keys, Duck.identifier(view.name()), release, metadata(view.file()));
        return before;
    }

    private Path place(Relation.FeatureView view) {
        OnlineRows.directory(release.directory().resolve("features").resolve(view.name()));
        return release.directory().resolve(Manifest.View.path(view.name()));
    }

    /** Makes a finished file a relation. */
    void define(String view, Path parquet) {
        duck.execute(
                "CREATE VIEW " + Duck.identifier(view) + " AS FROM read_parquet(" + Duck.literal(parquet.toString())
                        + ")",
                Origin.engine("Reading", parquet.toString()));
    }

    /** What a file of this relation says of where it comes from. */
    Map<String, String> metadata(SqlFile file) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(Kept.SQL_DIGEST, file.digest());
        return all;
    }

    private String keyValues(SqlFile file) {
        return metadata(file).entrySet().stream()
                .map(entry -> Duck.literal(entry.getKey()) + ": " + Duck.literal(entry.getValue()))
                .collect(joining(", ", "{", "}"));
    }
}
