package smew.release;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import tools.jackson.core.JacksonException;

/**
 * The schema and statistics of one source. All of it is exact and hangs on no order, so that the same rows give the same bytes.
 *
 * @param columns in the order of the source
 */
public record SourceProfile(String name, long rows, List<Column> columns) {

    /** Where a release keeps those of all its sources; a release of a Smew before it made any has no such file. */
    public static final String FILE = "sources.json";

    public SourceProfile {
        columns = List.copyOf(columns);
    }

    /**
     * One column.
     *
     * @param type DuckDB's name of it
     * @param smallest of numbers, dates and timestamps, leaving out infinities; empty of other types and where all are null
     * @param values every text, sorted, of a column that has few; empty of others
     */
    public record Column(
            String name,
            String type,
            long nulls,
            Optional<String> smallest,
            Optional<String> largest,
            Optional<List<String>> values) {
        public Column {
            values = values.map(List::copyOf);
        }
    }

    /** A column, whatever its case. */
    public Optional<Column> column(String wanted) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(wanted))
                .findFirst();
    }

    /** What {@link #FILE} holds. */
    private record All(List<SourceProfile> sources) {}

    /** The text of the file. */
    public static String write(List<SourceProfile> sources) {
        return Json.pretty(new All(sources));
    }

    /**
     * Those of a release.
     *
     * @return none where an older Smew made it
     * @throws SmewException DATA when the file is gone or damaged
     */
    public static List<SourceProfile> of(ReleaseFiles files) {
        Manifest manifest = files.manifest();
        if (manifest.outputs().stream().noneMatch(output -> output.path().equals(FILE))) {
            return List.of();
        }
        try {
            return Json.read(Files.readAllBytes(files.file(FILE)), All.class).sources();
        } catch (IOException | JacksonException failed) {
            throw new SmewException(
                    Fault.DATA, "Reading " + FILE + " of release " + manifest.id() + ": " + failed, failed);
        }
    }
}
