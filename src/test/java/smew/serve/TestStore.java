package smew.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import smew.base.Json;
import smew.base.Progress;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.learn.Training;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.Manifest;
import smew.release.Output;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.StoreSettings;

/** A store as a run leaves it, written without a run. */
public final class TestStore {

    static final BitSet NONE = new BitSet();

    private final Path folder;

    public TestStore(Path folder) {
        this.folder = folder;
    }

    Releases releases() {
        return Releases.of(StoreSettings.folder(folder.toString()));
    }

    public Path directory(ReleaseId id) {
        return folder.resolve("releases/" + id);
    }

    public static ReleaseId id(int number) {
        return new ReleaseId("20261123T%06d.000Z-%012x".formatted(number, number));
    }

    public static Column.Integers integers(String name, long... values) {
        return new Column.Integers(name, values, NONE);
    }

    public static Column.Texts texts(String name, String... values) {
        int[] codes = new int[values.length];
        BitSet nulls = new BitSet();
        for (int i = 0; i < codes.length; i++) {
            codes[i] = values[i] == null ? -1 : i;
            nulls.set(i, values[i] == null);
        }
        return new Column.Texts(name, codes, values, nulls);
    }

    public static Column.Doubles doubles(String name, double... values) {
        BitSet nulls = new BitSet();
        for (int i = 0; i < values.length; i++) {
            nulls.set(i, Double.isNaN(values[i]));
        }
        return new Column.Doubles(name, values, nulls);
    }

    /** One feature view in a release under construction. */
    record View(String name, List<String> entity, List<String> time, Table table) {}

    /** One model in a release under construction, learned from its own online rows. */
    public record Model(Relation.Model definition, Table table) {}

    /** Loans whose every row carries the release's number, so that an answer shows which release it came from. */
    public static Model loans(int number, String name, int rows) {
        SplittableRandom random = new SplittableRandom(number);
        long[] id = new long[rows];
        int[] day = new int[rows];
        double[] amount = new double[rows];
        String[] city = new String[rows];
        boolean[] member = new boolean[rows];
        long[] marker = new long[rows];
        long[] bad = new long[rows];
        for (int row = 0; row < rows; row++) {
            id[row] = 1000 + row;
            day[row] = 18_000 + row % 600;
            amount[row] = row % 17 == 16 ? Double.NaN : 100 + random.nextInt(900);
            city[row] = List.of("Oslo", "Łódź", "São Paulo").get(row % 3);
            member[row] = random.nextBoolean();
            marker[row] = number;
            bad[row] = amount[row] > 700 || random.nextInt(20) == 0 ? 1 : 0;
        }
        Table table = new Table(
                List.of(
                        integers("id", id),
                        new Column.Dates("day", day, NONE),
                        doubles("amount", amount),
                        texts("city", city),
                        new Column.Booleans("member", member, NONE),
                        integers("marker", marker),
                        integers("bad", bad)),
                rows);
        return new Model(definition(name, List.of("id"), List.of("day"), "bad", Map.of("max-depth", "4")), table);
    }

    /** The same loans by a model that allows no missing amount; those without one have no label to learn from. */
    static Model strictLoans(int number, String name, int rows) {
        Model loans = loans(number, name, rows);
        BitSet unlabelled = new BitSet();
        IntStream.range(0, rows).filter(row -> row % 17 == 16).forEach(unlabelled::set);
        List<Column> columns = new ArrayList<>(loans.table().columns());
        Column.Integers bad = (Column.Integers) columns.removeLast();
        columns.add(new Column.Integers(bad.name(), bad.values(), unlabelled));
        return new Model(strict(loans.definition()), new Table(columns, rows));
    }

    /** The same model that allows no input without a value. */
    static Relation.Model strict(Relation.Model lenient) {
        return new Relation.Model(
                lenient.file(),
                lenient.entity(),
                lenient.time(),
                lenient.label(),
                lenient.task(),
                lenient.positive(),
                lenient.algorithm(),
                lenient.split(),
                lenient.resample(),
                Relation.Missing.ERROR,
                lenient.seed(),
                lenient.calibrate(),
                lenient.threshold());
    }

    public static Relation.Model definition(
            String name, List<String> entity, List<String> time, String label, Map<String, String> parameters) {
        SqlFile file =
                new SqlFile(name, "sql/models/" + name + ".sql", "SELECT 1", "", List.of(), List.of(), "0".repeat(64));
        return new Relation.Model(
                file,
                entity,
                time,
                label,
                Optional.empty(),
                Optional.empty(),
                new Relation.Algorithm("decision-tree", parameters),
                Optional.empty(),
                Relation.Resample.NONE,
                Relation.Missing.MEDIAN,
                42,
                Optional.empty(),
                Optional.empty());
    }

    /** Writes a release with models and makes it current. */
    public ReleaseId publishModels(int number, Model... models) {
        ReleaseId id = write(number, List.of(), List.of(models));
        makeCurrent(id.value());
        return id;
    }

    /** Writes a release and makes it current. */
    ReleaseId publish(int number, List<View> views) {
        ReleaseId id = write(number, views, List.of());
        makeCurrent(id.value());
        return id;
    }

    ReleaseId write(int number, List<View> views, List<Model> models) {
        ReleaseId id = id(number);
        Path directory = directory(id);
        try {
            Files.createDirectories(directory.resolve("online"));
            List<Manifest.View> entries = new ArrayList<>();
            for (View view : views) {
                ArrowFile.write(directory.resolve("online/" + view.name() + ".arrow"), view.table(), Map.of());
                int rows = view.table().rows();
                entries.add(new Manifest.View(view.name(), view.entity(), view.time(), rows, rows, 0, List.of()));
            }
            for (Model model : models) {
                String name = model.definition().name();
                ArrowFile.write(directory.resolve("online/" + name + ".arrow"), model.table(), Map.of());
                Path folder = directory.resolve("models/" + name);
                Training.fit(
                        model.definition(), model.table(), Training.Terms.of(LocalDate.EPOCH), folder, Progress.NONE);
            }
            writeManifest(
                    id,
                    entries,
                    models.stream().map(model -> model.definition().name()).toList());
            return id;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void writeManifest(ReleaseId id, List<Manifest.View> views, List<String> models) throws IOException {
        Manifest manifest = new Manifest(
                id.value(),
                Instant.EPOCH,
                LocalDate.EPOCH,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                views,
                models.stream()
                        .map(name -> new Manifest.Model(name, 0, Map.of()))
                        .toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                outputs(directory(id)),
                Map.of());
        Files.writeString(directory(id).resolve("release.json"), Json.pretty(manifest));
    }

    void makeCurrent(String id) {
        try {
            Path aside = folder.resolve("CURRENT.new");
            Files.writeString(aside, id + "\n");
            Files.move(aside, folder.resolve("CURRENT"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Output> outputs(Path directory) throws IOException {
        List<Output> outputs = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.endsWith("release.json")) {
                    String path = directory.relativize(file).toString().replace('\\', '/');
                    outputs.add(Output.of(path, file));
                }
            }
        }
        return outputs;
    }
}
