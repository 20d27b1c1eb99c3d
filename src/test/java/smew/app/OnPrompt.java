package smew.app;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A prompt in a folder of its own for each test. */
abstract class OnPrompt {

    @TempDir
    Path directory;

    Prompt prompt;

    @BeforeEach
    void open() {
        prompt = new Prompt(directory);
    }
}
