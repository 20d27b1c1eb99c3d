package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import smew.app.Settings.Setting;
import smew.base.SmewException;

/** Settings that are in force, where each comes from, and what is wrong with them; secrets are not shown. */
final class SettingSymptoms {

    private static final String ABOUT = "setting";
    private static final Pattern SECRET = Pattern.compile("(^|-)(token|secret|password)(-|$)");

    private SettingSymptoms() {}

    /**
     * Tells of settings.
     *
     * @param wrong why they could not be read, if that is so
     */
    static List<Symptom> of(Settings settings, Optional<SmewException> wrong) {
        List<Symptom> found = new ArrayList<>();
        wrong.ifPresent(failed -> found.add(Symptom.fail(
                ABOUT,
                failed.getMessage(),
                "Mend it: no other command runs before. What follows is without settings.")));
        settings.warnings().forEach(warning -> found.add(Symptom.warn(ABOUT, warning, "Unset or rename it.")));
        new TreeMap<>(settings.values()).forEach((name, setting) -> found.add(Symptom.ok(ABOUT, said(name, setting))));
        new TreeMap<>(settings.variables())
                .forEach((name, setting) -> found.add(Symptom.ok(ABOUT, said("set." + name, setting))));
        if (found.isEmpty()) {
            found.add(Symptom.ok(ABOUT, "none, neither in smew.properties nor as SMEW_* in the environment"));
        }
        return found;
    }

    private static String said(String name, Setting setting) {
        // The name of a file with tokens in it is no secret.
        boolean secret = SECRET.matcher(name).find() && !name.endsWith("-file") && !name.endsWith("-arn");
        return name + " = " + (secret ? "(hidden)" : setting.value()) + ", from " + setting.origin();
    }
}
