package smew.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import smew.base.Content;

/**
 * One file of a release, as its manifest has it.
 *
 * @param digest SHA-256, in lower-case hex
 * @param crc32c CRC-32C likewise, which is what a reader compares; empty in a release that an older Smew made
 */
public record Output(String path, long bytes, String digest, Optional<String> crc32c) {

    /**
     * What it will have to be.
     *
     * @throws IOException when it cannot be read
     */
    public static Output of(String path, Path file) throws IOException {
        Content content = Content.of(file);
        return new Output(path, content.bytes(), content.sha256(), content.crc32c());
    }

    Content content() {
        return new Content(bytes, digest, crc32c);
    }
}
