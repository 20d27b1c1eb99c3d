package smew.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import smew.app.SageMakerEngine.Going;
import smew.aws.S3Server;
import smew.base.Progress;
import smew.release.Releases;
import smew.sagemaker.JobPlace;
import smew.sagemaker.Ownership;
import smew.sagemaker.Polling;
import smew.sagemaker.SageMakerStub;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.S3Settings;
import smew.store.Store;
import smew.store.StoreSettings;

/** A small project, a store on S3 and SageMaker, all in this JVM. Time passes only when somebody waits. */
final class CloudProject implements AutoCloseable {

    static final LocalDate AS_OF = LocalDate.of(2021, 1, 1);
    static final JobPlace PLACE = new JobPlace(
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/smew:1",
            "arn:aws:iam::123456789012:role/smew",
            Optional.empty(),
            List.of(),
            List.of(),
            false);

    static final Going DRY = new Going(true, Optional.empty(), _ -> {});
    static final Going LEAVING = new Going(false, Optional.empty(), _ -> {});

    final Path folder;
    private final List<AutoCloseable> serving = new ArrayList<>();
    final List<String> said = new ArrayList<>();
    final S3Server s3;
    final SageMakerStub sageMaker = new SageMakerStub();
    final ByteArrayOutputStream told = new ByteArrayOutputStream();
    final Progress progress = new PlainProgress(
            new PrintStream(told, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC));
    final List<Instant> waits = new ArrayList<>();
    Instant now = Instant.parse("2027-01-01T00:00:00Z");
    int patience = 1000;
    final Wiring wiring = new Wiring(Clock.systemUTC());

    CloudProject(Path folder) {
        this.folder = folder;
        this.s3 = S3Server.start(folder.resolve("s3"));
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                -- @time day
                SELECT id, day, amount, status FROM read_csv(getvariable('loans'), header = true, types = {
                    'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE', 'status': 'INTEGER'
                })
                """);
        write("sql/features/history.sql", """
                -- @entity id
                -- @time day
                SELECT id, day, amount, status FROM loans
                """);
        write("sql/models/risk_of_loss.sql", """
                -- @label status
                -- @allow separation * the label was made from the amount
                -- @allow label-copy * the label was made from the amount
                -- @algorithm decision-tree max-depth=3
                SELECT id, day, amount, amount > 1050 AS large, status FROM history;
                """);
        write("sql/checks/amounts_are_positive.sql", "SELECT * FROM history WHERE amount <= 0\n");
        write("loans.csv", loans(0, 50));
    }

    /** Loans of the customers from one id to another. */
    static String loans(int first, int last) {
        StringBuilder rows = new StringBuilder("id,day,amount,status\n");
        for (int i = 0; i < 400; i++) {
            if (i % 50 >= first && i % 50 < last) {
                rows.append(String.format(
                        Locale.ROOT,
                        "%d,2020-%02d-%02d,%d,%d\n",
                        i % 50,
                        1 + i / 50,
                        1 + i % 28,
                        1000 + i * 7 % 100,
                        i * 7 % 100 / 60));
            }
        }
        return rows.toString();
    }

    void write(String path, String text) {
        try {
            Path file = project().resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path project() {
        return folder.resolve("project");
    }

    StoreSettings store() {
        return store("s3://bucket/smew");
    }

    StoreSettings store(String location) {
        return new StoreSettings(
                location, s3.settings(), S3Settings.DEFAULT.withCache(folder.resolve("cache"), 1_000_000_000));
    }

    RunResult run(StoreSettings store, boolean featuresOnly) {
        return wiring.run(request(store, featuresOnly), Progress.NONE);
    }

    RunRequest request(StoreSettings store, boolean featuresOnly) {
        return new RunRequest(
                project(),
                store,
                AS_OF,
                Map.of(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                featuresOnly,
                true,
                RunRequest.Orders.NONE);
    }

    /** The bytes of a file of the current release. */
    byte[] released(StoreSettings settings, String path) {
        try (Store store = Store.open(settings)) {
            Releases releases = new Releases(store);
            return store.read("releases/" + releases.requireCurrent() + "/" + path)
                    .orElseThrow();
        }
    }

    String current() {
        try (Releases releases = Releases.of(store())) {
            return releases.requireCurrent().value();
        }
    }

    Ownership owner() {
        return Ownership.of("loans", Map.of("team", "risk"));
    }

    Going waiting() {
        return new Going(false, Optional.of(polling()), said::add);
    }

    Polling polling() {
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new Polling(clock, this::waitUntil, Duration.ofSeconds(15), Duration.ofHours(1));
    }

    private void waitUntil(Instant due) throws InterruptedException {
        if (waits.size() >= patience) {
            throw new InterruptedException();
        }
        waits.add(due);
        now = due;
    }

    String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /** What an endpoint's container does: serves the model of what is current now. */
    void serve() {
        stop();
        Releases releases = Releases.of(store());
        Server server = Server.start(ServeSettings.DEFAULT.withPort(0), releases);
        sageMaker.container = "http://127.0.0.1:" + server.port();
        serving.addAll(List.of(server, releases));
    }

    private void stop() {
        serving.forEach(closeable -> {
            try {
                closeable.close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        serving.clear();
    }

    @Override
    public void close() {
        stop();
        sageMaker.close();
        s3.close();
    }
}
