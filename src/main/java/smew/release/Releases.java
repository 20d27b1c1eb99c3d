package smew.release;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;
import smew.duck.Duck;
import smew.store.FolderStore;
import smew.store.FolderWriter;
import smew.store.Store;
import smew.store.StoreSettings;
import smew.store.Writer;

/** The releases of one store: which exist, which is current, and how a new one is made. */
public final class Releases implements AutoCloseable {

    static final String CURRENT = "CURRENT";
    static final String MANIFEST = "release.json";

    static final String CURE =
            "Make a whole release current with `smew rollback ID` (`smew releases` lists them), or run `smew run` again.";

    private static final String FOLDER = "releases";

    /** Between replacing the warehouse and writing CURRENT lie milliseconds. */
    private static final int PUBLISHING_ATTEMPTS = 20;

    private static final Duration PUBLISHING_PAUSE = Duration.ofMillis(100);

    /** Requests to a store far away. */
    static final int AT_ONCE = 64;

    private final Store store;

    public Releases(Store store) {
        this.store = store;
    }

    /** Those of the store that the settings name. */
    public static Releases of(StoreSettings settings) {
        return new Releases(Store.open(settings));
    }

    /** The key of a file of a release; of the release itself where the path is empty. */
    static String key(ReleaseId id, String path) {
        return FOLDER + "/" + id + (path.isEmpty() ? "" : "/" + path);
    }

