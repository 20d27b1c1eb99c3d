package smew.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import smew.app.Settings.Setting;

/**
 * Gives options that no flag sets the value of the environment or smew.properties. Settings are read once, at the first need,
 * which may come before {@code --project} is parsed: a switch asks what it is by default as soon as it is met.
 */
final class OptionDefaults implements IDefaultValueProvider {

    private static final String PROJECT = "project";

    private final Path directory;
    private final Map<String, String> environment;
    private final Supplier<Set<String>> options;
    private final Consumer<String> warn;
    private final List<String> arguments;
    private @Nullable Settings settings;

    OptionDefaults(
            Path directory,
            Map<String, String> environment,
            Supplier<Set<String>> options,
            Consumer<String> warn,
            List<String> arguments) {
        this.directory = directory;
        this.environment = environment;
        this.options = options;
        this.warn = warn;
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || helpWanted(argument.command())) {
            return null;
        }
        return setting(option).map(setting -> absolute(option, setting)).orElse(null);
    }

    /** The setting that stands behind an option, were there no flag. */
    Optional<Setting> setting(OptionSpec option) {
        String name = name(option);
        if (name.equals(PROJECT)) {
            // The file cannot say where the file is.
            String variable = Settings.variable(PROJECT);
            return Optional.ofNullable(environment.get(variable)).map(value -> new Setting(value, variable, false));
        }
        return Optional.ofNullable(settings(option.command()).values().get(name));
    }

    Settings settings(CommandSpec command) {
        Settings read = settings;
        if (read == null) {
            read = Settings.read(project(command), environment, options);
            settings = read;
            read.warnings().forEach(warn);
        }
        return read;
    }

    private Path project(CommandSpec command) {
        OptionSpec option = command.findOption("--" + PROJECT);
        Object flag = option == null ? null : option.getValue();
        if (flag instanceof Path given) {
            return directory.resolve(given).normalize();
        }
        String project = flag().orElseGet(() -> environment.getOrDefault(Settings.variable(PROJECT), ""));
        try {
            return directory.resolve(project).normalize();
        } catch (InvalidPathException wrong) {
            // The converter of the option says so, in words.
            return directory;
        }
    }

    /** What {@code --project} is given, parsed or not. */
    private Optional<String> flag() {
        String name = "--" + PROJECT;
        for (int index = 0; index < arguments.size() && !arguments.get(index).equals("--"); index++) {
            String argument = arguments.get(index);
            if (argument.startsWith(name + "=")) {
                return Optional.of(argument.substring(name.length() + 1));
            }
            if (argument.equals(name) && index + 1 < arguments.size()) {
                return Optional.of(arguments.get(index + 1));
            }
        }
        return Optional.empty();
    }

    /** A relative path in the file means one below the project, wherever the command was started. */
    private String absolute(OptionSpec option, Setting setting) {
        Class<?> type = option.auxiliaryTypes()[0];
        boolean path = (type == Path.class || type == Place.class)
                && !setting.value().strip().equals(LogOptions.STANDARD_OUTPUT);
        if (!setting.fromFile() || !path || setting.value().contains("://")) {
            return setting.value();
        }
        return project(option.command()).resolve(setting.value()).toString();
    }

    private static boolean helpWanted(CommandSpec command) {
        return command.options().stream()
                .filter(option -> option.usageHelp() || option.versionHelp())
                .anyMatch(option -> Boolean.TRUE.equals(option.getValue()));
    }

    /** What {@code --set} means where no flag says it: variables of the environment and the file. */
    static Map<String, Setting> variables(CommandSpec command) {
        return command.defaultValueProvider() instanceof OptionDefaults defaults
                ? defaults.settings(command).variables()
                : Map.of();
    }

    /** The longest name of an option, without dashes. */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }
}
