package smew.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.PredictionLog.Predicted;
import smew.model.PredictionLog.Shadowed;
import smew.store.FolderStore;

/** How many files a log becomes. */
class LogFilesTest extends OnLogStore {

    private static final int FILE_ROWS = 4;

    private static Predicted predicted(String request, int... rows) {
        return Watched.served(Watched.card(), Watched.NOON, request, Watched.online(9), 0.5, rows);
    }

    private static void write(LogFiles files, Predicted predicted) {
        LogGroup group = LogGroup.of(List.of(predicted)).getFirst();
        files.write(group.of(), LogTable.of(group.parts()));
    }

    private List<String> names() {
        return store.list("predictions/it/day=2026-11-26");
    }

    private List<Long> ids() {
        return Logs.integers(Logs.read(store, folder), "id");
    }

    @Test
    void aFileGrowsUntilItIsFull() {
        try (LogFiles files = new LogFiles(store::replace, CLOCK, FILE_ROWS)) {
            write(files, predicted("a", 0));
            List<String> first = names();
            write(files, predicted("b", 1, 2));
            assertEquals(first, names());
            assertEquals(List.of(0L, 1L, 2L), ids());
            write(files, predicted("c", 3, 4));
            assertEquals(2, names().size(), "five rows are too many for one");
            write(files, predicted("d", 5, 6));
            assertEquals(2, names().size());
            write(files, predicted("e", 7, 8, 0, 1));
            assertEquals(3, names().size());
            assertEquals(List.of(0L, 0L, 1L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), ids());
        }
    }

    @Test
    void aFileIsNotWrittenAgainAndAgainAllDay() {
        try (LogFiles files = new LogFiles(store::replace, CLOCK, 1_000)) {
            for (int minute = 0; minute < 45; minute++) {
                write(files, predicted("r" + minute, minute % 9));
            }
        }
        assertEquals(3, names().size(), "twenty times, twenty times, five times");
        assertEquals(45, ids().size());
    }

    /** What is older is read where it lies, what is younger from a copy. */
    @Test
    void aFileGrowsForAnHourAndIsReadFromACopySoLong() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Watched.NOON);
        try (LogFiles files = new LogFiles(store::replace, now::get, 1_000)) {
            write(files, predicted("a", 0));
            now.set(Watched.NOON.plus(LogFiles.GROWS));
            write(files, predicted("b", 1));
        }
        assertEquals(2, names().size());
        List<String> keys = names().stream()
                .map(name -> "predictions/it/day=2026-11-26/" + name)
                .toList();
        Path old = ((FolderStore) store).path(keys.getFirst());
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(LogFiles.GROWS.plusMinutes(1))));
        List<Path> read = new LoggedPredictions(store, folder.resolve("scratch")).here(keys);
        assertEquals(old, read.getFirst());
        assertEquals(folder.resolve("scratch").resolve(keys.getLast()), read.getLast());
        assertEquals(-1, Files.mismatch(((FolderStore) store).path(keys.getLast()), read.getLast()));
    }

    /** As on Windows, while somebody reads it. */
    @Test
    void whereAFileCannotBeReplacedAnotherTakesWhatIsNew() {
        Set<String> kept = new HashSet<>();
        Sink sink = (file, key) -> {
            if (!kept.add(key)) {
                throw new SmewException(Fault.OUTSIDE, "Publishing: access is denied.");
            }
            store.replace(file, key);
        };
        try (LogFiles files = new LogFiles(sink, CLOCK, FILE_ROWS)) {
            write(files, predicted("a", 0));
            write(files, predicted("b", 1));
            assertEquals(2, names().size());
            assertEquals(List.of(0L, 1L), ids());
        }
    }

    @Test
    void whatCouldNotBeKeptIsNotKeptWithTheNext() {
        boolean[] fails = new boolean[1];
        Sink sink = (file, key) -> {
            if (fails[0]) {
                throw new SmewException(Fault.OUTSIDE, "Writing: no space left on device.");
            }
            store.replace(file, key);
        };
        try (LogFiles files = new LogFiles(sink, CLOCK, FILE_ROWS)) {
            write(files, predicted("a", 0));
            fails[0] = true;
            assertThrows(SmewException.class, () -> write(files, predicted("lost", 1)));
            fails[0] = false;
            write(files, predicted("c", 2));
            assertEquals(2, names().size());
            assertEquals(List.of(0L, 2L), ids());
        }
    }

    /** As when a shadow comes: a file has the same columns in each row. */
    @Test
    void otherColumnsGetAFileOfTheirOwn() {
        try (LogFiles files = new LogFiles(store::replace, CLOCK, FILE_ROWS)) {
            write(files, predicted("a", 0));
            write(files, predicted("b", 1).beside(new Shadowed("other", List.of(Optional.empty()), new double[] {
                Double.NaN
            })));
            assertEquals(2, names().size());
            assertEquals(List.of(0L, 1L), ids());
        }
    }

    @Test
    void manyGroupsAtOnceKeepLittleInMemory() {
        Table wide = Watched.online(1);
        int groups = 8;
        int rows = 50_000;
        try (LogFiles files = new LogFiles(store::replace, CLOCK, 1_000_000)) {
            for (int turn = 0; turn < 2; turn++) {
                for (int release = 0; release < groups; release++) {
                    Predicted one = Watched.served(Watched.card(), Watched.NOON, "r", wide, 0.5, new int[rows]);
                    files.write(
                            new LogGroup.Of(
                                    "it",
                                    "release" + release,
                                    LogGroup.of(List.of(one)).getFirst().of().day(),
                                    List.of()),
                            LogTable.of(List.of(one)));
                }
            }
        }
        assertEquals(2 * groups, names().size(), "each was forgotten before it came again");
        assertEquals(2 * groups * rows, Logs.read(store, folder).rows());
    }
}
