package smew.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "publish",
        synopsisSubcommandLabel = "COMMAND",
        description = "Makes the feature views of a release tables of Redshift, Athena or Hive.",
        footer = {"", "Example:  smew publish athena --print"})
final class PublishCommand extends CommandGroup {

    /** With the commands below it. */
    static CommandLine of(Surroundings world) {
        return new CommandLine(new PublishCommand())
                .addSubcommand(new PublishRedshiftCommand(world))
                .addSubcommand(new PublishAthenaCommand(world))
                .addSubcommand(new PublishHiveCommand(world));
    }
}
