package smew.anomaly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import smew.app.Console;
import smew.app.Console.Outcome;

/** A project of one source, one feature view and one tree, over a few hundred rows: whole, and quick to run. */
record SmallProject(Path directory) {

    static final int LOANS = 400;

    /** Writes the project, with a file of loans in which every amount starts at 1000. */
    static SmallProject in(Path directory) {
        SmallProject project = new SmallProject(directory);
        project.write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                -- @time day
                SELECT id, day, amount, status
                FROM read_csv(getvariable('loans'), header = true, delim = ',', quote = '"', escape = '"', types = {
                    'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE', 'status': 'INTEGER'
                })
                """);
        project.write("sql/features/history.sql", """
                -- @entity id
                -- @time day
                SELECT id, day, amount, status FROM loans
                """);
        project.write("sql/models/risk.sql", """
                -- @label status
                -- @allow separation * the label was made from the amount
                -- @allow label-copy * the label was made from the amount
                -- @algorithm decision-tree max-depth=3
                SELECT id, day, amount, status FROM history
                """);
        project.loans("loans.csv", 1000);
        return project;
    }

    /** Writes a file of loans whose amounts start at a number, by which a release tells what it was made of. */
    SmallProject loans(String file, int lowest) {
        StringBuilder rows = new StringBuilder("id,day,amount,status\n");
        for (int i = 0; i < LOANS; i++) {
            int amount = lowest + i * 7 % 100;
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,2020-%02d-%02d,%d,%d%n",
                    i % 50,
                    1 + i / 50,
                    1 + i % 28,
                    amount,
                    i * 7 % 100 / 60));
        }
        return write(file, rows.toString().replace("\r", ""));
    }

    SmallProject write(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    SmallProject write(String path, byte[] bytes) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String text(String path) {
        try {
            return Files.readString(directory.resolve(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs one command in the folder of the project. */
    Outcome smew(String... arguments) {
        return new Console(directory).run(arguments);
    }
}
