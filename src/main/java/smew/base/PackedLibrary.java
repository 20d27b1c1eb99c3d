package smew.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A library that lies in Smew's JAR as files of its own, a JAR of classes among them. They are unpacked into the user's cache, once for
 * all processes, checked at each opening, and the JAR is put at the end of the class path.
 */
public final class PackedLibrary {

    private static final String PLACE = "/META-INF/lib/";
    private static final Duration UNUSED = Duration.ofDays(30);

    private static final Logger LOG = System.getLogger("smew.base");

    private final String title;
    private final String name;
    private final String knownClass;
    private final List<String> files;

    /**
     * A library that is not opened yet.
     *
     * @param title what messages call it
     * @param name of its folder and its JAR, without an ending
     * @param knownClass one of its classes, by which it is known that it is open
     * @param files what must lie beside its JAR
     */
    public PackedLibrary(String title, String name, String knownClass, List<String> files) {
        this.title = title;
        this.name = name;
        this.knownClass = knownClass;
        this.files = Stream.concat(Stream.of(jar(name)), files.stream()).toList();
    }

    private static String jar(String name) {
        return name + ".jar";
    }

    /**
     * Makes its classes known, where the class path does not have them already. May be called often, from any thread.
     *
     * @throws SmewException OUTSIDE when the file system refuses the unpacked files
     */
    public synchronized void open() {
        if (!isKnown()) {
            List<URL> entries = new ArrayList<>();
            for (String file : files) {
                URL entry = PackedLibrary.class.getResource(PLACE + file);
                if (entry == null) {
                    throw new SmewException(
                            Fault.INTERNAL,
                            "Opening " + title + ": neither the class path nor Smew's JAR has " + file + " for "
                                    + System.getProperty("os.name") + " on " + System.getProperty("os.arch") + ".");
                }
                entries.add(entry);
            }
            append(unpacked(entries).resolve(jar(name)));
        }
    }

    private boolean isKnown() {
        try {
            Class.forName(knownClass, false, PackedLibrary.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException unknown) {
            return false;
        }
    }

    private Path unpacked(List<URL> entries) {
        try {
            Path folder = UserCache.folder(System.getenv()).resolve("lib").resolve(folderName(entries));
            boolean fresh = false;
            for (URL entry : entries) {
                fresh |= unpack(entry, folder);
            }
            touch(folder);
            if (fresh) {
                forgetOlder(folder);
            }
            return folder;
        } catch (IOException refused) {
            return temporary(entries, refused);
        }
    }

    /** Another version of any file is another folder. */
    private String folderName(List<URL> entries) throws IOException {
        CRC32 all = new CRC32();
        for (URL entry : entries) {
            JarEntry described = connection(entry).getJarEntry();
            all.update((described.getCrc() + " " + described.getSize() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return name + "-" + HexFormat.of().toHexDigits((int) all.getValue());
    }

    private static JarURLConnection connection(URL entry) throws IOException {
        URLConnection connection = entry.openConnection();
        connection.setUseCaches(false);
        return (JarURLConnection) connection;
    }

    /** Answers whether it was not there. */
    private static boolean unpack(URL entry, Path folder) throws IOException {
        JarURLConnection connection = connection(entry);
        JarEntry described = connection.getJarEntry();
        Path file = folder.resolve(Path.of(described.getName()).getFileName().toString());
        if (isWhole(file, described)) {
            return false;
        }
        Files.createDirectories(folder);
        write(connection, file);
        return true;
    }

    /** A file that was cut or damaged is written anew: what comes out of it would fail in words that nobody understands. */
    private static boolean isWhole(Path file, JarEntry described) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != described.getSize()) {
            return false;
        }
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), sum)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return sum.getValue() == described.getCrc();
    }

    /** Beside it first: another process may read the name at any moment. */
    private static void write(URLConnection connection, Path target) throws IOException {
        Path part = Files.createTempFile(target.getParent(), "", ".part");
        try (InputStream in = connection.getInputStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void touch(Path used) {
        try {
            Files.setLastModifiedTime(used, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            LOG.log(Level.DEBUG, "Not noted that it was used: " + used, readOnly);
        }
    }

    /** Those of other versions that nobody has used for a month. */
    private void forgetOlder(Path fresh) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(fresh.getParent(), name + "-*")) {
            Instant before = Files.getLastModifiedTime(fresh).toInstant().minus(UNUSED);
            for (Path other : others) {
                if (Files.getLastModifiedTime(other).toInstant().isBefore(before)) {
                    delete(other);
                }
            }
        } catch (IOException inUse) {
            LOG.log(Level.DEBUG, "Not deleted beside " + fresh, inUse);
        }
    }

    private static void delete(Path unused) throws IOException {
        if (Files.isDirectory(unused)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(unused)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(unused);
    }

    /** A cache that cannot be written, as in a container, costs every process a copy of its own. */
    private Path temporary(List<URL> entries, IOException refused) {
        try {
            Path folder = Files.createTempDirectory("smew-" + name + "-");
            folder.toFile().deleteOnExit();
            for (URL entry : entries) {
                Path file = folder.resolve(
                        Path.of(connection(entry).getEntryName()).getFileName().toString());
                file.toFile().deleteOnExit();
                try (InputStream in = connection(entry).getInputStream()) {
                    Files.copy(in, file);
                }
            }
            return folder;
        } catch (IOException failed) {
            failed.addSuppressed(refused);
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Unpacking " + title + ": neither the cache of this user (" + refused
                            + ") nor the folder for temporary files (" + failed
                            + ") can be written. Name one that can, with XDG_CACHE_HOME or -Djava.io.tmpdir=DIR.",
                    failed);
        }
    }

    /**
     * The manifest opens the package of this method, which the JVM itself calls for java.lang.instrument. A Launcher-Agent-Class
     * would get there without it, but loads an agent at every start: 126 ms in place of 101 for a program that only prints a
     * word (JDK 25.0.3, medians of 9).
     */
    private void append(Path jar) {
        ClassLoader loader = PackedLibrary.class.getClassLoader();
        try {
            Method append = loader.getClass().getDeclaredMethod("appendToClassPathForInstrumentation", String.class);
            append.setAccessible(true);
            append.invoke(loader, jar.toString());
        } catch (ReflectiveOperationException | RuntimeException refused) {
            throw unusual(jar, refused);
        }
        if (!isKnown()) {
            throw unusual(jar, new ClassNotFoundException(knownClass));
        }
    }

    private SmewException unusual(Path jar, Throwable cause) {
        return new SmewException(
                Fault.INTERNAL,
                "Opening " + title + ": this Java does not take " + jar
                        + " onto its class path. Start Smew with java -jar, or put"
                        + " that file on the class path: java -cp smew.jar:" + jar + " smew.Launcher.",
                cause);
    }
}
