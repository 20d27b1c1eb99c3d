package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a store as its layout has them, read without any help of Smew. */
record StoreFiles(Path store) {

    /** These tell when the release was made and how long that took; everything else must come out the same. */
    private static final Set<String> TIMED = Set.of("release.json", "report.html");

    String current() throws IOException {
        return Files.readString(store.resolve("CURRENT")).strip();
    }

    /** SHA-256 of every file of the current release that its inputs determine, by path. */
    Map<String, String> digests() throws IOException {
        Path release = store.resolve("releases").resolve(current());
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(release)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = release.relativize(file).toString().replace('\\', '/');
                if (!TIMED.contains(path)) {
                    digests.put(path, sha256(file));
                }
            }
        }
        return digests;
    }

    /** Fails unless both stores hold the same bytes in a release of the same files. */
    static void assertSame(Path one, Path other) throws IOException {
        Map<String, String> expected = new StoreFiles(one).digests();
        assertEquals(expected, new StoreFiles(other).digests());
        assertEquals(
                Set.of("features", "models", "online", "profiles", "sources.json", "lineage.json"),
                Set.copyOf(expected.keySet().stream()
                        .map(path -> path.replaceFirst("/.*", ""))
                        .distinct()
                        .toList()));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
