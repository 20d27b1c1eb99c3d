package smew.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "sagemaker",
        synopsisSubcommandLabel = "COMMAND",
        description = "Trains, runs and serves on SageMaker.",
        footer = {"", "Example:  smew sagemaker deploy --endpoint credit-risk --dry-run"})
final class SageMakerCommand extends CommandGroup {

    /** With the commands below it. */
    static CommandLine of(Surroundings world) {
        return new CommandLine(new SageMakerCommand())
                .addSubcommand(new SageMakerTrainCommand(world))
                .addSubcommand(new SageMakerDeployCommand(world))
                .addSubcommand(new SageMakerRunCommand(world))
                .addSubcommand(new SageMakerShardCommand(world))
                .addSubcommand(new SageMakerStatusCommand(world))
                .addSubcommand(new SageMakerDeleteCommand(world));
    }
}
