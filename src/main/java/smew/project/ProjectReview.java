package smew.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import smew.base.Problem;
import smew.project.SqlFile.DirectiveLine;

/**
 * What can be told of a project's files, whatever is wrong with some of them.
 *
 * @param relations those that could be read, each after all that it reads
 * @param files every SQL file that lies in its place, each after those that it reads
 * @param findings sorted by file and line
 */
public record ProjectReview(List<Relation> relations, List<ReviewedFile> files, List<Finding> findings) {

    public ProjectReview {
        relations = List.copyOf(relations);
        files = List.copyOf(files);
        findings = List.copyOf(findings);
    }

    /**
     * One file.
     *
     * @param description the leading comment, without directives
     * @param digest SHA-256 of the file's bytes
     * @param text with {@code \n} at the end of every line
     * @param sql the same without semicolons; empty where DuckDB cannot parse it
     * @param reads names of what it reads directly
     */
    public record ReviewedFile(
            Kind kind,
            String name,
            String path,
            String description,
            String digest,
            String text,
            Optional<String> sql,
            List<DirectiveLine> directives,
            Set<String> reads) {
        public ReviewedFile {
            directives = List.copyOf(directives);
            reads = Set.copyOf(reads);
        }
    }

    /**
     * Reviews a project.
     *
     * @param unsaved texts by file, in place of what is on disk
     * @param parser turns the text of one SELECT into the JSON of DuckDB's {@code json_serialize_sql}
     * @throws smew.base.SmewException when there is no SQL file
     */
    public static ProjectReview of(Path directory, Map<Path, byte[]> unsaved, UnaryOperator<String> parser) {
        return new ProjectReader().review(directory, unsaved, parser);
    }

    /** The same of what is on disk. A project that has no SQL yet is empty, and nothing is wrong with it. */
    public static ProjectReview onDisk(Path directory, UnaryOperator<String> parser) {
        return SqlFolder.isEmpty(directory)
                ? new ProjectReview(List.of(), List.of(), List.of())
                : of(directory, Map.of(), parser);
    }

    /** A digest of all SQL, without parsing any; the same as long as no file changed. */
    public static String digest(Path directory) {
        return SqlFolder.digest(directory);
    }

    /** All that is wrong, each with its line. */
    public List<Problem> problems() {
        return findings.stream().map(Finding::problem).toList();
    }

    /** The file at a path relative to the project. */
    public Optional<ReviewedFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
