package smew.app;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import smew.app.Settings.Setting;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;

/** Turns what picocli says of a wrong command line into one sentence of ours, with a near name and where help is. */
final class UsageErrors {

    private UsageErrors() {}

    /** The failure behind a parameter exception, or a USAGE fault that explains it. */
    static SmewException explain(ParameterException wrong, String[] arguments) {
        for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
            if (cause instanceof SmewException known) {
                return known;
            }
        }
        String help = " See " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help.";
        return new SmewException(Fault.USAGE, sentence(wrong, List.of(arguments)) + help, wrong);
    }

    private static String sentence(ParameterException wrong, List<String> arguments) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched
            when !unmatched.getUnmatched().isEmpty() -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice; give it once.";
            case ParameterException value
            when value.getArgSpec() != null && value.getValue() != null -> badValue(value, arguments);
            default -> String.valueOf(wrong.getMessage()).replaceFirst("\\.?$", ".");
        };
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        CommandLine line = wrong.getCommandLine();
        String found = wrong.getUnmatched().getFirst();
        if (found.startsWith("-")) {
            String option = found.replaceFirst("=.*", "");
            List<String> known = line.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .sorted()
                    .toList();
            return line.getCommandSpec().qualifiedName() + " has no option " + option + "." + Near.hint(option, known);
        }
        if (!line.getSubcommands().isEmpty()) {
            return "There is no command " + found + "."
                    + Near.hint(found, line.getSubcommands().keySet());
        }
        return line.getCommandSpec().qualifiedName() + " does not know what to do with '" + found
                + "'; an argument with spaces needs quotes.";
    }

    private static String missing(MissingParameterException wrong) {
        ArgSpec argument = wrong.getArgSpec() != null
                ? wrong.getArgSpec()
                : wrong.getMissing().isEmpty() ? null : wrong.getMissing().getFirst();
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        if (argument == null) {
            return command + ": " + wrong.getMessage() + ".";
        }
        return argument.isOption()
                ? name(argument) + " needs a value: " + argument.paramLabel() + "."
                : command + " needs " + argument.paramLabel() + ".";
    }

    private static String badValue(ParameterException wrong, List<String> arguments) {
        ArgSpec argument = wrong.getArgSpec();
        String expected = wrong.getCause() instanceof TypeConversionException conversion
                ? conversion.getMessage()
                : argument.paramLabel();
        return origin(argument, arguments) + " holds '" + wrong.getValue() + "', expected " + expected + ".";
    }

    /** The flag, the variable or the line of the file that the value came from. */
    private static String origin(ArgSpec argument, List<String> arguments) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        for (String name : option.names()) {
            if (arguments.stream().anyMatch(given -> given.equals(name) || given.startsWith(name + "="))) {
                return name;
            }
        }
        return option.command().defaultValueProvider() instanceof OptionDefaults defaults
                ? defaults.setting(option).map(Setting::origin).orElse(name(argument))
                : name(argument);
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
