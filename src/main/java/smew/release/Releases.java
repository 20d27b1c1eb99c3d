package smew.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.store.Store;
import smew.store.StoreLock;
import tools.jackson.core.JacksonException;

/** The releases of one store: which exist, which is current, and how a new one is made. */
public final class Releases {

    static final String CURRENT = "CURRENT";
    static final String MANIFEST = "release.json";

    private static final String CURE =
            "Make a whole release current with `smew rollback ID` (`smew releases` lists them), or run `smew run` again.";

    /** Between replacing the warehouse and writing CURRENT lie milliseconds. */
    private static final int PUBLISHING_ATTEMPTS = 20;

    private static final Duration PUBLISHING_PAUSE = Duration.ofMillis(100);

    private final Store store;

    public Releases(Store store) {
        this.store = store;
    }

    /** What a person calls the store of these releases. */
    public String location() {
        return store.location();
    }

    /**
     * The id in CURRENT, empty before the first release.
     *
     * @throws SmewException DATA when CURRENT is damaged or names a release that is gone
     */
    public Optional<ReleaseId> current() {
        return store.read(CURRENT).map(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (!ReleaseId.isValid(text) || !Files.isDirectory(directory(new ReleaseId(text)))) {
                throw new SmewException(
                        Fault.DATA,
                        "Reading " + store.path(CURRENT) + ": found '"
                                + (text.length() > 60 ? text.substring(0, 60) : text)
                                + "', expected the id of a release. " + CURE);
            }
            return new ReleaseId(text);
        });
    }

    /**
     * The current release.
     *
     * @throws SmewException NOT_READY when nothing was released yet, saying where it was looked for
     */
    public ReleaseId requireCurrent() {
        return current()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_READY,
                        "Looking for a release in " + store.location()
                                + ": there is none. Run `smew run` first, or name the"
                                + " right folder with --store."));
    }

    /** All releases of the store, newest first. */
    public List<ReleaseId> list() {
        return store.list("releases").stream()
                .filter(ReleaseId::isValid)
                .map(ReleaseId::new)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /**
     * The release a user asked for.
     *
     * @throws SmewException NOT_FOUND when there is no such release
     */
    public ReleaseId find(String id) {
        List<ReleaseId> all = list();
        return all.stream()
                .filter(release -> release.value().equals(id))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Looking for release " + id + " in " + store.location() + ": there is none of that id. "
                                + (all.isEmpty() ? "The store is empty." : "The newest is " + all.getFirst() + ".")));
    }

    /**
     * What {@code release.json} of a release says.
     *
     * @throws SmewException DATA when it is missing or damaged
     */
    public Manifest manifest(ReleaseId id) {
        Path file = directory(id).resolve(MANIFEST);
        try {
            byte[] bytes = store.read("releases/" + id + "/" + MANIFEST)
                    .orElseThrow(() ->
                            new SmewException(Fault.DATA, "Reading " + file + ": there is no such file. " + CURE));
            return Json.read(new String(bytes, StandardCharsets.UTF_8), Manifest.class);
        } catch (JacksonException damaged) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file + ": it is damaged (" + damaged.getOriginalMessage() + "). " + CURE,
                    damaged);
        }
    }

    /** The folder that holds the files of a release. */
    public Path directory(ReleaseId id) {
        return store.path("releases/" + id);
    }

    /**
     * A file of a release, after its digest was compared with the manifest.
     *
     * @param path relative to the release, as in {@link Manifest#outputs()}
     * @throws SmewException DATA when the file is missing or not what was released
     */
    public Path verified(Manifest manifest, String path) {
        return verified(directory(new ReleaseId(manifest.id())), manifest, path);
    }

    /** The same for a release that is not published yet, in the folder of its draft. */
    public static Path verified(Path directory, Manifest manifest, String path) {
        Path file = directory.resolve(path);
        Manifest.Output expected = manifest.outputs().stream()
                .filter(output -> output.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Looking for " + path + " in release " + manifest.id() + ": it has no such file."));
        try {
            if (!Files.isRegularFile(file) || !Digest.of(file).equals(expected.digest())) {
                throw new SmewException(
                        Fault.DATA,
                        "Checking " + file + ": the file is " + (Files.exists(file) ? "not what was released" : "gone")
                                + ". " + CURE);
            }
        } catch (IOException failed) {
            throw Store.failure("Checking", file, failed);
        }
        return file;
    }

    /** Makes an older or newer release current again: its warehouse is rebuilt from its Parquet files, then CURRENT written. */
    public void makeCurrent(ReleaseId id) {
        try (StoreLock _ = store.lock()) {
            Manifest manifest = manifest(id);
            replaceWarehouse(id, manifest);
            store.replace(CURRENT, (id + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The warehouse of the current release. A writer that was killed between replacing the file and writing CURRENT left it
     * one release ahead: it is rebuilt then. CURRENT itself is never written here.
     *
     * @throws SmewException NOT_READY when a run is publishing for longer than a moment
     */
    public Path warehouse() {
        Path file = store.path(Warehouse.FILE);
        for (int attempt = 1; !holdsCurrent(file); attempt++) {
            try (StoreLock _ = store.lock()) {
                // Whoever held the lock a moment ago may have published.
                if (!holdsCurrent(file)) {
                    ReleaseId current = requireCurrent();
                    replaceWarehouse(current, manifest(current));
                }
            } catch (SmewException busy) {
                if (busy.fault() != Fault.NOT_READY || attempt == PUBLISHING_ATTEMPTS) {
                    throw busy;
                }
                LockSupport.parkNanos(PUBLISHING_PAUSE.toNanos());
            }
        }
        return file;
    }

    private boolean holdsCurrent(Path file) {
        return Warehouse.release(file).equals(Optional.of(requireCurrent().value()));
    }

    /** Builds it anew, after every file of the release was compared with its digest. */
    private void replaceWarehouse(ReleaseId id, Manifest manifest) {
        manifest.outputs().forEach(output -> verified(manifest, output.path()));
        Path file = store.staging("rebuilt").resolve(Warehouse.FILE);
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Warehouse.build(duck, file, id, manifest.created(), manifest.asOf(), manifest.views(), directory(id));
        }
        store.move(file, Warehouse.FILE);
        store.clearStaging();
    }

    /**
     * Starts a release; the store is locked until the draft is closed.
     *
     * @param contentDigest SHA-256 of everything that determines the outputs
     * @throws SmewException NOT_READY when another run holds the store
     */
    public Draft begin(String contentDigest, Clock clock) {
        StoreLock lock = store.lock();
        try {
            Instant created = clock.instant();
            ReleaseId id = ReleaseId.of(created, contentDigest);
            while (Files.exists(directory(id))) {
                created = created.plusMillis(1);
                id = ReleaseId.of(created, contentDigest);
            }
            return new Draft(store, lock, id, created, store.staging(id.value()), store.staging("scratch"));
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }
}
