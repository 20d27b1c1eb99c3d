package smew.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Work;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;
import smew.store.FolderStore;
import smew.store.Store;

/**
 * The log of predictions in a store: {@code predictions/MODEL/day=YYYY-MM-DD/RELEASE--….parquet}, days in UTC.
 *
 * @param scratch a folder for copies of what lies elsewhere
 */
public record LoggedPredictions(Store store, Path scratch) {

    private static final String ROOT = "predictions";
    private static final String DAY = "day=";
    private static final String PARQUET = ".parquet";

    /** Between the release and what makes a name unique; a release has no two dashes in a row. */
    private static final String THEN = "--";

    /** Files that are read at once: mostly of 25,000 rows at most. */
    private static final int FILES_AT_ONCE = 20;

    /** Requests to a store far away. */
    private static final int AT_ONCE = 32;

    /** Where a file of a log goes. */
    static String key(LogGroup.Of group, String unique) {
        return ROOT + "/" + group.model() + "/" + DAY + group.day() + "/" + named(group.release()) + THEN + unique
                + PARQUET;
    }

    private static String named(String release) {
        return release.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /**
     * Reads the log of a model, a table of some files of one release after the other.
     *
     * @throws SmewException NOT_FOUND where nothing was logged
     */
    void each(LogFilter filter, Consumer<Table> target) {
        Map<String, List<String>> byRelease = new TreeMap<>();
        for (String key : keys(filter)) {
            String name = key.substring(key.lastIndexOf('/') + 1);
            byRelease
                    .computeIfAbsent(name.substring(0, name.indexOf(THEN)), _ -> new ArrayList<>())
                    .add(key);
        }
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            for (List<String> keys : byRelease.values()) {
                for (int from = 0; from < keys.size(); from += FILES_AT_ONCE) {
                    List<String> some = keys.subList(from, Math.min(keys.size(), from + FILES_AT_ONCE));
                    target.accept(duck.query(
                            "SELECT * FROM " + relation(here(some)),
                            Origin.engine("Reading", store.where(ROOT + "/" + filter.model()))));
                }
            }
        }
    }

    /** How far logged predictions are from what a model was learned from. */
    public Drift drift(Card card, String release, LogFilter filter) {
        DriftCount count = DriftCount.ofLog(card);
        each(filter, count::add);
        return count.drift(release, "predictions");
    }

    /** The files of all predictions that a filter lets through, as a relation of DuckDB. */
    String relation(LogFilter filter) {
        return relation(here(keys(filter)));
    }

    static String relation(List<Path> files) {
        return files.stream()
                .map(file -> Duck.literal(file.toString()))
                .collect(Collectors.joining(
                        ", ", "read_parquet([", "], union_by_name = true, hive_partitioning = false)"));
    }

    private List<String> keys(LogFilter filter) {
        String root = ROOT + "/" + filter.model();
        List<String> days = store.list(root).stream()
                .filter(name -> day(name)
                        .filter(day -> filter.since()
                                .map(since -> !day.isBefore(since))
                                .orElse(true))
                        .isPresent())
                .toList();
        String start = filter.release().map(release -> named(release) + THEN).orElse("");
        List<String> keys = Work.each(
                        days,
                        AT_ONCE,
                        day -> store.list(root + "/" + day).stream()
                                .filter(name -> name.startsWith(start) && name.contains(THEN) && name.endsWith(PARQUET))
                                .map(name -> root + "/" + day + "/" + name)
                                .toList())
                .stream()
                .flatMap(List::stream)
                .sorted(Comparator.naturalOrder())
                .toList();
        if (keys.isEmpty()) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Looking for predictions of model " + filter.model()
                            + filter.release().map(id -> " by release " + id).orElse("")
                            + filter.since().map(day -> " since " + day).orElse("") + " in " + store.where(root)
                            + ": none are logged there. Serve with --log-predictions, and ask again.");
        }
        return keys;
    }

    private static Optional<LocalDate> day(String name) {
        try {
            return name.startsWith(DAY) ? Optional.of(LocalDate.parse(name.substring(DAY.length()))) : Optional.empty();
        } catch (DateTimeParseException stranger) {
            return Optional.empty();
        }
    }

    /** Files of this machine. */
    List<Path> here(List<String> keys) {
        return store instanceof FolderStore folder
                ? keys.stream()
                        .map(key -> isSettled(folder.path(key)) ? folder.path(key) : copy(key))
                        .toList()
                : Work.each(keys, AT_ONCE, this::copy);
    }

    /** Whether no server writes a file anew any more: DuckDB opens one of many twice, and would find another one the second time. */
    private static boolean isSettled(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(LogFiles.GROWS));
        } catch (IOException gone) {
            return false;
        }
    }

    private Path copy(String key) {
        Path file = scratch.resolve(key);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.write(
                        file,
                        store.read(key)
                                .orElseThrow(() -> new SmewException(
                                        Fault.NOT_FOUND,
                                        "Reading " + store.where(key) + ": it was deleted meanwhile. Try again.")));
            }
            return file;
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Copying " + store.where(key) + " to " + file + ": " + failed + ". Free some disk.",
                    failed);
        }
    }
}
