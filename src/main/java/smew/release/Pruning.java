package smew.release;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import smew.base.Work;
import smew.store.FolderStore;
import smew.store.Store;
import smew.store.Writer;

/** Deletes old releases, and what dead runs left. Somebody may roll back to an old release meanwhile: that one stays. */
record Pruning(Store store, Writer writer, Optional<ReleaseId> current) {

    /**
     * Deletes.
     *
     * @param whole every release, newest first
     * @param named those that lack their manifest as well
     * @param before when a run that has not ended must have begun to be dead
     * @return which of the whole ones
     */
    List<ReleaseId> keepNewest(int keep, List<ReleaseId> whole, List<ReleaseId> named, Instant before) {
        Set<ReleaseId> known = new HashSet<>(whole);
        List<ReleaseId> old = whole.stream()
                .skip(keep)
                .filter(id -> !current.equals(Optional.of(id)))
                .toList();
        List<ReleaseId> broken = named.stream()
                .filter(id -> !known.contains(id) && id.created().isBefore(before))
                .toList();
        List<Boolean> deleted = Work.each(
                Stream.concat(old.stream(), broken.stream()).toList(),
                store instanceof FolderStore ? 1 : Releases.AT_ONCE,
                id -> writer.delete(Releases.key(id, ""), Releases.MANIFEST, () -> isCurrent(id)));
        writer.sweep(before);
        return IntStream.range(0, old.size())
                .filter(deleted::get)
                .mapToObj(old::get)
                .toList();
    }

    /** Whatever else CURRENT holds, it is not this one. */
    private boolean isCurrent(ReleaseId id) {
        return store.read(Releases.CURRENT)
                .filter(bytes -> Arrays.equals(bytes, Releases.pointer(id)))
                .isPresent();
    }
}
