package smew.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Json;
import smew.base.JsonException;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/**
 * The schema and statistics of a source, or of the rows of a model. All of it is exact and hangs on no order, so that the same rows give the
 * same bytes.
 *
 * @param columns in the order of the relation
 * @param sample empty where an older Smew made it
 */
public record RelationProfile(String name, long rows, List<Column> columns, Optional<Sample> sample) {

    /** Where a release keeps those of all its sources; a release of a Smew before it made any has no such file. */
    public static final String FILE = "sources.json";

    /** Where it keeps those of models. */
    public static final String FOLDER = "profiles";

    public RelationProfile {
        columns = List.copyOf(columns);
    }

    /** Where a release keeps that of a model. */
    public static String file(String model) {
        return FOLDER + "/" + model + ".json";
    }

    /**
     * One column.
     *
     * @param type DuckDB's name of it
     * @param smallest of numbers, dates and timestamps, leaving out infinities; empty of other types and where all are null
     * @param values every text, sorted, of a column that has few; empty of others
     * @param counts how many rows have each of these; empty where an older Smew made it
     * @param histogram of finite numbers, booleans, dates and timestamps; empty of others and where there are none
     */
    public record Column(
            String name,
            String type,
            long nulls,
            Optional<String> smallest,
            Optional<String> largest,
            Optional<List<String>> values,
            Optional<List<Long>> counts,
            Optional<Histogram> histogram) {
        public Column {
            values = values.map(List::copyOf);
            counts = counts.map(List::copyOf);
        }

        /** A column of which only this is known. */
        public static Column of(String name, String type, long nulls) {
            return new Column(
                    name,
                    type,
                    nulls,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * Some rows, the same ones each time.
     *
     * @param columns those that are shown: texts of which there are many may say who somebody is, and stay where they are
     * @param rows in the order of their hashes, which is no order of anything
     */
    public record Sample(List<String> columns, List<Row> rows) {
        public Sample {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * One of these rows.
     *
     * @param hash of all of its values, shown or not: an unsigned number of 64 bits, which finds the sample of all rows among those of parts.
     *     Empty but in parts: it would confirm a guess of what is not shown
     * @param cells an array of texts and nulls
     */
    public record Row(Optional<String> hash, JsonNode cells) {}

    /** A column, whatever its case. */
    public Optional<Column> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** What {@link #FILE} holds. */
    private record All(List<RelationProfile> sources) {}

    /** The text of the file. */
    public static String write(List<RelationProfile> sources) {
        return Json.pretty(new All(sources));
    }

    /**
     * Those of a release.
     *
     * @return none where an older Smew made it
     * @throws SmewException DATA when the file is gone or damaged
     */
    public static List<RelationProfile> of(ReleaseFiles files) {
        Manifest manifest = files.manifest();
        if (manifest.outputs().stream().noneMatch(output -> output.path().equals(FILE))) {
            return List.of();
        }
        try {
            return Json.read(Files.readAllBytes(files.file(FILE)), All.class).sources();
        } catch (IOException | JsonException failed) {
            throw new SmewException(
                    Fault.DATA, "Reading " + FILE + " of release " + manifest.id() + ": " + failed, failed);
        }
    }
}
