package smew.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to others, to the letter. {@code -Dgolden.rewrite=true} writes the files anew; the difference is the review. */
final class GoldenTest {

    private static final Path FILES = Path.of("src/test/resources/golden/publish");

    @ParameterizedTest
    @CsvSource({"redshift, redshift.json", "athena, athena.sql", "hive, hive.sql"})
    void theScriptIsWhatItWas(String destination, String file) throws IOException {
        String text = Publisher.script(
                        Examples.RELEASE,
                        switch (destination) {
                            case "redshift" -> Examples.REDSHIFT;
                            case "athena" -> Examples.ATHENA;
                            default -> new Destination.Hive("features");
                        })
                .text();
        Path golden = FILES.resolve(file);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(FILES);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden, UTF_8).replace("\r\n", "\n"), text);
    }
}
