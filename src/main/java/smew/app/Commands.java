package smew.app;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import smew.base.Version;

/** The table of commands and options, from which parsing, help, settings and the README's table come. */
@Command(
        name = "smew",
        versionProvider = Commands.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "SQL features, Parquet, a warehouse, a model and predictions by id, in one JAR.",
        footer = {
            "",
            "Options may also come from the environment (--as-of is SMEW_AS_OF) and from smew.properties in the project"
                    + " (as-of = 2021-09-17). A flag goes before the environment, which goes before the file.",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 not found, 4 data broke a declared rule, 5 not ready,"
                    + " 6 an outside service failed, 7 a gate refused, 70 our bug, 130/143 signals.",
            "",
            "Start with:  smew init my-project && smew run --project my-project && smew serve --project my-project"
        })
final class Commands extends CommandGroup {

    private static final int HELP_COLUMNS = 100;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the versions of Smew and Java.")
    @SuppressWarnings("unused") // picocli looks at it
    private boolean version;

    /** Every command, ready to parse these arguments. */
    static CommandLine of(Surroundings world, String... arguments) {
        List<String> given = List.of(arguments);
        CommandLine line = tree(world, group -> given.contains(group));
        OptionDefaults defaults = new OptionDefaults(
                world.directory(),
                world.environment(),
                () -> settable(tree(world, _ -> true)),
                world.err()::println,
                given);
        below(line).forEach(command -> command.setDefaultValueProvider(defaults));
        return line;
    }

    /**
     * Every command.
     *
     * @param filled whether a group has the commands below it: looking at the options of each costs time at every start
     */
    static CommandLine tree(Surroundings world, Predicate<String> filled) {
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand(new InitCommand(world));
        line.addSubcommand(new RunCommand(world));
        line.addSubcommand(new CheckCommand(world));
        line.addSubcommand(new ServeCommand(world));
        line.addSubcommand(new TrainCommand(world));
        line.addSubcommand(new ScoreCommand(world));
        line.addSubcommand(new SqlCommand(world));
        line.addSubcommand(new ReleasesCommand(world));
        line.addSubcommand(new RollbackCommand(world));
        line.addSubcommand(new ReproduceCommand(world));
        line.addSubcommand(new PruneCommand(world));
        line.addSubcommand(new AlgorithmsCommand(world));
        line.addSubcommand(filled.test("publish") ? PublishCommand.of(world) : new PublishCommand());
        line.addSubcommand(filled.test("sagemaker") ? SageMakerCommand.of(world) : new SageMakerCommand());
        Converters.register(line);
        HostingConverters.register(line);
        line.setUsageHelpWidth(HELP_COLUMNS);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(world.terminal().colours() ? Ansi.ON : Ansi.OFF));
        below(line).forEach(command -> command.getCommandSpec().versionProvider(new Versions()));
        return line;
    }

    /** Every command below this one, however deep. */
    static Stream<CommandLine> below(CommandLine line) {
        return line.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), below(command)));
    }

    /** Names, without dashes, of every option that the environment may set. */
    static Set<String> settable(CommandLine line) {
        Set<String> names = new TreeSet<>();
        below(line)
                .flatMap(command -> command.getCommandSpec().options().stream())
                .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.isMultiValue())
                .forEach(option -> names.add(OptionDefaults.name(option)));
        return names;
    }

    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"smew " + Version.SMEW, "java " + Runtime.version()};
        }
    }
}
