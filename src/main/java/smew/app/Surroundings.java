package smew.app;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import smew.base.Progress;

/**
 * What a command sees of the world outside; tests hand in their own.
 *
 * @param directory relative paths on the command line start here
 * @param environment the environment variables
 * @param out results
 * @param err everything else
 * @param in what is piped into the command
 */
record Surroundings(
        Path directory,
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        Clock clock,
        Alarm alarm,
        Engine engine,
        InputStream in) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** One that nobody types or pipes into. */
    Surroundings(
            Path directory,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            Terminal terminal,
            Clock clock,
            Alarm alarm,
            Engine engine) {
        this(directory, environment, out, err, terminal, clock, alarm, engine, InputStream.nullInputStream());
    }

    /** Bars where a person watches, lines where a file or a service log does. */
    Progress progress() {
        return terminal.err() ? new TerminalProgress(err) : new PlainProgress(err, clock);
    }
}
