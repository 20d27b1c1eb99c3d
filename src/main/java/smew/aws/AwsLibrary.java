package smew.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.UserCache;

/**
 * The AWS SDK, which is one entry of Smew's JAR. Whoever is about to use a class that knows the SDK opens it first: it is unpacked
 * into the user's cache, once for all processes, and put at the end of the class path. Where the SDK is on the class path already,
 * nothing happens. Nothing here may know a class of the SDK.
 */
public final class AwsLibrary {

    private static final String ENTRY = "/META-INF/lib/aws.jar";
    private static final String KNOWN_CLASS = "software.amazon.awssdk.core.SdkClient";

    private static final Duration UNUSED = Duration.ofDays(30);

    private static final Logger LOG = System.getLogger("smew.aws");

    private AwsLibrary() {}

    /**
     * Makes the SDK's classes known. May be called often, from any thread.
     *
     * @throws SmewException OUTSIDE when the file system refuses the unpacked file
     */
    public static void open() {
        open(System.getenv());
    }

    private static synchronized void open(Map<String, String> environment) {
        if (isKnown()) {
            return;
        }
        URL entry = AwsLibrary.class.getResource(ENTRY);
        if (entry == null) {
            throw new SmewException(
                    Fault.INTERNAL,
                    "Opening the AWS SDK: neither the class path nor " + ENTRY + " has it. Build the JAR again.");
        }
        append(unpacked(entry, environment));
    }

    private static boolean isKnown() {
        try {
            Class.forName(KNOWN_CLASS, false, ClassLoader.getSystemClassLoader());
            return true;
        } catch (ClassNotFoundException unknown) {
            return false;
        }
    }

    private static Path unpacked(URL entry, Map<String, String> environment) {
        try {
            URLConnection connection = entry.openConnection();
            connection.setUseCaches(false);
            JarEntry described = ((JarURLConnection) connection).getJarEntry();
            String name = String.format(
                    Locale.ROOT,
                    "aws-%s-%d.jar",
                    HexFormat.of().toHexDigits((int) described.getCrc()),
                    described.getSize());
            Path cached = UserCache.folder(environment).resolve("lib").resolve(name);
            if (isWhole(cached, described)) {
                touch(cached);
                return cached;
            }
            try {
                Files.createDirectories(cached.getParent());
                write(connection, cached);
            } catch (IOException refused) {
                return temporary(entry, refused);
            }
            forgetOlder(cached);
            return cached;
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.OUTSIDE, "Unpacking the AWS SDK from Smew's JAR failed: " + failed + ".", failed);
        }
    }

    /** A file that was cut or damaged is written anew: a class out of it would fail in words that nobody understands. */
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
        Path part = Files.createTempFile(target.getParent(), "aws-", ".part");
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
    private static void forgetOlder(Path fresh) {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(fresh.getParent(), "aws-*")) {
            Instant before = Files.getLastModifiedTime(fresh).toInstant().minus(UNUSED);
            for (Path other : others) {
                if (Files.getLastModifiedTime(other).toInstant().isBefore(before)) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException inUse) {
            LOG.log(Level.DEBUG, "Not deleted beside " + fresh, inUse);
        }
    }

    /** A cache that cannot be written, as in a container, costs every process a copy of its own. */
    private static Path temporary(URL entry, IOException refused) {
        try {
            Path folder = Files.createTempDirectory("smew-aws");
            folder.toFile().deleteOnExit();
            Path file = folder.resolve("aws.jar");
            file.toFile().deleteOnExit();
            URLConnection connection = entry.openConnection();
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException failed) {
            failed.addSuppressed(refused);
            throw new SmewException(
                    Fault.OUTSIDE,
                    "Unpacking the AWS SDK: neither the cache of this user (" + refused
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
    private static void append(Path jar) {
        ClassLoader loader = ClassLoader.getSystemClassLoader();
        try {
            Method append = loader.getClass().getDeclaredMethod("appendToClassPathForInstrumentation", String.class);
            append.setAccessible(true);
            append.invoke(loader, jar.toString());
        } catch (ReflectiveOperationException | RuntimeException refused) {
            throw unusual(jar, refused);
        }
        if (!isKnown()) {
            throw unusual(jar, new ClassNotFoundException(KNOWN_CLASS));
        }
    }

    private static SmewException unusual(Path jar, Throwable cause) {
        return new SmewException(
                Fault.INTERNAL,
                "Opening the AWS SDK: this Java does not take " + jar
                        + " onto its class path. Start Smew with java -jar, or put"
                        + " that file on the class path: java -cp smew.jar:" + jar + " smew.Launcher.",
                cause);
    }
}
