package smew.monitor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.store.Store;

/** Reads a log for tests. */
final class Logs {

    private Logs() {}

    /** Writes when there are so many, and at the end. */
    static LogSettings bounds(int queueRows, int fileRows) {
        return new LogSettings(queueRows, fileRows, Duration.ofHours(1), Duration.ofMinutes(1));
    }

    /** Inside of a block that would close it anyway: what it says at the end is what counts. */
    static void end(Recorder log) {
        log.close();
    }

    static Table read(Store store, Path scratch) {
        return read(store, scratch, new LogFilter("it", Optional.empty(), Optional.empty()));
    }

    static Table read(Store store, Path scratch, LogFilter filter) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return duck.query(
                    "SELECT * FROM " + new LoggedPredictions(store, scratch).relation(filter) + " ORDER BY time, id",
                    Origin.engine("Reading", "the log"));
        }
    }

    static List<String> texts(Table table, String name) {
        Column.Texts column = (Column.Texts) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? "" : column.dictionary()[column.codes()[row]])
                .toList();
    }

    static List<Double> doubles(Table table, String name) {
        Column.Doubles column = (Column.Doubles) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? Double.NaN : column.values()[row])
                .toList();
    }

    static List<Long> integers(Table table, String name) {
        Column.Integers column = (Column.Integers) table.column(name).orElseThrow();
        return IntStream.range(0, column.rows())
                .mapToObj(row -> column.isNull(row) ? Long.MIN_VALUE : column.values()[row])
                .toList();
    }
}
