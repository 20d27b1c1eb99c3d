package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import smew.app.Engine.Preview;
import smew.app.Engine.SqlRequest;
import smew.app.Engine.SqlRequest.Format;
import smew.base.Fault;
import smew.base.SmewException;

/** Brings the answer of a query to a screen, a pipe or a file. */
record Answer(Surroundings world, SqlRequest request) {

    private static final int SCREEN_ROWS = 40;

    void print(Format format) {
        switch (format) {
            case TABLE -> table();
            case CSV, JSON, PARQUET -> stream(format);
        }
    }

    /** Writes aside and renames, so that a failed query leaves an older file as it was. */
    void write(Format format, Path target) {
        Path aside = target.resolveSibling("." + ProcessHandle.current().pid() + "-" + target.getFileName());
        try {
            world.engine().export(request, format, aside);
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
            world.err().println("Wrote " + target + ".");
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Writing " + target + ": " + failed + ". Name a folder that can be written to.",
                    failed);
        } finally {
            delete(aside);
        }
    }

    private void table() {
        Preview preview = world.engine().preview(request, SCREEN_ROWS);
        TextTable.of(preview.table(), preview.limit()).print(world.out());
        if (preview.table().rows() > preview.limit()) {
            world.err().println("These are the first " + SCREEN_ROWS + " rows; --format csv or --output gives all.");
        }
    }

    /** DuckDB writes the file, which keeps an answer of any size out of Java's memory. */
    private void stream(Format format) {
        if (format == Format.PARQUET && world.terminal().out()) {
            throw new SmewException(
                    Fault.USAGE, "Parquet is no text for a terminal; write a file with --output FILE.parquet.");
        }
        Path directory = temporary();
        Path file = directory.resolve("answer." + format.toString().toLowerCase(java.util.Locale.ROOT));
        try {
            world.engine().export(request, format, file);
            Files.copy(file, world.out());
            world.out().flush();
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Copying the answer from " + file + ": " + failed + ".", failed);
        } finally {
            delete(file);
            delete(directory);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("smew-sql-");
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE, "Making a temporary folder for the answer: " + failed + ". Free some disk.", failed);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            java.util.logging.Logger.getLogger("smew.app").warning("Left behind: " + path);
        }
    }
}
