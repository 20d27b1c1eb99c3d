package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files as they are at one moment: their sizes and times. Asking for these works on every disk, also where nobody tells of changes.
 *
 * @param stamps by path
 */
record WatchedFiles(Map<Path, String> stamps) {

    WatchedFiles {
        stamps = Map.copyOf(stamps);
    }

    /**
     * Looks.
     *
     * @param folder whose SQL files are watched
     * @param others single files
     */
    static WatchedFiles now(Path folder, List<Path> others) {
        Map<Path, String> stamps = new TreeMap<>();
        List<Path> files = new ArrayList<>(others);
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.filter(file -> file.toString().endsWith(".sql")).forEach(files::add);
        } catch (IOException | java.io.UncheckedIOException gone) {
            // A folder that is renamed meanwhile is looked at again at once.
            return new WatchedFiles(Map.of());
        }
        files.forEach(file -> stamps.put(file, stamp(file)));
        return new WatchedFiles(stamps);
    }

    /** What tells that a file is still the same; a file that is gone has a stamp, too. */
    static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + " " + found.lastModifiedTime() + " " + found.fileKey();
        } catch (IOException gone) {
            return "gone";
        }
    }

    /** Paths whose files differ. */
    List<Path> changedSince(WatchedFiles before) {
        TreeSet<Path> all = new TreeSet<>(stamps.keySet());
        all.addAll(before.stamps.keySet());
        return all.stream()
                .filter(file -> !Objects.equals(stamps.get(file), before.stamps.get(file)))
                .toList();
    }
}
