package smew.starter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * The file to make a project from.
 *
 * @param shown as it was written
 * @param pattern what DuckDB reads, absolute: a path or a glob
 * @param files one at least
 * @param parquet whether they are Parquet, by their first bytes
 */
record DataFile(String shown, String pattern, List<Path> files, boolean parquet) {

    private static final int MAGIC = 4;

    /**
     * Finds it.
     *
     * @throws SmewException NOT_FOUND with names that are near, DATA where it is of another kind
     */
    static DataFile find(Duck duck, StarterRequest request) {
        String shown = request.file();
        String pattern = new java.io.File(shown).isAbsolute()
                ? shown
                : request.base().toAbsolutePath().normalize() + "/" + shown;
        List<Path> files = files(duck, pattern);
        if (files.isEmpty()) {
            throw new SmewException(Fault.NOT_FOUND, "Reading " + shown + ": there is no such file." + near(pattern));
        }
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                throw new SmewException(
                        Fault.USAGE, "Reading " + shown + ": this is a folder. Name a file in it." + listed(file, ""));
            }
        }
        return new DataFile(shown, pattern, files, isParquet(shown, files.getFirst()));
    }

    private static List<Path> files(Duck duck, String pattern) {
        if (new java.io.File(pattern).exists()) {
            return List.of(Path.of(pattern));
        }
        return duck
                .texts(
                        "SELECT file FROM glob(" + Duck.literal(pattern) + ") ORDER BY file",
                        Origin.engine("Looking for", pattern))
                .stream()
                .map(Path::of)
                .toList();
    }

    private static String near(String pattern) {
        try {
            Path path = Path.of(pattern).normalize();
            Path folder = path.getParent();
            String name = String.valueOf(path.getFileName());
            return folder == null || !Files.isDirectory(folder)
                    ? " There is no folder " + folder + " either."
                    : listed(folder, name);
        } catch (InvalidPathException glob) {
            return "";
        }
    }

    private static String listed(Path folder, String wanted) {
        try (Stream<Path> inside = Files.list(folder)) {
            List<String> names = inside.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
            Optional<String> near = wanted.isEmpty() ? Optional.empty() : Near.name(wanted, names);
            return near.map(name -> " Did you mean " + folder.resolve(name) + "?")
                    .orElseGet(() -> names.isEmpty()
                            ? " The folder " + folder + " has no file."
                            : " In " + folder + ": " + Said.some(names, 10) + ".");
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static boolean isParquet(String shown, Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(MAGIC);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Reading " + shown + ": the file system refused (" + failed + "). Check that the file may be read.",
                    failed);
        }
        String magic = new String(start, StandardCharsets.ISO_8859_1);
        if (start.length == 0) {
            throw new SmewException(
                    Fault.DATA, "Reading " + shown + ": the file is empty, expected a table with a header.");
        }
        Optional<String> other = magic.startsWith("PK")
                ? Optional.of("is an Excel or ZIP file. Save the sheet as CSV, or unpack it")
                : magic.equals("SQLi") || magic.startsWith("\u00d0\u00cf\u0011\u00e0")
                        ? Optional.of("is a database or an old Excel file. Export the table as CSV")
                        : magic.strip().startsWith("{") || magic.strip().startsWith("[")
                                ? Optional.of(
                                        "looks like JSON. Write it as CSV or Parquet, or write sql/sources by hand"
                                                + " with read_json")
                                : Optional.empty();
        if (other.isPresent()) {
            throw new SmewException(
                    Fault.DATA, "Reading " + shown + ": this " + other.get() + ", and name that with --from.");
        }
        return magic.equals("PAR1");
    }

    /**
     * How a source of the project names it: relative where it lies in the project or beside it, so that both can be moved
     * together.
     */
    String declared(Path project) {
        Path root = project.toAbsolutePath().normalize();
        Path around = Optional.ofNullable(root.getParent()).orElse(root);
        String normal = pattern.contains("..") && files.size() == 1
                ? files.getFirst().normalize().toString()
                : pattern;
        String below = around.toString().endsWith("/") ? around.toString() : around + "/";
        boolean top = around.getParent() == null;
        String relative = normal.startsWith(root + "/")
                ? normal.substring(root.toString().length() + 1)
                : !top && normal.startsWith(below) ? "../" + normal.substring(below.length()) : normal;
        boolean quoted = relative.matches("^['\" ].*|.*['\" ]$");
        return quoted ? Duck.literal(relative) : relative;
    }

    /** Its name without folders and endings, as a relation may be called after it. */
    String stem() {
        String name = pattern.substring(Math.max(pattern.lastIndexOf('/'), pattern.lastIndexOf('\\')) + 1);
        String whole = name.matches(".*[*?\\[].*") && !name.matches("[^*?\\[]{3,}.*")
                ? Optional.ofNullable(files.getFirst().toAbsolutePath().getParent())
                        .map(folder -> String.valueOf(folder.getFileName()))
                        .orElse(name)
                : name;
        return whole.replaceFirst("(?i)(\\.(csv|tsv|txt|parquet|pq|gz|zst))+$", "");
    }
}
