package smew.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import smew.base.Digest;
import smew.base.Json;
import smew.base.JsonException;
import smew.base.Work;
import smew.store.Store;

/**
 * What became of the newest runs of a store, and when the next one is due: a small file for each below {@code runs/}, so that runs which
 * end at the same time do not get in each other's way. Nothing that a release needs is there.
 */
public final class RunLog {

    /** Some weeks of a run each hour are not worth more. */
    private static final int KEPT = 500;

    private static final String FOLDER = "runs";
    private static final String PLANNED = "planned-";
    private static final String SUFFIX = ".json";

    private final Store store;

    public RunLog(Store store) {
        this.store = store;
    }

    /** Of the store of these releases. */
    public static RunLog of(Releases releases) {
        return new RunLog(releases.store());
    }

    /** Keeps what became of a run, and forgets the oldest ones where there are very many. */
    public void keep(RunRecord record) {
        write("", record.began(), Json.pretty(record));
        store.drop(names("").stream().skip(KEPT).map(RunLog::key).toList());
    }

    /** Keeps when the next run is due, in place of what was planned before. */
    public void plan(RunRecord.Planned planned) {
        List<String> before = names(PLANNED).stream().map(RunLog::key).toList();
        String written = write(PLANNED, planned.next(), Json.pretty(planned));
        store.drop(before.stream().filter(key -> !key.equals(written)).toList());
    }

    /** The newest runs first. What is damaged, or deleted meanwhile, is passed over. */
    public List<RunRecord> newest(int count) {
        List<String> names = names("").stream().limit(count).toList();
        return Work.each(names, Releases.AT_ONCE, name -> read(name, RunRecord.class)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** When the next run is due, as whoever planned it last said; it may have passed. */
    public Optional<RunRecord.Planned> next() {
        return names(PLANNED).stream().findFirst().flatMap(name -> read(name, RunRecord.Planned.class));
    }

    /**
     * Forgets the runs before that of the oldest release that is left; of a store without any, all but the newest.
     *
     * @param keep how many of the newest stay there
     * @param releases that are left
     */
    public void prune(int keep, List<ReleaseId> releases) {
        List<String> runs = names("");
        Optional<ReleaseId> oldest = releases.stream().min(Comparator.naturalOrder());
        // A run begins before its release does, or in the same millisecond: the last one that did so made it.
        long stay = oldest.map(release -> 1
                        + runs.stream()
                                .filter(run -> began(run).isAfter(release.created()))
                                .count())
                .orElse((long) keep);
        store.drop(runs.stream().skip(stay).map(RunLog::key).toList());
    }

    /** When a run began, by its name. */
    private static Instant began(String name) {
        return new ReleaseId(name.substring(0, name.length() - SUFFIX.length())).created();
    }

    /** Newest first. */
    private List<String> names(String prefix) {
        return store.list(FOLDER).stream()
                .filter(name -> name.startsWith(prefix)
                        && name.endsWith(SUFFIX)
                        && ReleaseId.isValid(name.substring(prefix.length(), name.length() - SUFFIX.length())))
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** The name of a file ends with a digest of it: a key of a store names its content. */
    private String write(String prefix, Instant time, String text) {
        String key = key(prefix + ReleaseId.of(time, Digest.of(text)) + SUFFIX);
        try {
            Path file = Files.createTempFile("smew-run-", SUFFIX);
            try {
                Files.writeString(file, text);
                store.keep(file, key);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw Store.failure("Writing", Path.of(System.getProperty("java.io.tmpdir")), failed);
        }
        return key;
    }

    private <T> Optional<T> read(String name, Class<T> type) {
        return store.read(key(name)).flatMap(bytes -> {
            try {
                return Optional.of(Json.read(bytes, type));
            } catch (JsonException damaged) {
                return Optional.empty();
            }
        });
    }

    private static String key(String name) {
        return FOLDER + "/" + name;
    }
}
