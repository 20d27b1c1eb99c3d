package smew.app;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command line: parses, calls, prints, and alone ends the process. */
public final class Main {

    private final Surroundings world;

    Main(Surroundings world) {
        this.world = world;
    }

    /** Runs one command and exits with the code of its outcome. */
    public static void main(String[] arguments) {
        // Numbers look as in ROOT, for which Java would read its tables of locales at the first one in a text.
        Locale.setDefault(Locale.US);
        Logging.configure();
        Map<String, String> environment = System.getenv();
        Clock clock = Clock.system(ZoneId.systemDefault());
        Surroundings world = new Surroundings(
                Path.of("").toAbsolutePath(),
                environment,
                ClosedOutput.over(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))),
                System.err,
                Terminal.of(environment),
                clock,
                Alarm.on(clock),
                new Wiring(clock),
                System.in);
        System.exit(new Main(world).run(arguments));
    }

    /** Runs one command; the answer is the exit code. */
    int run(String... arguments) {
        Failures failures = new Failures(world.err());
        boolean trace = List.of(arguments).contains("--trace");
        try {
            CommandLine line = Commands.of(world, arguments);
            line.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8));
            line.setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8));
            line.setParameterExceptionHandler((ParameterException wrong, String[] given) ->
                    failures.report(UsageErrors.explain(wrong, given), trace));
            line.setExecutionExceptionHandler(executionFailed(failures));
            int code = line.execute(arguments);
            world.out().flush();
            return code;
        } catch (Throwable failed) {
            return failures.report(failed, trace);
        }
    }

    private static IExecutionExceptionHandler executionFailed(Failures failures) {
        return (failed, line, result) -> {
            OptionSpec trace = line.getCommandSpec().findOption("--trace");
            return failures.report(failed, trace != null && Boolean.TRUE.equals(trace.getValue()));
        };
    }
}
