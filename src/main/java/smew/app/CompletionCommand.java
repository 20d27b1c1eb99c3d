package smew.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;

@Command(
        name = "completion",
        description = "Prints a script with which a shell completes commands and options: bash, zsh or fish.",
        footer = {
            "",
            "Examples:  source <(smew completion bash)",
            "           smew completion fish > ~/.config/fish/completions/smew.fish"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private final Surroundings world;

    @Mixin
    @SuppressWarnings("unused") // every command takes them, and this one needs none
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private String shell = "";

    CompletionCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        CommandLine line = Commands.tree(world);
        world.out()
                .print(
                        switch (shell) {
                            case "bash", "zsh" -> AutoComplete.bash("smew", line);
                            case "fish" -> FishCompletion.of(line);
                            default ->
                                throw new SmewException(
                                        Fault.USAGE,
                                        "There is no completion for " + shell + "." + Near.hint(shell, SHELLS));
                        });
        return 0;
    }
}
