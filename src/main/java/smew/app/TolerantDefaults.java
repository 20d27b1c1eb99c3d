package smew.app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import smew.app.Settings.Setting;
import smew.base.SmewException;

/** Settings for a command that tells what is wrong with them: what cannot be read is as if it were not there. */
final class TolerantDefaults implements IDefaultValueProvider {

    private final OptionDefaults defaults;
    private @Nullable SmewException wrong;

    TolerantDefaults(OptionDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        try {
            return defaults.defaultValue(argument);
        } catch (SmewException unreadable) {
            wrong = unreadable;
            return null;
        }
    }

    /** What is wrong with the settings, if anything is. */
    Optional<SmewException> wrong() {
        return Optional.ofNullable(wrong);
    }

    Settings settings(CommandSpec command) {
        try {
            return defaults.settings(command);
        } catch (SmewException unreadable) {
            wrong = unreadable;
            Map<String, Setting> none = Map.of();
            return new Settings(none, none, List.of());
        }
    }
}
