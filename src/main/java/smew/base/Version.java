package smew.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions of this build and of what decides its results, as the pom states them. */
public final class Version {

    /** Such as {@code 0.1.0}. */
    public static final String SMEW = read("version");

    /** The Smile that fits and scores. */
    public static final String SMILE = read("smile");

    private Version() {}

    private static String read(String key) {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "version.properties is missing from the build"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return properties.getProperty(key);
    }
}
