package smew.project;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One SQL file as it stands on disk.
 *
 * @param name its stem, which is its relation name
 * @param path relative to the project, with slashes: {@code sql/features/credit_history.sql}
 * @param sql the whole text, without a closing semicolon; line 1 is line 1 of the file; ends with a line break, so that
 *     it can stand in parentheses
 * @param description the leading comment, without directives
 * @param directives in file order
 * @param reads the relations it reads, without its own CTEs and sorted by name
 * @param digest SHA-256 of the file's bytes
 * @param comments what columns hold, in the words of comments: of the file itself, then of what it reads; by their names in
 *     lower case
 */
public record SqlFile(
        String name,
        String path,
        String sql,
        String description,
        List<DirectiveLine> directives,
        List<String> reads,
        String digest,
        Map<String, String> comments) {

    public SqlFile {
        directives = List.copyOf(directives);
        reads = List.copyOf(reads);
        comments = Map.copyOf(comments);
    }

    /** A file that says nothing of its columns. */
    public SqlFile(
            String name,
            String path,
            String sql,
            String description,
            List<DirectiveLine> directives,
            List<String> reads,
            String digest) {
        this(name, path, sql, description, directives, reads, digest, Map.of());
    }

    /** What a column holds, where a comment says so. */
    public Optional<String> comment(String column) {
        return Optional.ofNullable(comments.get(ColumnComments.key(column)));
    }

    /** The same text as a file of another digest: one that differs in what {@link #sql} leaves out. */
    public SqlFile with(String otherDigest) {
        return new SqlFile(name, path, sql, description, directives, reads, otherDigest, comments);
    }

    /** The same with other directives. */
    SqlFile with(List<DirectiveLine> others) {
        return new SqlFile(name, path, sql, description, others, reads, digest, comments);
    }

    /** One directive as written, {@code -- @key value}, and the line it stands on, from 1. */
    public record DirectiveLine(Directive directive, String value, int line) {}

    /** Where a person has to look, {@code sql/models/credit_risk.sql:7}: the line of the directive, or line 1 without one. */
    public String where(Directive directive) {
        return directives.stream()
                .filter(written -> written.directive() == directive)
                .findFirst()
                .map(written -> path + ":" + written.line())
                .orElse(path + ":1");
    }
}
