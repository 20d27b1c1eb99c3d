package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.columns.ArrowFile;
import smew.columns.Table;
import smew.model.Card;
import smew.model.CardFile;
import smew.model.Prediction;
import smew.model.PredictionLog.Predicted;
import smew.monitor.LogSettings;
import smew.monitor.Recorder;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.Releases;
import smew.store.Store;
import smew.store.StoreSettings;

/** A project whose model is watched: 400 customers with a loan each, some of which go bad. */
final class WatchedProject {

    static final int CUSTOMERS = 400;

    final Prompt prompt;
    final Wiring wiring = new Wiring(Clock.systemUTC());
    final StoreSettings store;

    WatchedProject(Path folder) {
        prompt = new Prompt(folder);
        store = StoreSettings.folder(folder.resolve("out").toString());
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                -- @time day
                SELECT id, day, amount, job, status FROM read_csv(getvariable('loans'), header = true, types = {
                    'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE', 'job': 'VARCHAR', 'status': 'INTEGER'
                })
                """);
        write("sql/features/history.sql", """
                -- @entity id
                -- @time day
                SELECT id, day, amount, job, status FROM loans
                """);
        write("sql/models/risk.sql", """
                -- @label status
                -- @algorithm decision-tree max-depth=3
                -- @split random 0.3
                SELECT id, day, amount, job, status FROM history
                """);
    }

    void write(String path, String text) {
        try {
            Path file = prompt.directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Runs the project.
     *
     * @param later what every customer asks for afterwards, whose end nobody knows yet, in percent of the first; 0 for nothing
     */
    WatchedProject run(int later) {
        StringBuilder rows = new StringBuilder("id,day,amount,job,status\n");
        for (int id = 0; id < CUSTOMERS; id++) {
            int amount = 1000 + id * 37 % 500;
            String job = List.of("clerk", "baker", "").get(id % 7 % 3);
            boolean bad = amount > 1300 != (id % 11 == 0);
            rows.append(String.format(Locale.ROOT, "%d,2020-01-01,%d,%s,%d\n", id, amount, job, bad ? 1 : 0));
            if (later > 0) {
                rows.append(String.format(Locale.ROOT, "%d,2020-06-01,%d,%s,\n", id, amount * later / 100, job));
            }
        }
        write("loans.csv", rows.toString());
        assertEquals(0, smew("run", "--as-of", "2021-01-01", "--leak-tests", "none"), prompt.err());
        return this;
    }

    int smew(String... arguments) {
        return prompt.run(wiring, arguments);
    }

    /** Answers requests as a server would, on the online rows of the current release, and closes the log. */
    void serve(Asked... asked) {
        serve(store, "risk", asked);
    }

    /** The same for a model of any store. */
    static void serve(StoreSettings store, String model, Asked... asked) {
        try (Store kept = Store.open(store)) {
            serve(store, kept, model, asked);
        }
    }

    private static void serve(StoreSettings store, Store kept, String model, Asked... asked) {
        Recorder log = Recorder.start(LogSettings.DEFAULT, kept::replace, InstantSource.system());
        try (Releases releases = Releases.of(store)) {
            Manifest manifest = releases.manifest(releases.requireCurrent());
            try (ReleaseFiles files = releases.files(manifest)) {
                Card card = CardFile.read(files.folder("models/" + model));
                Table table = ArrowFile.read(files.file("online/" + model + ".arrow"));
                for (Asked each : asked) {
                    log.predicted(each.predicted(manifest.id(), card, table));
                }
            }
        } finally {
            log.close();
        }
        assertEquals(Arrays.stream(asked).mapToInt(each -> each.rows.length).sum(), log.written());
        assertEquals(0, log.waiting());
        assertEquals(Map.of("closed", 0L, "queue_full", 0L, "write_failed", 0L), log.dropped());
    }

    /** One request: the online rows are sorted by id, so that a row is an id. */
    record Asked(String time, double probability, int... rows) {

        Predicted predicted(String release, Card card, Table table) {
            Prediction said =
                    new Prediction(probability >= 0.5 ? 1L : 0L, probability, List.of(1 - probability, probability));
            return new Predicted(
                    Instant.parse(time),
                    "request-" + time,
                    release,
                    "local",
                    card,
                    table,
                    rows,
                    IntStream.of(rows).mapToObj(_ -> said).toList(),
                    250_000,
                    Optional.empty());
        }
    }
}
