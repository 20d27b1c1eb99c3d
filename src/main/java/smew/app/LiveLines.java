package smew.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.model.Curves;

/** How right predictions were, for a person to read. */
final class LiveLines {

    private LiveLines() {}

    static void print(PrintStream out, LiveFigures figures) {
        out.println(loaded(figures));
        out.println(matched(figures));
        if (!figures.live().isEmpty()) {
            new TextTable(
                            List.of("figure", "live", "held out"),
                            List.of(false, true, true),
                            figures.live().entrySet().stream()
                                    .map(figure -> List.of(
                                            figure.getKey(),
                                            number(figure.getValue()),
                                            Optional.ofNullable(
                                                            figures.heldOut().get(figure.getKey()))
                                                    .map(LiveLines::number)
                                                    .orElse("")))
                                    .toList())
                    .print(out);
        }
        if (!figures.calibration().isEmpty()) {
            out.println();
            new TextTable(
                            List.of("rows", "predicted", "observed", "95 % from", "to"),
                            List.of(true, true, true, true, true),
                            figures.calibration().stream().map(LiveLines::range).toList())
                    .print(out);
        }
        figures.drift()
                .ifPresent(drift -> out.println(String.format(Locale.ROOT, "%n%,d predictions, ", drift.rows())
                        + DriftVerdict.USUAL.sentence(drift) + "."));
    }

    private static String loaded(LiveFigures figures) {
        return String.format(Locale.ROOT, "%,d outcomes of model %s ", figures.loaded(), figures.model())
                + (figures.known() ? "were loaded before, and are not loaded twice" : "loaded")
                + (figures.unlabelled() == 0
                        ? "."
                        : String.format(Locale.ROOT, "; %,d rows have no label.", figures.unlabelled()));
    }

    private static String matched(LiveFigures figures) {
        return String.format(
                Locale.ROOT,
                "%,d of all %,d outcomes have a prediction that was made before; %,d have none. Held out: release %s.",
                figures.matched(),
                figures.outcomes(),
                figures.unmatched(),
                figures.release());
    }

    private static List<String> range(Curves.Bin bin) {
        return List.of(
                String.format(Locale.ROOT, "%,d", bin.rows()),
                number(bin.meanProbability()),
                number(bin.shareTrue()),
                number(bin.interval().low()),
                number(bin.interval().high()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4f" : "%,.1f", value);
    }
}
