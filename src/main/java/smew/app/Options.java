package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options of a command, stated without annotations: to look for these in the fields and methods of what {@code serve} takes was 0.13 of
 * the 0.89 s until it was ready with the AOT cache, so its options, and those of every command, extend this. A command with annotations holds them as a
 * mixin like others, and {@link Commands} adds what picocli does not find; the one annotation here lets it take them for one.
 */
@Command
abstract class Options {

    private final List<OptionSpec> all = new ArrayList<>();

    /** Adds them to a command, which gives them their values when it is parsed. */
    final void addTo(CommandSpec command) {
        all.forEach(command::addOption);
    }

    /** Takes in others. */
    final <O extends Options> O with(O others) {
        all.addAll(((Options) others).all);
        return others;
    }

    /** An option with a value. */
    final <T> Given<T> option(Class<T> type, String name, String label, String description) {
        return new Given<>(type, add(valued(type, name, label, description)));
    }

    /** The same, of a type that this one option has. */
    final <T> Given<T> option(
            Class<T> type, ITypeConverter<T> converter, String name, String label, String description) {
        return new Given<>(type, add(valued(type, name, label, description).converters(converter)));
    }

    private static OptionSpec.Builder valued(Class<?> type, String name, String label, String description) {
        return OptionSpec.builder(name).type(type).arity("1").paramLabel(label).description(description);
    }

    /** An option without a value. */
    final Flag flag(String name, String description) {
        return new Flag(add(switched(description, name)));
    }

    /** Shows help in place of all else. */
    final void help(String description) {
        add(switched(description, "-h", "--help").usageHelp(true));
    }

    /** Shows versions in place of all else. */
    final void version() {
        add(switched("Shows the versions of Smew and Java.", "-V", "--version").versionHelp(true));
    }

    private static OptionSpec.Builder switched(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .fallbackValue("true")
                .description(description);
    }

    private OptionSpec add(OptionSpec.Builder described) {
        OptionSpec option = described.build();
        all.add(option);
        return option;
    }

    /** An option, and what it was given. */
    record Given<T>(Class<T> type, OptionSpec option) {

        Optional<T> value() {
            return Optional.ofNullable(type.cast(option.getValue()));
        }

        boolean isPresent() {
            return option.getValue() != null;
        }
    }

    /** An option that is there or not. */
    record Flag(OptionSpec option) {

        boolean isSet() {
            return Boolean.TRUE.equals(option.getValue());
        }
    }
}
