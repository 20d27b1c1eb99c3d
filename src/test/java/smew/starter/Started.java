package smew.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smew.app.Console;
import smew.app.Console.Outcome;

/** A folder in which a file is written, a project made of it, and run. */
record Started(Path folder) {

    Started file(String name, String text) {
        return file(name, text, StandardCharsets.UTF_8);
    }

    Started file(String name, String text, Charset charset) {
        try {
            Files.write(folder.resolve(name), text.getBytes(charset));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Rows of a CSV file: a header, then one line for each number from 0. */
    static String rows(String header, int count, java.util.function.IntFunction<String> row) {
        return IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    /** {@code init --from} with these arguments and a folder for the project. */
    Outcome init(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "init";
        all[1] = "--from";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 1] = "project";
        return new Console(folder).run(all);
    }

    Outcome run() {
        return new Console(folder).run("run", "--project", "project", "--json");
    }

    Outcome sql(String select) {
        return new Console(folder).run("sql", select, "--project", "project", "--format", "csv");
    }

    String text(String path) {
        try {
            return Files.readString(folder.resolve("project/sql").resolve(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
