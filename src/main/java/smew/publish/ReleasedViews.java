package smew.publish;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.release.Manifest;

/**
 * The feature views of one release that are published.
 *
 * @param release its id
 * @param location of the store, {@code s3://bucket/prefix} or a folder, without a slash at the end
 */
public record ReleasedViews(
        String release, Instant created, LocalDate asOf, String location, List<Manifest.View> views) {

    private static final Pattern S3 = Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.+)?");

    public ReleasedViews {
        location = location.replaceFirst("/+$", "");
        views = List.copyOf(views);
    }

    /**
     * What a manifest says.
     *
     * @param names of the views to publish; empty: all
     * @throws SmewException NOT_FOUND when the release has no view of such a name, or none at all
     */
    public static ReleasedViews of(Manifest manifest, String location, List<String> names) {
        List<String> known = manifest.views().stream().map(Manifest.View::name).toList();
        if (known.isEmpty()) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Publishing release " + manifest.id() + ": it has no feature views. Add one to sql/features.");
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new SmewException(
                        Fault.NOT_FOUND,
                        "Publishing release " + manifest.id() + ": it has no feature view " + name + "."
                                + Near.hint(name, known));
            }
        }
        return new ReleasedViews(
                manifest.id(),
                manifest.created(),
                manifest.asOf(),
                location,
                manifest.views().stream()
                        .filter(view -> names.isEmpty() || names.contains(view.name()))
                        .toList());
    }

    /**
     * The same, when it lies on S3.
     *
     * @param reader who can read nothing else
     * @throws SmewException CONFIGURATION when it does not
     */
    ReleasedViews onS3(String reader) {
        if (!S3.matcher(location).matches()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Publishing to " + reader + ": it reads S3 only, and the store is " + location
                            + ". Run on a store with --store s3://bucket/prefix, or copy this one to S3 and say where with"
                            + " --location s3://bucket/prefix.");
        }
        return this;
    }

    /** The folder that holds the Parquet files of a view, with a slash at the end. */
    String folder(Manifest.View view) {
        String file = location + "/releases/" + release + "/" + view.path();
        return file.substring(0, file.lastIndexOf('/') + 1);
    }
}
