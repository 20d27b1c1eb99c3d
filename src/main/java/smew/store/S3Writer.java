package smew.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import smew.aws.Aws;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;

/**
 * Writes below a prefix of a bucket. Any number may be at work; the first to replace the head wins, and the others are told.
 * Files lie on this machine first, and go to S3 while others are being written. A process that is asked to end takes back what
 * it sent.
 */
public final class S3Writer implements Writer {

    private static final Logger LOG = System.getLogger("smew.store");

    private static final int PARTS_AT_ONCE = 8;

    private final S3Objects objects;
    private final S3Location location;
    private final Path work;
    private final Head head;
    private final Lane lane = new Lane(PARTS_AT_ONCE);
    private final Map<String, Upload> uploads = Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WRITING);
    private final Thread whenEnded = new Thread(this::takeBack, "smew-take-back");
    private Optional<Claim> claim = Optional.empty();

    /** How far it is. Whoever moves it on from WRITING decides what becomes of what was sent. */
    private enum Stage {
        WRITING,
        /** The head is being replaced, or nobody knows whether it was: what was sent stays. */
        POINTING,
        /** What was sent stays, and the head as it is. */
        KEPT,
        /** What was sent is deleted. */
        GIVEN_UP
    }

    private S3Writer(S3Objects objects, S3Location location, Path work, Head head) {
        this.objects = objects;
        this.location = location;
        this.work = work;
        this.head = head;
    }

    static S3Writer begin(S3Objects objects, S3Location location, Session session, String head) {
        S3Writer writer = new S3Writer(
                objects,
                location,
                session.folder().resolve("work-" + UUID.randomUUID()),
                Head.of(objects, location.resolve(head)));
        Runtime.getRuntime().addShutdownHook(writer.whenEnded);
        return writer;
    }

    @Override
    public Path folder(String name) {
        Path folder = work.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw Copies.failure("Creating", folder, failed);
        }
    }

    @Override
    public void claim(String prefix) {
        claim = Optional.of(new Claim(objects, location, prefix));
    }

    @Override
    public void writing(Path file, String key) {
        upload(file, key);
    }

    @Override
    public void written(Path file, String key) {
        upload(file, key).complete();
    }

    private Upload upload(Path file, String key) {
        lane.check();
        claim.ifPresent(Claim::take);
        S3Location object = location.resolve(key);
        return uploads.computeIfAbsent(object.key(), _ -> Upload.of(objects, lane, file, object));
    }

    @Override
    public void publish(Path folder, String prefix, String last) {
        Map<String, Long> sizes = new HashMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
                String key = prefix + "/" + folder.relativize(file).toString().replace('\\', '/');
                if (!key.equals(prefix + "/" + last)) {
                    written(file, key);
                    sizes.put(location.resolve(key).key(), Files.size(file));
                }
            }
        } catch (IOException failed) {
            throw Store.failure("Listing", folder, failed);
        }
        begun().values().forEach(Upload::await);
        requireAll(prefix, sizes);
        written(folder.resolve(last), prefix + "/" + last);
        begun().values().forEach(Upload::await);
    }

    /** By full key, in the order in which they began. */
    private Map<String, Upload> begun() {
        synchronized (uploads) {
            return new LinkedHashMap<>(uploads);
        }
    }

    /** A run may take so long that somebody takes its files for those of one that died. */
    private void requireAll(String prefix, Map<String, Long> sizes) {
        S3Location place = location.resolve(prefix + "/");
        Map<String, Long> found = new HashMap<>();
        objects.below(place).forEach(object -> found.put(object.key(), object.bytes()));
        sizes.forEach((key, bytes) -> {
            if (!bytes.equals(found.get(key))) {
                throw new SmewException(
                        Fault.OUTSIDE,
                        "Publishing " + place + ": " + key + " was uploaded with " + bytes + " bytes, and "
                                + (found.containsKey(key) ? found.get(key) + " are" : "nothing is")
                                + " there now. Run again, and delete nothing below " + location + " meanwhile.");
            }
        });
    }

    @Override
    public void point(byte[] bytes) {
        decide(Stage.POINTING);
        try {
            head.replace(bytes);
        } catch (SmewException failed) {
            if (!head.isUnknown()) {
                stage.set(Stage.WRITING);
            }
            throw failed;
        }
    }

    @Override
    public void keep() {
        decide(Stage.KEPT);
    }

    private void decide(Stage next) {
        if (stage.compareAndExchange(Stage.WRITING, next) == Stage.GIVEN_UP) {
            throw new SmewException(Fault.NOT_READY, "Writing below " + location + ": the run is being stopped.");
        }
    }

    @Override
    public boolean delete(String prefix, String first, BooleanSupplier wanted) {
        S3Location marker = location.resolve(prefix + "/" + first);
        Optional<S3Objects.Read> before = objects.read(marker);
        objects.delete(location.bucket(), List.of(marker.key()), false);
        if (wanted.getAsBoolean() && before.isPresent()) {
            S3Objects.Read back = before.get();
            Aws.await("Writing " + marker, objects.put(marker, back.bytes()));
            return false;
        }
        deleteAll(objects.below(location.resolve(prefix + "/")));
        return true;
    }

    private void deleteAll(List<S3Objects.Listed> listed) {
        objects.delete(
                location.bucket(), listed.stream().map(S3Objects.Listed::key).toList(), false);
    }

    @Override
    public void sweep(Instant before) {
        deleteAll(objects.below(location.resolve(Claim.FOLDER + "/")).stream()
                .filter(claimed -> claimed.modified().isBefore(before))
                .toList());
        S3Parts parts = objects.parts();
        parts.begun(location.resolve("")).stream()
                .filter(upload -> upload.initiated().isBefore(before))
                .forEach(upload -> parts.abort(new S3Location(location.bucket(), upload.key()), upload.uploadId()));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(whenEnded);
        } catch (IllegalStateException ending) {
            LOG.log(Level.DEBUG, "The process is ending, and takes back what it wrote below " + location + ".");
        }
        try {
            takeBack();
        } finally {
            FolderStore.delete(work);
        }
    }

    /** What cannot be deleted now is no release, for it lacks its last file or the head; prune deletes it later. Whoever comes second waits. */
    private synchronized void takeBack() {
        try {
            if (stage.compareAndSet(Stage.WRITING, Stage.GIVEN_UP)) {
                lane.stop(new SmewException(Fault.NOT_READY, "Writing below " + location + ": the run was stopped."));
                Map<String, Upload> begun = begun();
                Work.each(List.copyOf(begun.values()), begun.size(), Upload::abandon);
                // The last one first: without it the others mean nothing.
                objects.delete(location.bucket(), List.copyOf(begun.keySet()).reversed(), true);
            }
            claim.ifPresent(Claim::giveBack);
        } catch (SmewException left) {
            LOG.log(Level.WARNING, "Left behind below " + location + ": " + left.getMessage());
        }
    }
}
