package smew.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import smew.base.Problem;
import smew.base.SmewException;

/** A project under test: writes files, reads it back, or tells what is wrong with it. */
record ProjectFolder(Path directory, UnaryOperator<String> parser) {

    ProjectFolder write(String path, String sql) {
        return write(path, sql.getBytes(StandardCharsets.UTF_8));
    }

    ProjectFolder write(String path, byte[] bytes) {
        try {
            Path file = directory.resolve("sql").resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Project read() {
        return Project.read(directory, parser);
    }

    List<String> problems() {
        try {
            read();
            return List.of();
        } catch (SmewException wrong) {
            return wrong.problems().stream().map(Problem::toString).toList();
        }
    }
}
