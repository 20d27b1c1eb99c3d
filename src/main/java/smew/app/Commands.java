package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import smew.base.Version;

/** The table of commands and options, from which parsing, help, settings and the README's table come. */
final class Commands {

    private static final String[] FOOTER = {
        "",
        "Options may also come from the environment (--as-of is SMEW_AS_OF) and from smew.properties in the project"
                + " (as-of = 2021-09-17). A flag goes before the environment, which goes before the file.",
        "",
        "Exit codes: 0 done, 2 usage or configuration, 3 not found, 4 data broke a declared rule, 5 not ready,"
                + " 6 an outside service failed, 7 a gate refused, 70 our bug, 130/143 signals.",
        "",
        "Start with:  smew init my-project && smew run --project my-project && smew serve --project my-project"
    };

    private static final int HELP_COLUMNS = 100;

    private static final List<Entry> TABLE = List.of(
            new Entry("init", Entry.annotated(InitCommand.class), InitCommand::new),
            new Entry("run", Entry.annotated(RunCommand.class), RunCommand::new),
            new Entry("check", Entry.annotated(CheckCommand.class), CheckCommand::new),
            new Entry("plan", Entry.annotated(PlanCommand.class), PlanCommand::new),
            new Entry("watch", Entry.annotated(WatchCommand.class), WatchCommand::new),
            new Entry("serve", Entry.said(ServeCommand.DESCRIPTION), ServeCommand::of),
            new Entry("ui", Entry.annotated(UiCommand.class), UiCommand::new),
            new Entry("train", Entry.annotated(TrainCommand.class), TrainCommand::new),
            new Entry("score", Entry.annotated(ScoreCommand.class), ScoreCommand::new),
            new Entry("drift", Entry.annotated(DriftCommand.class), DriftCommand::new),
            new Entry("outcomes", Entry.annotated(OutcomesCommand.class), OutcomesCommand::of),
            new Entry("sql", Entry.annotated(SqlCommand.class), SqlCommand::new),
            new Entry("format", Entry.annotated(FormatCommand.class), FormatCommand::new),
            new Entry("lint", Entry.annotated(LintCommand.class), LintCommand::new),
            new Entry("releases", Entry.annotated(ReleasesCommand.class), ReleasesCommand::new),
            new Entry("rollback", Entry.annotated(RollbackCommand.class), RollbackCommand::new),
            new Entry("reproduce", Entry.annotated(ReproduceCommand.class), ReproduceCommand::new),
            new Entry("prune", Entry.annotated(PruneCommand.class), PruneCommand::new),
            new Entry("algorithms", Entry.annotated(AlgorithmsCommand.class), AlgorithmsCommand::new),
            new Entry(DoctorCommand.NAME, Entry.annotated(DoctorCommand.class), DoctorCommand::new),
            new Entry("completion", Entry.annotated(CompletionCommand.class), CompletionCommand::new),
            new Entry("publish", Entry.annotated(PublishCommand.class), PublishCommand::of),
            new Entry("sagemaker", Entry.annotated(SageMakerCommand.class), SageMakerCommand::of));

    /** A command, what it does, and how it is made with all of its options. */
    private record Entry(String name, Supplier<String[]> description, Function<Surroundings, Object> made) {

        static Supplier<String[]> said(String description) {
            return () -> new String[] {description};
        }

        static Supplier<String[]> annotated(Class<?> type) {
            return () -> type.getAnnotation(Command.class).description();
        }

        /** Its name and what it does, as a list of commands shows it. */
        CommandLine described() {
            CommandSpec spec = CommandSpec.create().name(name);
            spec.usageMessage().description(description.get());
            return new CommandLine(spec);
        }
    }

    private Commands() {}

    /** Holds all others. Without annotations, as {@link Options} are. */
    private static final class Root extends Options implements Runnable {

        private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("smew");

        Root() {
            help("Shows this help; with a command before it, that of the command.");
            version();
            addTo(spec);
            spec.usageMessage()
                    .synopsisSubcommandLabel("COMMAND")
                    .description("SQL features, Parquet, a warehouse, a model and predictions by id, in one JAR.")
                    .footer(FOOTER);
            spec.versionProvider(new Versions());
        }

        @Override
        public void run() {
            throw CommandGroup.none(spec);
        }
    }

    /** Ready to parse these arguments: every command, or where the first of them is one, no other that they do not name. */
    static CommandLine of(Surroundings world, String... arguments) {
        List<String> given = List.of(arguments);
        boolean named = TABLE.stream().anyMatch(entry -> given.indexOf(entry.name()) == 0);
        CommandLine line = tree(world, given::contains, !named);
        OptionDefaults defaults = new OptionDefaults(
                world.directory(), world.environment(), () -> settable(tree(world)), world.err()::println, given);
        below(line).forEach(command -> command.setDefaultValueProvider(defaults));
        Optional.ofNullable(line.getSubcommands().get(DoctorCommand.NAME))
                .ifPresent(doctor -> doctor.setDefaultValueProvider(new TolerantDefaults(defaults)));
        return line;
    }

    /** Every command with all of its options. */
    static CommandLine tree(Surroundings world) {
        return tree(world, _ -> true, true);
    }

    /**
     * The commands.
     *
     * @param filled whether a command has its options and the commands below it: looking at all of them costs 0.1 s
     * @param others whether those that have not are there by name
     */
    private static CommandLine tree(Surroundings world, Predicate<String> filled, boolean others) {
        CommandLine line = new CommandLine(new Root().spec);
        for (Entry entry : TABLE) {
            if (filled.test(entry.name())) {
                line.addSubcommand(entry.name(), entry.made().apply(world));
            } else if (others) {
                line.addSubcommand(entry.name(), entry.described());
            }
        }
        Converters.register(line);
        HostingConverters.register(line);
        line.setUsageHelpWidth(HELP_COLUMNS);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(world.terminal().colours() ? Ansi.ON : Ansi.OFF));
        below(line).map(CommandLine::getCommandSpec).forEach(command -> {
            command.versionProvider(new Versions());
            command.mixins().values().stream()
                    .map(CommandSpec::userObject)
                    .filter(Options.class::isInstance)
                    .forEach(options -> ((Options) options).addTo(command));
        });
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
