package smew.app;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold others. */
abstract class CommandGroup implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help; with a command before it, that of the command.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    @Override
    public final void run() {
        throw none(spec);
    }

    /** What is wrong where nothing but the group is named. */
    static ParameterException none(CommandSpec group) {
        return new ParameterException(
                group.commandLine(),
                group.qualifiedName() + " needs a command: "
                        + String.join(", ", group.subcommands().keySet()) + ".");
    }
}
