package smew.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.lint.Diagnostic;
import smew.lint.Lint;
import smew.project.Relation.Severity;

@Command(
        name = "lint",
        description = "Looks for mistakes in SQL files before they run; needs no data.",
        footer = {
            "",
            "Each finding is FILE:LINE:COLUMN: SEVERITY RULE: what and why. A line -- @lint off RULE REASON at the top of a file"
                    + " silences a rule there. Exit code 2 where there is an error, 7 with --strict where there is a warning.",
            "",
            "Examples:  smew lint",
            "           smew lint --json - --file sql/features/loans.sql < unsaved.sql"
        })
final class LintCommand implements Callable<Integer> {

    private final Surroundings world;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Files of the project to report on; - for a text from standard input. Default: all.")
    private List<String> files = List.of();

    @Option(names = "--file", paramLabel = "FILE", description = "With -: which file of the project the text is.")
    private Optional<String> named = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable that SQL reads with getvariable('NAME'), such as an @input. Repeatable.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--strict", fallbackValue = "true", description = "Warnings fail, too (exit code 7).")
    private boolean strict;

    @Option(names = "--json", fallbackValue = "true", description = "Prints findings as a JSON array.")
    private boolean json;

    LintCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        SqlFiles sql = new SqlFiles(world, common.project(world.directory()));
        Map<Path, byte[]> unsaved = unsaved(sql);
        Set<String> wanted = files.stream()
                .map(file -> file.equals(SqlFiles.STANDARD_INPUT) ? named.orElseThrow() : file)
                .map(file -> sql.shown(existing(sql, file, unsaved)))
                .collect(Collectors.toSet());
        List<Diagnostic> found = world
                .engine()
                .writingHelp()
                .lint(new Lint.Request(sql.project(), unsaved, inputs(sql.project()), LocalDate.now(world.clock())))
                .stream()
                .filter(diagnostic -> files.isEmpty() || wanted.contains(diagnostic.file()))
                .toList();
        print(found);
        return count(found, Severity.ERROR) > 0
                ? Fault.CONFIGURATION.exitCode()
                : strict && count(found, Severity.WARN) > 0 ? Fault.GATE.exitCode() : 0;
    }

    private Map<Path, byte[]> unsaved(SqlFiles sql) {
        boolean piped = files.contains(SqlFiles.STANDARD_INPUT);
        if (piped != named.isPresent()) {
            throw new SmewException(
                    Fault.USAGE,
                    "smew lint - reads a text from standard input, and --file says which file of the project it is: give both,"
                            + " as in smew lint - --file sql/features/loans.sql.");
        }
        return named.map(file -> Map.of(sql.ofProject(file), sql.standardInput()))
                .orElse(Map.of());
    }

    private static Path existing(SqlFiles sql, String named, Map<Path, byte[]> unsaved) {
        Path file = sql.ofProject(named);
        if (!unsaved.containsKey(file) && !Files.isRegularFile(file)) {
            throw new SmewException(
                    Fault.NOT_FOUND, "Looking for mistakes in " + named + ": there is no such file. Check its path.");
        }
        return file;
    }

    /** Where inputs lie that are not where {@code @input} says. */
    private Map<String, String> inputs(Path project) {
        Map<String, String> inputs = new HashMap<>();
        OptionDefaults.variables(spec)
                .forEach((name, setting) ->
                        inputs.put(name, resolved(setting.fromFile() ? project : world.directory(), setting.value())));
        variables.forEach((name, value) -> inputs.put(name, resolved(world.directory(), value)));
        return inputs;
    }

    private static String resolved(Path from, String value) {
        return value.contains("://") ? value : from.resolve(value).toString();
    }

    private void print(List<Diagnostic> found) {
        if (json) {
            world.out().println(Json.write(found.stream().map(Diagnostic::json).toList()));
            return;
        }
        found.forEach(world.out()::println);
        world.out().flush();
        world.err().println(summary(found));
    }

    private static String summary(List<Diagnostic> found) {
        if (found.isEmpty()) {
            return "Nothing to report.";
        }
        long errors = count(found, Severity.ERROR);
        long warnings = count(found, Severity.WARN);
        return errors + (errors == 1 ? " error, " : " errors, ") + warnings
                + (warnings == 1 ? " warning and " : " warnings and ") + count(found, Severity.INFO) + " to know.";
    }

    private static long count(List<Diagnostic> found, Severity severity) {
        return found.stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .count();
    }
}
