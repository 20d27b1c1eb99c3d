package smew.anomaly;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Java for processes of short lives: the first one that ends keeps the classes that it read for those after it. Java does so for JARs
 * only, so that the folders of this build are packed.
 */
public final class QuickJava {

    private static final Path FOLDER = Path.of("target", "quick").toAbsolutePath();

    private QuickJava() {}

    /** How the launcher is started with the classes under test. */
    static List<String> command(Path temporary) {
        return command(temporary, List.of(), FOLDER.resolve("classes.jsa"));
    }

    /**
     * The same with other classes before those.
     *
     * @param first JARs
     * @param archive where classes are kept for processes with the same JARs
     */
    static List<String> command(Path temporary, List<Path> first, Path archive) {
        List<String> paths = new ArrayList<>(first.stream().map(Path::toString).toList());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            paths.add(Files.isDirectory(Path.of(entry)) ? packed(Path.of(entry)) : entry);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(shortLived(archive));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                String.join(File.pathSeparator, paths)));
        return command;
    }

    /** Options of a Java that starts quickly, and keeps its classes in a file for those with the same class path. */
    public static List<String> shortLived(Path archive) {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + archive,
                "-Xlog:cds*=off,aot*=off");
    }

    /** One JAR for each state of a folder, which other JVMs may be making, too. */
    private static String packed(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> files = tree.filter(Files::isRegularFile).sorted().toList();
            long newest = 0;
            for (Path file : files) {
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
            }
            Path jar = FOLDER.resolve(folder.getFileName() + "-" + files.size() + "-" + newest + ".jar");
            if (!Files.exists(jar)) {
                Files.createDirectories(FOLDER);
                Path aside = Files.createTempFile(FOLDER, "packing", ".jar");
                pack(folder, files, aside);
                Files.move(aside, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            return jar.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void pack(Path folder, List<Path> files, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(1);
            for (Path file : files) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }
}
