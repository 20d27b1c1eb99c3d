package smew.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import smew.base.Progress;
import smew.duck.Duck;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.ReleaseFolder;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;

/**
 * A small project of loans, customers and repayments, to plant leaks in: 600 loans of 30 customers over the year 2020, all of
 * them known as of 2021-06-30.
 */
record Replayed(Path directory) {

    static final LocalDate AS_OF = LocalDate.of(2021, 6, 30);

    static Replayed in(Path directory) {
        return new Replayed(directory)
                .write("sources/loans.sql", """
                        -- @time day, loan_id
                        SELECT
                            i AS loan_id,
                            (hash(i) % 30)::INTEGER AS id,
                            DATE '2020-01-01' + (i * 365 // 600)::INTEGER AS day,
                            100 + (hash(i + 1000) % 900)::DOUBLE / 7 + i / 10 AS amount,
                            (hash(i + 2000) % 5 = 0)::INTEGER AS bad
                        FROM range(600) r(i)
                        """)
                .write("sources/customers.sql", """
                        SELECT
                            i::INTEGER AS id,
                            DATE '1980-01-01' + (hash(i) % 7000)::INTEGER AS birthday,
                            ['town', 'country', 'abroad'][1 + (hash(i) % 3)::INTEGER] AS region
                        FROM range(30) r(i)
                        """)
                .write("sources/repayments.sql", """
                        -- @time paid
                        SELECT loan_id, id, day + 5 + (hash(loan_id) % 40)::INTEGER AS paid, amount / 2 AS rate
                        FROM loans WHERE hash(loan_id + 1) % 4 > 0
                        """);
    }

    Replayed write(String path, String sql) {
        try {
            Path file = directory.resolve("sql").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, sql);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A feature view with one row per loan. */
    Replayed view(String name, String sql) {
        return write("features/" + name + ".sql", "-- @entity id\n-- @time day, loan_id\n" + sql);
    }

    /** A model that learns {@code bad} of one row per loan. */
    Replayed model(String name, String sql) {
        return write("models/" + name + ".sql", "-- @entity id\n-- @time day, loan_id\n-- @label bad\n" + sql);
    }

    Leaks leaks() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = Project.read(directory, duck::parse);
            Inputs inputs = Inputs.resolve(
                    project, Map.of(), duck, new RemoteFiles(StoreSettings.folder(directory.toString())));
            duck.variable("as_of", AS_OF);
            new FeatureRun(
                            duck,
                            project,
                            inputs,
                            ReleaseFolder.at(directory.resolve("release")),
                            Map.of("smew.release", "0123456789ab"),
                            Progress.NONE)
                    .build();
            List<Relation> all = Stream.of(project.featureViews(), project.models())
                    .<Relation>flatMap(List::stream)
                    .toList();
            return Replay.of(duck, project, all, AS_OF, Progress.NONE);
        }
    }

    /** What was found, such as {@code future history.mean}. */
    List<String> found() {
        return leaks().found().stream()
                .map(leak -> leak.kind().key() + " " + leak.where())
                .sorted()
                .toList();
    }

    Leak only(LeakKind kind) {
        return leaks().found().stream()
                .filter(leak -> leak.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
