package smew.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.store.Store;
import smew.store.StoreLock;
import tools.jackson.core.JacksonException;

/** The releases of one store: which exist, which is current, and how a new one is made. */
public final class Releases {

    static final String CURRENT = "CURRENT";
    static final String MANIFEST = "release.json";

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
                                + "', expected the id of a release. " + cure());
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
                            new SmewException(Fault.DATA, "Reading " + file + ": there is no such file. " + cure()));
            return Json.read(new String(bytes, StandardCharsets.UTF_8), Manifest.class);
        } catch (JacksonException damaged) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file + ": it is damaged (" + damaged.getOriginalMessage() + "). " + cure(),
                    damaged);
        }
    }

    /** The folder that holds the files of a release. */
    public Path directory(ReleaseId id) {
        return store.path("releases/" + id);
    }

    /**
     * A file of a release, after its size and digest were compared with the manifest.
     *
     * @param path relative to the release, as in {@link Manifest#outputs()}
     * @throws SmewException DATA when the file is missing or not what was released
     */
    public Path verified(Manifest manifest, String path) {
        Path file = directory(new ReleaseId(manifest.id())).resolve(path);
        Manifest.Output expected = manifest.outputs().stream()
                .filter(output -> output.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Looking for " + path + " in release " + manifest.id() + ": it has no such file."));
        if (!Files.isRegularFile(file) || !Digest.of(file).equals(expected.digest())) {
            throw new SmewException(
                    Fault.DATA,
                    "Checking " + file + ": the file is " + (Files.exists(file) ? "not what was released" : "gone")
                            + ". " + cure());
        }
        return file;
    }

    /** Makes an older or newer release current again: its warehouse is rebuilt from its Parquet files, then CURRENT written. */
    public void makeCurrent(ReleaseId id) {
        try (StoreLock _ = store.lock()) {
            Manifest manifest = manifest(id);
            manifest.outputs().forEach(output -> verified(manifest, output.path()));
            Path staging = store.staging("rollback");
            Path file = staging.resolve(Warehouse.FILE);
            Warehouse.build(file, id, manifest.created(), manifest.asOf(), manifest.views(), directory(id));
            store.move(file, Warehouse.FILE);
            store.replace(CURRENT, (id + "\n").getBytes(StandardCharsets.UTF_8));
            store.clearStaging();
        }
    }

    /**
     * The warehouse of the current release. A writer that was killed between replacing the file and writing CURRENT left it
     * one release ahead: it is rebuilt then.
     */
    public Path warehouse() {
        ReleaseId current = requireCurrent();
        Path file = store.path(Warehouse.FILE);
        if (!Warehouse.release(file).equals(Optional.of(current.value()))) {
            makeCurrent(current);
        }
        return file;
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

    private String cure() {
        return "Make a whole release current with `smew rollback ID` (`smew releases` lists them), or run `smew run` again.";
    }
}
