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
import smew.columns.Table;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;

/** Brings rows to a screen, a pipe, a file or S3. */
record Answer(Surroundings world, Rows rows) {

    private static final int SCREEN_ROWS = 40;

    /** What is to be shown. */
    interface Rows {

        /** The first rows, at most {@code limit}. */
        Preview preview(int limit);

        /** Writes all of them into a file that does not exist yet. */
        void export(Format format, Path file);

        /** Those of a query. */
        static Rows of(Engine engine, SqlRequest request) {
            return new Rows() {
                @Override
                public Preview preview(int limit) {
                    return engine.preview(request, limit);
                }

                @Override
                public void export(Format format, Path file) {
                    engine.export(request, format, file);
                }
            };
        }

        /** Those of a table in memory. */
        static Rows of(Engine engine, Table table) {
            return new Rows() {
                @Override
                public Preview preview(int limit) {
                    return new Preview(table, limit);
                }

                @Override
                public void export(Format format, Path file) {
                    engine.export(table, format, file);
                }
            };
        }
    }

    void print(Format format) {
        switch (format) {
            case TABLE -> table();
            case CSV, JSON, PARQUET -> stream(format);
        }
    }

    /**
     * Writes aside and renames, so that a failed query leaves an older file as it was; S3 shows a whole object or none.
     *
     * @param reached how S3 is
     */
    void write(Format format, Place place, StoreSettings reached) {
        String target = place.from(world.directory());
        if (RemoteFiles.isRemote(target)) {
            try (Scratch scratch = Scratch.open()) {
                // The name tells whether to zip.
                Path file = scratch.folder().resolve(target.substring(target.lastIndexOf('/') + 1));
                rows.export(format, file);
                world.engine().upload(file, target, reached);
            }
        } else {
            write(format, Path.of(target));
        }
        world.err().println("Wrote " + target + ".");
    }

    private void write(Format format, Path target) {
        Path aside = target.resolveSibling("." + ProcessHandle.current().pid() + "-" + target.getFileName());
        try {
            rows.export(format, aside);
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
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
        Preview preview = rows.preview(SCREEN_ROWS);
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
            rows.export(format, file);
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
