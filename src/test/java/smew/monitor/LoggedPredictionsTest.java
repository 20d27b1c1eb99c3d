package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;

/** What is read back of a log. */
class LoggedPredictionsTest extends OnLogStore {

    @Test
    void everyPredictionIsReadBackAsItWasServed() {
        Table rows = Watched.table(
                Watched.integers("id", 7, 8, 9),
                Watched.doubles("age", 31.5, Double.NaN, 64),
                Watched.texts("job", "clerk", "", "baker"),
                Watched.integers("unused", 1, 2, 3));
        try (Recorder log = Recorder.start(Logs.bounds(100, 100), store::replace, CLOCK)) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "first", rows, 0.25, 2, 0));
            log.predicted(Watched.served(Watched.card(), Watched.NOON.plusMillis(1), "second", rows, 0.75, 1));
            assertEquals(3, log.waiting());
            Logs.end(log);
            assertEquals(3, log.written());
            assertEquals(0, log.waiting());
        }
        Table logged = Logs.read(store, folder);
        assertEquals(
                List.of(
                        "time",
                        "request_id",
                        "id",
                        "model",
                        "release",
                        "backend",
                        "prediction",
                        "probability",
                        "latency_ms",
                        "age",
                        "job"),
                logged.names());
        Column.Timestamps times = (Column.Timestamps) logged.column("time").orElseThrow();
        assertTrue(times.utc());
        assertEquals(Watched.NOON.toEpochMilli() * 1000 + 1000, times.epochMicros()[2]);
        assertEquals(List.of("first", "first", "second"), Logs.texts(logged, "request_id"));
        assertEquals(List.of(7L, 9L, 8L), Logs.integers(logged, "id"));
        assertEquals(List.of("it", "it", "it"), Logs.texts(logged, "model"));
        assertEquals(List.of(Watched.RELEASE, Watched.RELEASE, Watched.RELEASE), Logs.texts(logged, "release"));
        assertEquals(List.of("local", "local", "local"), Logs.texts(logged, "backend"));
        assertEquals(List.of(0L, 0L, 1L), Logs.integers(logged, "prediction"));
        assertEquals(List.of(0.25, 0.25, 0.75), Logs.doubles(logged, "probability"));
        assertEquals(List.of(1.5, 1.5, 1.5), Logs.doubles(logged, "latency_ms"));
        assertEquals(List.of(31.5, 64.0, Double.NaN), Logs.doubles(logged, "age"));
        assertEquals(List.of("clerk", "baker", ""), Logs.texts(logged, "job"));
    }

    @Test
    void anInputWithTheNameOfAColumnOfTheLogIsTold() {
        Card card = Watched.card("Time", "day");
        Table rows =
                Watched.table(Watched.integers("id", 1), Watched.integers("Time", 5), Watched.texts("day", "Monday"));
        try (Recorder log = Recorder.start(Logs.bounds(10, 10), store::replace, CLOCK)) {
            log.predicted(Watched.served(card, Watched.NOON, "r", rows, 0.5, 0));
        }
        Table logged = Logs.read(store, folder);
        assertEquals(List.of(5.0), Logs.doubles(logged, "input_Time"));
        assertEquals(List.of("Monday"), Logs.texts(logged, "input_day"));
    }

    @Test
    void whatATableLacksIsNullAndKeysOfAnotherTypeGetAFileOfTheirOwn() {
        Table without = Watched.table(Watched.integers("age", 30));
        Table named = Watched.table(Watched.texts("id", "x"), Watched.integers("age", 30));
        try (Recorder log = Recorder.start(Logs.bounds(10, 10), store::replace, CLOCK)) {
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", without, 0.5, 0));
            log.predicted(Watched.served(Watched.card(), Watched.NOON, "r", named, 0.5, 0));
            Logs.end(log);
            assertEquals(2, log.written());
        }
        assertEquals(
                2,
                store.list("predictions/it/" + store.list("predictions/it").getFirst())
                        .size());
        assertEquals(List.of("x", ""), Logs.texts(Logs.read(store, folder), "id"));
        assertEquals(List.of(30.0, 30.0), Logs.doubles(Logs.read(store, folder), "age"));
    }

    @Test
    void filesLieByDayAndAFilterChoosesAmongThem() {
        Instant midnight = Instant.parse("2026-11-27T00:00:00Z");
        Table rows = Watched.online(2);
        try (Recorder log = Recorder.start(Logs.bounds(10, 10), store::replace, CLOCK)) {
            log.predicted(Watched.served(Watched.card(), midnight.minusMillis(1), "late", rows, 0.5, 0));
            log.predicted(Watched.served(Watched.card(), midnight, "early", rows, 0.5, 1));
        }
        assertEquals(List.of("day=2026-11-26", "day=2026-11-27"), store.list("predictions/it"));
        LogFilter since = new LogFilter("it", Optional.of(LocalDate.of(2026, 11, 27)), Optional.empty());
        assertEquals(List.of("early"), Logs.texts(Logs.read(store, folder, since), "request_id"));
        LogFilter release = new LogFilter("it", Optional.empty(), Optional.of(Watched.RELEASE));
        assertEquals(2, Logs.read(store, folder, release).rows());
        SmewException none = assertThrows(
                SmewException.class,
                () -> Logs.read(
                        store,
                        folder,
                        new LogFilter("it", Optional.empty(), Optional.of("20250101T000000.000Z-000000000000"))));
        assertEquals(Fault.NOT_FOUND, none.fault());
        assertTrue(none.getMessage().contains("none are logged there"), none.getMessage());
    }
}
