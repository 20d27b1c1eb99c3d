package smew.project;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import smew.base.Problem;

/**
 * A project as it stands on disk, whatever is wrong with it.
 *
 * @param parts every file, also those that are wrong; each after all that it reads, if that can be
 * @param relations those that are right by themselves
 * @param tests likewise
 * @param problems everything that is wrong, sorted by file and line
 */
public record Sketch(List<Part> parts, List<Relation> relations, List<SqlTest> tests, List<Problem> problems) {

    public Sketch {
        parts = List.copyOf(parts);
        relations = List.copyOf(relations);
        tests = List.copyOf(tests);
        problems = List.copyOf(problems);
    }

    /**
     * One file as it stands on disk, as far as it can be told.
     *
     * @param path relative to the project, with slashes
     * @param reads the relations that it reads
     * @param digest SHA-256 of the file's bytes
     */
    public record Part(
            String path, Kind kind, String name, String description, List<String> reads, String digest, String text) {
        public Part {
            reads = List.copyOf(reads);
        }
    }

    /**
     * Looks at a project. One that has no SQL yet is empty, and nothing is wrong with it.
     *
     * @param parser turns the text of one SELECT into the JSON of DuckDB's {@code json_serialize_sql}
     * @throws smew.base.SmewException when a file cannot be read
     */
    public static Sketch of(Path directory, UnaryOperator<String> parser) {
        return SqlFolder.isEmpty(directory)
                ? new Sketch(List.of(), List.of(), List.of(), List.of())
                : new ProjectReader().sketch(directory, parser);
    }

    /** A digest of all SQL, without parsing any; the same as long as no file changed. */
    public static String digest(Path directory) {
        return SqlFolder.digest(directory);
    }
}
