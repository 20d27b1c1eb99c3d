package smew.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A prompt in a folder: runs commands in this process, and keeps what they print. Time passes only when somebody waits. */
final class Prompt {

    final RecordingEngine engine = new RecordingEngine();
    final Map<String, String> environment = new HashMap<>();
    final List<Instant> waits = new ArrayList<>();
    final Path directory;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    int waitsBeforeInterrupt = 5;
    /** What is piped into the next command. */
    String in = "";

    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    Prompt(Path directory) {
        this.directory = directory;
    }

    /** Runs one command; the answer is its exit code. */
    int run(String... arguments) {
        return run(engine, arguments);
    }

    int run(Engine with, String... arguments) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        Surroundings world = new Surroundings(
                directory,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                clock(),
                this::waitUntil,
                with,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)));
        return new Main(world).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    void write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    void waitUntil(Instant due) throws InterruptedException {
        if (waits.size() >= waitsBeforeInterrupt) {
            throw new InterruptedException();
        }
        waits.add(due);
        now = due;
    }
}
