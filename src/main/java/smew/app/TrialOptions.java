package smew.app;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import smew.serve.ServeSettings.Canary;
import smew.serve.ServeSettings.Trials;

/** Which releases are tried beside the current one. */
final class TrialOptions extends Options {

    private static final double PERCENT = 100;

    private final Given<Canary> canary = option(
            Canary.class,
            new CanaryConverter(),
            "--canary",
            "RELEASE=PERCENT",
            "Another release that answers for a share of the ids, from 0 to 100 percent, written with the"
                    + " sign: always for the same ids, and for more of them where the share grows. Default: none.");

    private final Given<String> shadow = option(
            String.class,
            "--shadow",
            "RELEASE",
            "Another release that is scored beside the current one for predictions by id, and compared"
                    + " with it; it answers nobody. Default: none.");

    Trials trials() {
        return new Trials(canary.value(), shadow.value().map(String::strip));
    }

    boolean areGiven() {
        return !trials().equals(Trials.NONE);
    }

    /** {@code 5%} where it is a round number, as a person would write it. */
    static String percent(double share) {
        return String.valueOf(share * PERCENT).replaceFirst("\\.0$", "") + "%";
    }

    /** Reads {@code RELEASE=5%}. */
    static final class CanaryConverter implements ITypeConverter<Canary> {

        private static final Pattern FORM = Pattern.compile("([^=\\s]+)=(\\d{1,3}(?:\\.\\d{1,9})?)%");

        @Override
        public Canary convert(String text) {
            Matcher parts = FORM.matcher(text.strip());
            if (!parts.matches() || Double.parseDouble(parts.group(2)) > PERCENT) {
                throw new TypeConversionException("RELEASE=PERCENT with 0% to 100% of the ids, such as"
                        + " 20261126T200229.182Z-b0856e8c5953=5%");
            }
            return new Canary(parts.group(1), Double.parseDouble(parts.group(2)) / PERCENT);
        }
    }
}
