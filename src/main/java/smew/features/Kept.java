package smew.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;

/**
 * What a run takes from a release instead of making it anew.
 *
 * @param release where it comes from
 * @param files where on this machine a file of the release is, by its path in the release
 * @param views names of the feature views whose rows are the same, in lower case
 * @param sources what those sources hold that nothing has to read
 */
public record Kept(Manifest release, Function<String, Path> files, Set<String> views, List<RelationProfile> sources) {

    /** Under this name a file says which SQL made it. */
    static final String SQL_DIGEST = "smew.sql_digest";

    public Kept {
        views = Set.copyOf(views);
        sources = List.copyOf(sources);
    }

    /**
     * Whether a release has the file of a feature view, and it can be taken under other names.
     *
     * @param files where on this machine a file of the release is, by its path in the release
     */
    public static boolean canBeTaken(Relation.FeatureView view, Manifest release, Function<String, Path> files) {
        Kept alone = new Kept(release, files, Set.of(view.name().toLowerCase(Locale.ROOT)), List.of());
        return alone.view(view)
                .filter(before -> {
                    try {
                        return ParquetLabels.says(files.apply(before.path()), alone.labels(view));
                    } catch (IOException failed) {
                        throw new UncheckedIOException("Reading " + before.path(), failed);
                    }
                })
                .isPresent();
    }

    /** The feature view as the release has it; empty where it has to be made. */
    Optional<Manifest.View> view(Relation.FeatureView view) {
        return views.contains(view.name().toLowerCase(Locale.ROOT))
                ? release.views().stream()
                        .filter(before -> before.name().equals(view.name()))
                        .findFirst()
                : Optional.empty();
    }

    /** What a source held, and holds; empty where it has to be read. */
    Optional<RelationProfile> source(Relation.Source source) {
        return sources.stream()
                .filter(profile -> profile.name().equals(source.name()))
                .findFirst();
    }

    /** What the file of a feature view says of its release. */
    Map<String, String> labels(Relation.FeatureView view) {
        Map<String, String> labels = new TreeMap<>(release.labels());
        release.sql().stream()
                .filter(sql -> sql.name().equals(view.name()))
                .forEach(sql -> labels.put(SQL_DIGEST, sql.digest()));
        return labels;
    }
}
