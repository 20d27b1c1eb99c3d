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
import java.util.stream.Stream;
import smew.base.Digest;
import smew.base.Json;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.Store;

/** A store as a run leaves it, written without a run. */
final class TestStore {

    static final BitSet NONE = new BitSet();

    private final Path folder;

    TestStore(Path folder) {
        this.folder = folder;
    }

    Releases releases() {
        return new Releases(Store.open(folder.toString()));
    }

    Path directory(ReleaseId id) {
        return folder.resolve("releases/" + id);
    }

    static ReleaseId id(int number) {
        return new ReleaseId("20261123T%06d.000Z-%012x".formatted(number, number));
    }

    static Column.Integers integers(String name, long... values) {
        return new Column.Integers(name, values, NONE);
    }

    static Column.Texts texts(String name, String... values) {
        int[] codes = new int[values.length];
        BitSet nulls = new BitSet();
        for (int i = 0; i < codes.length; i++) {
            codes[i] = values[i] == null ? -1 : i;
            nulls.set(i, values[i] == null);
        }
        return new Column.Texts(name, codes, values, nulls);
    }

    static Column.Doubles doubles(String name, double... values) {
        BitSet nulls = new BitSet();
        for (int i = 0; i < values.length; i++) {
            nulls.set(i, Double.isNaN(values[i]));
        }
        return new Column.Doubles(name, values, nulls);
    }

    /** One feature view in a release under construction. */
    record View(String name, List<String> entity, List<String> time, Table table) {}

    /** Writes a release and makes it current. */
    ReleaseId publish(int number, List<View> views) {
        ReleaseId id = write(number, views, List.of());
        makeCurrent(id.value());
        return id;
    }

    ReleaseId write(int number, List<View> views, List<String> models) {
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
            writeManifest(id, entries, models);
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
                Map.of(),
                List.of(),
                List.of(),
                views,
                models.stream()
                        .map(name -> new Manifest.Model(name, name, 0, Map.of()))
                        .toList(),
                List.of(),
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

    private static List<Manifest.Output> outputs(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("release.json"))
                    .sorted()
                    .map(file -> new Manifest.Output(
                            directory.relativize(file).toString().replace('\\', '/'),
                            file.toFile().length(),
                            Digest.of(file)))
                    .toList();
        }
    }
}
