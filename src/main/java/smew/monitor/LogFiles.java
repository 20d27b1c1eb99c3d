package smew.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.duck.Duck;

/** Writes Parquet files of predictions. For one thread. */
final class LogFiles implements AutoCloseable {

    private final Sink sink;
    private final InstantSource clock;
    /** Two servers that log into one store never give a file the same name. */
    private final String process = UUID.randomUUID().toString().substring(0, 13);

    private long number;
    private Optional<Duck> duck = Optional.empty();

    LogFiles(Sink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Writes and keeps one file. */
    void write(LogGroup.Of group, Table table) {
        String key = LoggedPredictions.key(
                group, clock.instant().toString().replace(":", "").replace("-", "") + "-" + process + "-" + ++number);
        Path aside = aside();
        try {
            duck().export(table, aside, "FORMAT parquet, COMPRESSION zstd");
            sink.keep(aside, key);
        } catch (RuntimeException failed) {
            // A database that failed once may fail for good: the next file gets a new one.
            closeDuck();
            throw failed;
        } finally {
            delete(aside);
        }
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
        duck.ifPresent(Duck::close);
        duck = Optional.empty();
    }

    @Override
    public void close() {
        closeDuck();
    }
}