    static byte[] pointer(ReleaseId id) {
        return (id + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What a person calls the store of these releases. */
    public String location() {
        return store.location();
    }

    /** What a person calls the place of a release. */
    public String where(ReleaseId id) {
        return store.where(key(id, ""));
    }

    /** Whether the store keeps the current release as a DuckDB file, for any client: a folder does. */
    public boolean keepsWarehouse() {
        return store instanceof FolderStore;
    }

    /**
     * The id in CURRENT, empty before the first release.
     *
     * @throws SmewException DATA when CURRENT is damaged or names a release that is gone
     */
    public Optional<ReleaseId> current() {
        return store.read(CURRENT).map(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (!ReleaseId.isValid(text) || !exists(new ReleaseId(text))) {
                throw new SmewException(
                        Fault.DATA,
                        "Reading " + store.where(CURRENT) + ": found '"
                                + (text.length() > 60 ? text.substring(0, 60) : text)
                                + "', expected the id of a release. " + CURE);
            }
            return new ReleaseId(text);
        });
    }

    /** A folder gets its name when all is in it; on S3 the manifest comes last. */
    private boolean exists(ReleaseId id) {
        return store.holds(keepsWarehouse() ? key(id, "") : key(id, MANIFEST));
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
                                + (named().stream().noneMatch(this::exists)
                                        ? ": there is none. Run `smew run` first, or name the right folder with --store."
                                        : ": none is current. `smew releases` lists those that a gate held back, and"
                                                + " `smew rollback ID` makes one current.")));
    }

    /** All releases of the store, newest first. */
    public List<ReleaseId> list() {
        List<ReleaseId> named = named();
        if (keepsWarehouse()) {
            return named;
        }
        // A request for each, and there may be thousands: most of their time is waiting.
        List<Boolean> whole = Work.each(named, AT_ONCE, this::exists);
        return IntStream.range(0, named.size())
                .filter(whole::get)
                .mapToObj(named::get)
                .toList();
    }

    /** Those that have a name, newest first: on S3 a run that has not ended, or died, has one already. */
    public List<ReleaseId> named() {
        return store.list(FOLDER).stream()
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
        if (ReleaseId.isValid(id) && exists(new ReleaseId(id))) {
            return new ReleaseId(id);
        }
        Optional<ReleaseId> newest = named().stream().filter(this::exists).findFirst();
        throw new SmewException(
                Fault.NOT_FOUND,
                "Looking for release " + id + " in " + store.location() + ": there is none of that id. "
                        + newest.map(found -> "The newest is " + found + ".").orElse("The store is empty."));
    }

    /**
     * What {@code release.json} of a release says.
     *
     * @throws SmewException DATA when it is missing or damaged
     */
    public Manifest manifest(ReleaseId id) {
        return read(id).orElseThrow(() -> new SmewException(
                Fault.DATA, "Reading " + store.where(key(id, MANIFEST)) + ": there is no such file. " + CURE));
    }

    /**
     * The same for one that only has a name, perhaps: empty for what is no release yet.
     *
     * @throws SmewException DATA when it is damaged
     */
    public Optional<Manifest> whole(ReleaseId id) {
        return keepsWarehouse() ? Optional.of(manifest(id)) : read(id);
    }

    private Optional<Manifest> read(ReleaseId id) {
        String file = key(id, MANIFEST);
        return store.read(file).map(bytes -> Manifest.read(bytes, store.where(file)));
    }

    /** The files of a release, each compared with its manifest. */
    public ReleaseFiles files(Manifest manifest) {
        return ReleaseFiles.published(store, manifest);
    }

    /**
     * Makes an older or newer release current again: the warehouse of a folder is rebuilt first, then CURRENT written.
     *
     * @throws SmewException NOT_READY when another process published or deleted it meanwhile
     */
    public void makeCurrent(ReleaseId id) {
        try (Writer writer = store.write(CURRENT)) {
            Optional<byte[]> before = store.read(CURRENT);
            Manifest manifest = manifest(id);
            if (writer instanceof FolderWriter folder) {
                replaceWarehouse(folder, manifest);
            }
            writer.point(pointer(id));
            if (!exists(id)) {
                before.ifPresent(writer::point);
                throw new SmewException(
                        Fault.NOT_READY,
                        "Making release " + id
                                + " current: somebody deleted it meanwhile. `smew releases` lists those that"
                                + " are left.");
            }
        }
    }

    /**
     * Deletes old releases, and what runs that died more than a day ago left behind.
     *
     * @param keep how many of the newest stay; the current one stays always
     * @return what was deleted, newest first
     */
    public List<ReleaseId> prune(int keep, Clock clock) {
        Instant before = clock.instant().minus(Duration.ofDays(1));
        try (Writer writer = store.write(CURRENT)) {
            return new Pruning(store, writer, current()).keepNewest(keep, list(), named(), before);
        }
    }

    /**
     * The warehouse of the current release, in a folder store. A writer that was killed between replacing the file and writing
     * CURRENT left it one release ahead: it is rebuilt then. CURRENT itself is never written here.
     *
     * @throws SmewException NOT_READY when a run is publishing for longer than a moment
     */
    Path warehouse(FolderStore folder) {
        Path file = folder.path(Warehouse.FILE);
        for (int attempt = 1; !holdsCurrent(file); attempt++) {
            try (FolderWriter writer = folder.write(CURRENT)) {
                // Whoever held the lock a moment ago may have published.
                if (!holdsCurrent(file)) {
                    replaceWarehouse(writer, manifest(requireCurrent()));
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

    /** Builds it anew, after every file of the release was compared with the manifest. */
    private void replaceWarehouse(FolderWriter writer, Manifest manifest) {
        ReleaseFiles files = files(manifest);
        manifest.outputs().forEach(output -> files.file(output.path()));
        Path file = writer.folder("rebuilt").resolve(Warehouse.FILE);
        try (Duck duck = Duck.inMemory(Warehouse.limits(file))) {
            Warehouse.build(
                    duck,
                    file,
                    new ReleaseId(manifest.id()),
                    manifest.created(),
                    manifest.asOf(),
                    manifest.views(),
                    files::file);
        }
        writer.replace(file, Warehouse.FILE);
    }

    /** The store itself, for what depends on where it is. */
    Store store() {
        return store;
    }

    /**
     * Starts a release; the right to write is held until the draft is closed.
     *
     * @param contentDigest SHA-256 of everything that determines the outputs
     * @throws SmewException NOT_READY when another run holds the store
     */
    public Draft begin(String contentDigest, Clock clock) {
        Writer writer = store.write(CURRENT);
        try {
            Instant created = clock.instant();
            ReleaseId id = ReleaseId.of(created, contentDigest);
            while (exists(id)) {
                created = created.plusMillis(1);
                id = ReleaseId.of(created, contentDigest);
            }
            writer.claim(key(id, ""));
            return new Draft(writer, id, created, writer.folder(id.value()), writer.folder("scratch"));
        } catch (RuntimeException failed) {
            writer.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
