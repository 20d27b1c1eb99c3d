package smew.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "sagemaker",
        synopsisSubcommandLabel = "COMMAND",
        description = "Trains, runs and serves on SageMaker.",
        footer = {"", "Example:  smew sagemaker deploy --endpoint credit-risk --dry-run"})
final class SageMakerCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help; smew sagemaker COMMAND --help shows that of a command.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean help;

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

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "smew sagemaker needs a command: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
