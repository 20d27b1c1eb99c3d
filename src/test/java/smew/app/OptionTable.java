package smew.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The README's tables of commands and options in Markdown, made from the annotations that parsing comes from. */
public final class OptionTable {

    private OptionTable() {}

    /** Every command with its arguments; ends with a line break. */
    public static String commands() {
        return specs().map(OptionTable::command).collect(Collectors.joining("", "| command | does |\n|---|---|\n", ""));
    }

    /** Every option with the commands that take it; ends with a line break. */
    public static String options() {
        Map<String, Set<String>> takers = new LinkedHashMap<>();
        long commands = specs().count();
        specs().forEach(spec -> spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> takers.computeIfAbsent(row(option), any -> new LinkedHashSet<>())
                        .add(name(spec))));
        return takers.entrySet().stream()
                .sorted(Comparator.comparing(row -> row.getValue().size() < commands))
                .map(row -> row.getKey()
                        .formatted(
                                row.getValue().size() == commands
                                        ? "every command"
                                        : String.join(", ", row.getValue())))
                .collect(Collectors.joining("", "| option | of | meaning |\n|---|---|---|\n", ""));
    }

    private static String command(CommandSpec spec) {
        String arguments = spec.positionalParameters().stream()
                .map(argument ->
                        argument.arity().min() == 0 ? " [" + argument.paramLabel() + "]" : " " + argument.paramLabel())
                .collect(Collectors.joining());
        return "| `" + name(spec) + arguments + "` | " + spec.usageMessage().description()[0] + " |\n";
    }

    /** As a person types it after {@code smew}: {@code publish redshift}. */
    private static String name(CommandSpec spec) {
        return spec.qualifiedName().substring(spec.root().name().length() + 1);
    }

    private static String row(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String meaning = Arrays.stream(option.description()).collect(Collectors.joining(" "));
        // --json prints a different thing with each command: one row says it for all.
        String said = option.longestName().equals("--json") ? "Prints the result as JSON." : meaning;
        return "| `" + option.longestName() + value + "` | %s | "
                + said.replace("|", "\\|").replace("%", "%%") + " |\n";
    }

    /** A command by its name. */
    static CommandSpec spec(String name) {
        return specs().filter(spec -> name(spec).equals(name)).findFirst().orElseThrow();
    }

    private static Stream<CommandSpec> specs() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        CommandLine line = Commands.tree(new Surroundings(
                Path.of(""),
                Map.of(),
                nowhere,
                nowhere,
                Terminal.NONE,
                Clock.systemUTC(),
                due -> {},
                new RecordingEngine()));
        // A command that only holds others is a part of their names.
        return Commands.below(line)
                .filter(command -> command.getSubcommands().isEmpty())
                .map(CommandLine::getCommandSpec);
    }
}
