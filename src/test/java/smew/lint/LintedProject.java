package smew.lint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder with SQL files, and what lint says of them. */
final class LintedProject {

    static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

    private final Path directory;

    LintedProject(Path directory) {
        this.directory = directory;
    }

    /** A source of loans, a customer's at a time, that reads no file. */
    static LintedProject ofLoans(Path directory) {
        return new LintedProject(directory).file("sources/loans.sql", """
                -- @time day
                SELECT a.loan_id, a.id, a.day, a.amount, a.kind
                FROM (VALUES (1, 7, DATE '2020-01-01', 1.5::DOUBLE, 'x')) AS a (loan_id, id, day, amount, kind)
                """);
    }

    LintedProject file(String path, String text) {
        return write("sql/" + path, text);
    }

    LintedProject write(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A feature view of loans with time, out of this list of columns. */
    LintedProject view(String columns) {
        return file(
                "features/history.sql",
                "-- @entity id\n-- @time day\nSELECT loan_id, id, day, kind, amount, " + columns + "\nFROM loans\n");
    }

    List<Diagnostic> diagnostics() {
        return diagnostics(Map.of());
    }

    List<Diagnostic> diagnostics(Map<String, String> unsaved) {
        Map<Path, byte[]> texts = new HashMap<>();
        unsaved.forEach(
                (path, text) -> texts.put(directory.resolve("sql/" + path), text.getBytes(StandardCharsets.UTF_8)));
        return Lint.of(new Lint.Request(directory, texts, Map.of(), TODAY));
    }

    /** {@code features/history.sql:3:12 future-window} for each. */
    List<String> rules() {
        return diagnostics().stream().map(LintedProject::rule).toList();
    }

    static String rule(Diagnostic found) {
        return found.file().substring("sql/".length()) + ":" + found.place().line() + ":"
                + found.place().column() + " " + found.rule().key();
    }
}
