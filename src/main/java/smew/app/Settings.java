package smew.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;

/**
 * What the environment and smew.properties say of options, before flags. The names come from the options themselves:
 * {@code --as-of} is {@code SMEW_AS_OF} and {@code as-of}; {@code --set rows=5} is {@code SMEW_SET_ROWS} and {@code set.rows}.
 *
 * @param values by option name without dashes; the environment goes before the file
 * @param variables what {@code set.NAME} and SMEW_SET_NAME say, by name in any case; the environment goes before the file
 * @param warnings one sentence for each SMEW_ variable that is no setting
 */
record Settings(Map<String, Setting> values, Map<String, Setting> variables, List<String> warnings) {

    static final String FILE = "smew.properties";
    private static final String PREFIX = "SMEW_";
    private static final String SET = "set.";

    Settings {
        values = Map.copyOf(values);
        variables = Map.copyOf(variables);
        warnings = List.copyOf(warnings);
    }

    /**
     * One value and where it came from.
     *
     * @param origin {@code SMEW_PORT} or {@code smew.properties:3}
     * @param fromFile whether a relative path in it starts at the project
     */
    record Setting(String value, String origin, boolean fromFile) {}

    /** {@code SMEW_AS_OF} for {@code as-of}. */
    static String variable(String option) {
        return PREFIX + option.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Reads both.
     *
     * @param options names of the options that may be set, without dashes; not asked for where nothing sets any
     * @throws SmewException CONFIGURATION, with every unknown key of the file and its line
     */
    static Settings read(Path project, Map<String, String> environment, Supplier<Set<String>> options) {
        Map<String, Setting> values = new LinkedHashMap<>();
        Map<String, Setting> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Path file = project.resolve(FILE);
        boolean named = environment.keySet().stream().anyMatch(name -> name.startsWith(PREFIX));
        if (!named && !Files.exists(file)) {
            return new Settings(values, variables, List.of());
        }
        Set<String> known = options.get();
        readFile(file, known, values, variables);
        List<String> warnings = readEnvironment(environment, known, values, variables);
        return new Settings(values, variables, warnings);
    }

    private static void readFile(
            Path file, Set<String> options, Map<String, Setting> values, Map<String, Setting> variables) {
        if (!Files.exists(file)) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        for (PropertiesFile.Entry entry : entries(file)) {
            String where = FILE + ":" + entry.line();
            String key = entry.key();
            if (key.startsWith(SET) && key.length() > SET.length()) {
                variables.put(key.substring(SET.length()), new Setting(entry.value(), where, true));
            } else if (key.equals("project")) {
                problems.add(new Problem(
                        where,
                        "project cannot be set here, because this file is found through it."
                                + " Use --project or SMEW_PROJECT."));
            } else if (key.equals("set")) {
                problems.add(new Problem(where, "set needs the name of a variable, as in set.loans = FILE."));
            } else if (options.contains(key)) {
                values.put(key, new Setting(entry.value(), where, true));
            } else {
                problems.add(new Problem(where, key + " is no setting." + Near.hint(key, new TreeSet<>(options))));
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.CONFIGURATION, "Reading " + file, problems);
        }
    }

    private static List<PropertiesFile.Entry> entries(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return PropertiesFile.read(reader);
        } catch (CharacterCodingException notText) {
            throw new SmewException(
                    Fault.CONFIGURATION, "Reading " + file + ": it is not UTF-8 text. Save it as UTF-8.", notText);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading " + file + ": it cannot be read (" + failed.getMessage() + "). Make it a readable file.",
                    failed);
        } catch (IllegalArgumentException malformed) {
            throw new SmewException(
                    Fault.CONFIGURATION, "Reading " + file + ": " + malformed.getMessage() + ".", malformed);
        }
    }

    private static List<String> readEnvironment(
            Map<String, String> environment,
            Set<String> options,
            Map<String, Setting> values,
            Map<String, Setting> variables) {
        Map<String, String> names = new TreeMap<>();
        options.forEach(option -> names.put(variable(option), option));
        String set = PREFIX + "SET_";
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            Optional<String> option = Optional.ofNullable(names.get(name));
            if (name.startsWith(set) && name.length() > set.length()) {
                variables.put(name.substring(set.length()).toLowerCase(Locale.ROOT), new Setting(value, name, false));
            } else if (option.isPresent()) {
                values.put(option.get(), new Setting(value, name, false));
            } else if (name.startsWith(PREFIX)) {
                // No error: a cluster that has a service named smew invents such variables in every container.
                warnings.add("The environment variable " + name + " is no setting and is ignored."
                        + Near.name(name, names.keySet())
                                .map(near -> " Did you mean " + near + "?")
                                .orElse(""));
            }
        });
        return warnings;
    }
}
