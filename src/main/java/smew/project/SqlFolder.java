package smew.project;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;

/** Finds the SQL files of a project. */
final class SqlFolder {

    private static final String SUFFIX = ".sql";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * A file in its place.
     *
     * @param name its stem
     * @param path relative to the project, with slashes
     */
    record Listed(Kind kind, String name, String path, Path file) {}

    private SqlFolder() {}

    /**
     * Lists the SQL files, sorted by kind and name; files in the wrong place go to the findings.
     *
     * @param unsaved files of an editor, which need not be on disk yet
     * @throws SmewException when there is no {@code sql/}, or no SQL file in it
     */
    static List<Listed> list(Path directory, Set<Path> unsaved, Findings findings) {
        Path root = directory.resolve("sql");
        if (!Files.isDirectory(root) && unsaved.isEmpty()) {
            throw nothing(directory, "there is no folder " + root);
        }
        Set<Path> files = new TreeSet<>(unsaved);
        if (Files.isDirectory(root)) {
            files.addAll(files(root));
        }
        if (files.isEmpty()) {
            throw nothing(directory, "there is no " + SUFFIX + " file in " + root);
        }
        List<Listed> listed = new ArrayList<>();
        for (Path file : files) {
            place(directory, root, file, findings).ifPresent(listed::add);
        }
        listed.sort(
                Comparator.comparing(Listed::kind).thenComparing(Listed::name).thenComparing(Listed::path));
        return listed;
    }

    /** Whether there is no SQL file, in whatever place. */
    static boolean isEmpty(Path directory) {
        Path root = directory.resolve("sql");
        return !Files.isDirectory(root) || files(root).isEmpty();
    }

    /** Of every file's path and bytes; one that goes away meanwhile counts as empty. */
    static String digest(Path directory) {
        Path root = directory.resolve("sql");
        List<Path> files = Files.isDirectory(root) ? files(root) : List.of();
        return Digest.of(files.stream()
                .map(file -> directory.relativize(file) + " " + bytes(file))
                .collect(Collectors.joining("\n")));
    }

    private static String bytes(Path file) {
        try {
            return Digest.of(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static SmewException nothing(Path directory, String found) {
        return new SmewException(
                Fault.CONFIGURATION,
                "Reading the project in " + directory.toAbsolutePath().normalize() + ": " + found
                        + ". Expected SQL files in sql/sources/, sql/features/, sql/models/, sql/checks/ and sql/tests/. Give the project's"
                        + " folder with --project DIR, or write the sample project with `smew init DIR`.");
    }

    private static List<Path> files(Path root) {
        try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> isSql(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException | java.io.UncheckedIOException failed) {
            throw new SmewException(Fault.CONFIGURATION, "Listing " + root + " failed: " + failed.getMessage(), failed);
        }
    }

    /** Hidden files are left-overs of editors and file systems. */
    private static boolean isSql(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(SUFFIX) && !fileName.startsWith(".");
    }

    private static Optional<Listed> place(Path directory, Path root, Path file, Findings findings) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        Path below = root.relativize(file);
        if (below.getNameCount() == 1) {
            findings.add(
                    path,
                    1,
                    "The file lies in sql/ itself. Move it to the folder of its kind: sql/sources/,"
                            + " sql/features/, sql/models/, sql/checks/ or sql/tests/.");
            return Optional.empty();
        }
        String folder = below.getName(0).toString();
        Optional<Kind> kind = Kind.ofFolder(folder);
        if (kind.isEmpty()) {
            findings.add(path, 1, "There is no folder sql/" + folder + "/ in a project." + Kind.folderHint(folder));
            return Optional.empty();
        }
        if (below.getNameCount() > 2) {
            findings.add(
                    path,
                    1,
                    "The file lies deeper than sql/" + folder + "/. Move it up: folders inside have no" + " meaning.");
            return Optional.empty();
        }
        String fileName = below.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        return Optional.of(new Listed(kind.get(), name, path, file));
    }

    /** Whether a name can be a relation without quotes, as far as its letters go. */
    static boolean isPlain(String name) {
        return NAME.matcher(name).matches();
    }
}
