package smew.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "outcomes",
        synopsisSubcommandLabel = "COMMAND",
        description = "Compares logged predictions with what became of them.",
        footer = {"", "Example:  smew outcomes load repaid.csv"})
final class OutcomesCommand extends CommandGroup {

    /** With the commands below it. */
    static CommandLine of(Surroundings world) {
        return new CommandLine(new OutcomesCommand()).addSubcommand(new OutcomesLoadCommand(world));
    }
}
