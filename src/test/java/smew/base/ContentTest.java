package smew.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells one content from another. */
class ContentTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    @Test
    void isThatOfTheStandards() throws IOException {
        Content content = Content.of(file("123456789"));
        assertEquals(
                new Content(
                        9, "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225", Optional.of("e3069283")),
                content);
        assertEquals(Digest.of("123456789"), content.sha256());
    }

    @Test
    void aDamagedFileIsFoundByEither() throws IOException {
        Content with = Content.of(file("released"));
        Content without = new Content(with.bytes(), with.sha256(), Optional.empty());
        for (Content content : new Content[] {with, without}) {
            assertTrue(content.isOf(file("released")));
            assertFalse(content.isOf(file("reLeased")));
            assertFalse(content.isOf(file("release")));
            assertFalse(content.isOf(folder.resolve("absent")));
            assertFalse(content.isOf(folder));
        }
    }
}
