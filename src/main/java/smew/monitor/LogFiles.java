package smew.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * Writes Parquet files of predictions. Those of a group are written anew, longer, a few times: a server that is asked little leaves
 * dozens of files a day, not one a minute. For one thread.
 */
final class LogFiles implements AutoCloseable {

    /** Of predictions whose files may grow, some 32 MB: of models with thousands of inputs, or many of them, the files do not. */
    private static final long GROWING_CELLS = 4_000_000;

    /** Of models and releases. */
    private static final int GROWING_FILES = 64;

    /** How often a file is written: each time all of it, and a bucket may keep every version. */
    private static final int WRITES = 20;

    /** For so long, so that readers know which files stay as they are. */
    static final Duration GROWS = Duration.ofHours(1);

    private static final String FORMAT = "FORMAT parquet, COMPRESSION zstd";

    private final Sink sink;
    private final InstantSource clock;
    private final int fileRows;
    /** Two servers that log into one store never give a file the same name. */
    private final String process = UUID.randomUUID().toString().substring(0, 13);

    /** What was written last comes last. */
    private final Map<LogGroup.Of, Growing> growing = new LinkedHashMap<>();

    private long number;
    private Optional<Duck> duck = Optional.empty();

    /** A file that is not full, and the table of DuckDB that has its rows. */
    private record Growing(String key, String name, Instant since, List<String> columns, long rows, int writes) {

        boolean takes(Table table, int fileRows, Instant now) {
            return writes < WRITES
                    && now.isBefore(since.plus(GROWS))
                    && rows + table.rows() <= fileRows
                    && columns.equals(table.names());
        }

        Growing with(Table table) {
            return new Growing(key, name, since, columns, rows + table.rows(), writes + 1);
        }

        long cells() {
            return rows * columns.size();
        }
    }

    /**
     * Prepares.
     *
     * @param fileRows rows that a file has at most, but for those that are written at once
     */
    LogFiles(Sink sink, InstantSource clock, int fileRows) {
        this.sink = sink;
        this.clock = clock;
        this.fileRows = fileRows;
    }

    /** Writes and keeps a file with these predictions, and those before them that it is in place of. */
    void write(LogGroup.Of group, Table table) {
        boolean grows = growing.containsKey(group);
        try {
            keep(group, table);
        } catch (RuntimeException failed) {
            if (!grows) {
                throw failed;
            }
            // Where a file that somebody reads cannot be replaced, as on Windows, it stays, and another takes these.
            keep(group, table);
        }
    }

    private void keep(LogGroup.Of group, Table table) {
        Path aside = aside();
        try {
            if (table.rows() >= fileRows) {
                duck().export(table, aside, FORMAT);
                sink.keep(aside, key(group));
            } else {
                Growing file = grown(group, table);
                duck().execute(
                                "COPY " + Duck.identifier(file.name()) + " TO " + Duck.literal(aside.toString()) + " ("
                                        + FORMAT + ")",
                                Origin.engine("Writing", file.key()));
                sink.keep(aside, file.key());
                growing.put(group, file);
                forget();
            }
        } catch (RuntimeException failed) {
            // A database that failed once may fail for good, and what was not kept must not be kept with the next: both
            // begin anew.
            closeDuck();
            throw failed;
        } finally {
            delete(aside);
        }
    }

    private String key(LogGroup.Of group) {
        return LoggedPredictions.key(
                group, clock.instant().toString().replace(":", "").replace("-", "") + "-" + process + "-" + ++number);
    }

    private Growing grown(LogGroup.Of group, Table table) {
        Optional<Growing> last = Optional.ofNullable(growing.remove(group));
        if (last.isPresent() && last.get().takes(table, fileRows, clock.instant())) {
            duck().append(last.get().name(), table);
            return last.get().with(table);
        }
        last.ifPresent(this::drop);
        String key = key(group);
        String name = "file " + number;
        duck().table(name, table);
        return new Growing(key, name, clock.instant(), table.names(), table.rows(), 1);
    }

    /** Those that were written longest ago. */
    private void forget() {
        long cells = growing.values().stream().mapToLong(Growing::cells).sum();
        Iterator<Growing> eldest = growing.values().iterator();
        while (cells > GROWING_CELLS || growing.size() > GROWING_FILES) {
            Growing next = eldest.next();
            cells -= next.cells();
            eldest.remove();
            drop(next);
        }
    }

    private void drop(Growing file) {
        duck().execute("DROP TABLE " + Duck.identifier(file.name()), Origin.engine("Closing", file.key()));
    }

    private static Path aside() {
        try {
            return Files.createTempFile("smew-log-", ".parquet");
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Writing a log of predictions: " + failed + ".", failed);
        }
    }

    private static void delete(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException left) {
            System.getLogger("smew.monitor").log(System.Logger.Level.WARNING, "Left behind: " + aside);
        }
    }

    /** One thread: whoever answers requests needs the others. */
    private Duck duck() {
        Duck open = duck.orElseGet(
                () -> Duck.inMemory(new Duck.Limits(Optional.of(1), Optional.empty(), Optional.empty())));
        duck = Optional.of(open);
        return open;
    }

    private void closeDuck() {
        Optional<Duck> open = duck;
        growing.clear();
        duck = Optional.empty();
        open.ifPresent(Duck::close);
    }

    @Override
    public void close() {
        closeDuck();
    }
}
