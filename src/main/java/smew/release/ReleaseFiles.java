package smew.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import smew.base.Content;
import smew.base.Fault;
import smew.base.SmewException;
import smew.store.Store;

/**
 * The files of one release, on this machine: each is compared with the manifest before it is handed out. Closing it deletes
 * copies of what lies elsewhere.
 */
public final class ReleaseFiles implements AutoCloseable {

    private final Manifest manifest;
    private final Function<Output, Optional<Path>> find;
    private final Predicate<String> holds;
    private final Function<String, String> where;
    private final Runnable close;

    private ReleaseFiles(
            Manifest manifest,
            Function<Output, Optional<Path>> find,
            Predicate<String> holds,
            Function<String, String> where,
            Runnable close) {
        this.manifest = manifest;
        this.find = find;
        this.holds = holds;
        this.where = where;
        this.close = close;
    }

    /** Those of a published release. */
    static ReleaseFiles published(Store store, Manifest manifest) {
        ReleaseId id = new ReleaseId(manifest.id());
        // Two who read one release at once must not delete each other's.
        String shelf = UUID.randomUUID().toString();
        return new ReleaseFiles(
                manifest,
                output -> store.file(shelf, Releases.key(id, output.path()), output.content()),
                path -> store.holds(Releases.key(id, path)),
                path -> store.where(Releases.key(id, path)),
                () -> store.forget(shelf));
    }

    /** Those of a release that is not published yet, in the folder of its draft. */
    public static ReleaseFiles drafted(Path directory, Manifest manifest) {
        return new ReleaseFiles(
                manifest,
                output -> same(directory.resolve(output.path()), output.content()),
                path -> Files.exists(directory.resolve(path)),
                path -> directory.resolve(path).toString(),
                () -> {});
    }

    private static Optional<Path> same(Path file, Content content) {
        try {
            return content.isOf(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException failed) {
            throw Store.failure("Checking", file, failed);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /** What a person calls a file or folder of the release. */
    public String where(String path) {
        return where.apply(path);
    }

    /**
     * One file.
     *
     * @param path relative to the release, as in {@link Manifest#outputs()}
     * @throws SmewException NOT_FOUND when the release has no such file; DATA when it is gone or not what was released
     */
    public Path file(String path) {
        Output expected = manifest.outputs().stream()
                .filter(output -> output.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Looking for " + path + " in release " + manifest.id() + ": it has no such file."));
        return find.apply(expected)
                .orElseThrow(() -> new SmewException(
                        Fault.DATA,
                        "Checking " + where(path) + ": the file is "
                                + (holds.test(path) ? "not what was released. " : "gone. ") + Releases.CURE));
    }

    /**
     * All files below a folder of the release.
     *
     * @param path such as {@code models/credit_risk}
     * @return the folder that holds them
     * @throws SmewException NOT_FOUND where there are none; DATA as above
     */
    public Path folder(String path) {
        List<String> inside = manifest.outputs().stream()
                .map(Output::path)
                .filter(name -> name.startsWith(path + "/"))
                .toList();
        if (inside.isEmpty()) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Looking for " + path + "/ in release " + manifest.id() + ": it has no file there.");
        }
        // Copies lie as in the release itself, so one tells where all are.
        List<Path> files = inside.stream().map(this::file).toList();
        Path folder = files.getFirst();
        for (int up = Path.of(path).relativize(Path.of(inside.getFirst())).getNameCount(); up > 0; up--) {
            folder = folder.resolveSibling(".").normalize();
        }
        return folder;
    }

    @Override
    public void close() {
        close.run();
    }
}
