package smew.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "publish",
        synopsisSubcommandLabel = "COMMAND",
        description = "Makes the feature views of a release tables of Redshift, Athena or Hive.",
        footer = {"", "Example:  smew publish athena --print"})
final class PublishCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help; smew publish COMMAND --help shows that of a command.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

    /** With the commands below it. */
    static CommandLine of(Surroundings world) {
        return new CommandLine(new PublishCommand())
                .addSubcommand(new PublishRedshiftCommand(world))
                .addSubcommand(new PublishAthenaCommand(world))
                .addSubcommand(new PublishHiveCommand(world));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "smew publish needs a command: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
