package smew.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** The whole of Smew in this process: commands run in a folder as a user types them, with every room wired as in the JAR. */
public record Console(Path directory) {

    /** What a command left: its exit code, results, and everything else. */
    public record Outcome(int code, String out, String err) {}

    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Clock clock = Clock.systemUTC();
        Surroundings world = new Surroundings(
                directory,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                clock,
                due -> {
                    throw new InterruptedException("Nothing waits here, not even until " + due);
                },
                new Wiring(clock));
        Logger log = Logger.getLogger("smew");
        Handler told = new StreamHandler(err, new SimpleFormatter());
        log.addHandler(told);
        int code = new Main(world).run(arguments);
        log.removeHandler(told);
        told.flush();
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
