package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A script for fish, which picocli does not write. */
final class FishCompletion {

    private final List<String> lines = new ArrayList<>();
    private final String groups;

    private FishCompletion(CommandLine line) {
        groups = line.getSubcommands().values().stream()
                .filter(command -> !command.getSubcommands().isEmpty())
                .map(CommandLine::getCommandName)
                .collect(Collectors.joining(" "));
    }

    static String of(CommandLine line) {
        FishCompletion completion = new FishCompletion(line);
        completion.lines.add("# Completion of smew for fish");
        line.getSubcommands().forEach((name, command) -> completion.top(name, command));
        return String.join("\n", completion.lines) + "\n";
    }

    private void top(String name, CommandLine command) {
        lines.add("complete -c smew -f -n __fish_use_subcommand -a " + name + " -d " + quoted(meaning(command)));
        if (command.getSubcommands().isEmpty()) {
            options("__fish_seen_subcommand_from " + name + "; and not __fish_seen_subcommand_from " + groups, command);
            return;
        }
        String verbs = String.join(" ", command.getSubcommands().keySet());
        command.getSubcommands().forEach((verb, below) -> {
            lines.add("complete -c smew -f -n '__fish_seen_subcommand_from " + name
                    + "; and not __fish_seen_subcommand_from " + verbs + "' -a " + verb + " -d "
                    + quoted(meaning(below)));
            options("__fish_seen_subcommand_from " + name + "; and __fish_seen_subcommand_from " + verb, below);
        });
    }

    private void options(String condition, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : spec.options()) {
            lines.add("complete -c smew -n '" + condition + "' -l "
                    + option.longestName().replaceFirst("^--", "")
                    + (option.arity().max() == 0 ? "" : " -r")
                    + " -d " + quoted(String.join(" ", option.description())));
        }
    }

    private static String meaning(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
