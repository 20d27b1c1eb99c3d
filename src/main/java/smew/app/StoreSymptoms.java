package smew.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.StoreSettings;

/** Whether the store can be read and written, who is writing to it, and what is current. */
final class StoreSymptoms {

    private static final String ABOUT = "store";
    private static final long GIGABYTE = 1 << 30;

    private StoreSymptoms() {}

    static List<Symptom> of(StoreSettings store) {
        if (store.onS3()) {
            return List.of(
                    Symptom.ok(ABOUT, store.location() + " on S3; not asked, because doctor reaches over no network"));
        }
        Path folder = Path.of(store.location());
        List<Symptom> found = new ArrayList<>();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            return List.of(Symptom.fail(ABOUT, folder + " is a file", "Give --store a folder."));
        }
        found.add(written(folder));
        space(folder).ifPresent(found::add);
        if (Files.isDirectory(folder)) {
            found.add(locked(folder));
            found.add(current(store));
        }
        return found;
    }

    private static Symptom written(Path folder) {
        if (!Files.exists(folder)) {
            Path above = existing(folder);
            return Files.isWritable(above)
                    ? Symptom.ok(ABOUT, folder + " is not there yet; the first run makes it")
                    : refused(folder, above + " cannot be written to");
        }
        try {
            Files.delete(Files.createTempFile(folder, ".doctor-", ""));
            return Symptom.ok(ABOUT, folder + " can be read and written");
        } catch (IOException failed) {
            return refused(folder, String.valueOf(failed.getMessage()));
        }
    }

    private static Symptom refused(Path folder, String found) {
        return Symptom.fail(
                ABOUT, folder + " cannot be written to: " + found, "Make it writable, or give --store another folder.");
    }

    /** The nearest folder above that exists. */
    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at == null ? Path.of("/") : at;
    }

    private static Optional<Symptom> space(Path folder) {
        try {
            long free = Files.getFileStore(existing(folder)).getUsableSpace();
            String found = String.format("%.1f GB free for the store", (double) free / GIGABYTE);
            return Optional.of(
                    free < GIGABYTE
                            ? Symptom.warn("disk", found, "Free some; smew prune deletes old releases.")
                            : Symptom.ok("disk", found));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static Symptom locked(Path folder) {
        Path file = folder.resolve(".lock");
        if (!Files.exists(file)) {
            return Symptom.ok("lock", "no run is writing to the store");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? held() : Symptom.ok("lock", "no run is writing to the store");
        } catch (OverlappingFileLockException heldHere) {
            return held();
        } catch (IOException failed) {
            return Symptom.warn(
                    "lock", file + ": " + failed.getMessage(), "Make the file readable and writable for this user.");
        }
    }

    private static Symptom held() {
        return Symptom.warn(
                "lock",
                "a run is writing to the store",
                "Another run has to wait for it. Where none should be, look for a java process that runs smew.");
    }

    private static Symptom current(StoreSettings store) {
        try (Releases releases = Releases.of(store)) {
            Optional<ReleaseId> id = releases.current();
            if (id.isEmpty()) {
                return Symptom.warn("release", "none is current", "smew run makes one.");
            }
            Manifest manifest = releases.manifest(id.get());
            return Symptom.ok(
                    "release",
                    manifest.id() + " as of " + manifest.asOf() + ": "
                            + manifest.views().size() + " feature views, "
                            + manifest.models().size() + " models");
        } catch (SmewException damaged) {
            return Symptom.fail(
                    "release",
                    damaged.getMessage(),
                    "smew rollback ID makes another one current; smew releases lists them.");
        }
    }
}
