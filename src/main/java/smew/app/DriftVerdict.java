package smew.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.monitor.Drift;
import smew.monitor.FeatureDrift;

/**
 * What is drift, and what is none.
 *
 * @param psi above which a feature has drifted
 * @param ks the same; empty: it does not decide
 */
record DriftVerdict(double psi, Optional<Double> ks) {

    /** What is drift unless somebody says otherwise: a PSI above this means that much has moved. */
    static final DriftVerdict USUAL = new DriftVerdict(0.25, Optional.empty());

    /** A comparison with what is beyond the thresholds in it. */
    private record Judged(
            String model,
            String release,
            String compared,
            long rows,
            long trainingRows,
            String verdict,
            List<String> drifted,
            List<FeatureDrift> features) {}

    /** What {@code --json} prints. */
    private record Shown(double threshold, Optional<Double> ksThreshold, List<Judged> models) {}

    /** The features of a comparison that have drifted, by falling PSI. */
    List<String> drifted(Drift drift) {
        return drift.beyond(psi, ks);
    }

    private String word(Drift drift) {
        return !drift.decided() ? "too few rows" : drifted(drift).isEmpty() ? "steady" : "drifted";
    }

    void print(PrintStream out, List<Drift> drifts, boolean json) {
        if (json) {
            out.println(Json.write(
                    new Shown(psi, ks, drifts.stream().map(this::judged).toList())));
            return;
        }
        for (Drift drift : drifts) {
            out.println(head(drift));
            new TextTable(
                            List.of("feature", "PSI", "KS", "null then", "null now", ""),
                            List.of(false, true, true, true, true, false),
                            drift.features().stream()
                                    .map(feature -> cells(feature, drifted(drift)))
                                    .toList())
                    .print(out);
            out.println(sentence(drift));
        }
    }

    private Judged judged(Drift drift) {
        return new Judged(
                drift.model(),
                drift.release(),
                drift.of(),
                drift.rows(),
                drift.trainingRows(),
                word(drift),
                drifted(drift),
                drift.features());
    }

    private static String head(Drift drift) {
        return String.format(
                Locale.ROOT,
                "%s: %,d %s beside %,d training rows of release %s",
                drift.model(),
                drift.rows(),
                drift.of(),
                drift.trainingRows(),
                drift.release());
    }

    private static List<String> cells(FeatureDrift feature, List<String> drifted) {
        return List.of(
                feature.feature(),
                number("%.4f", feature.psi()),
                feature.ks().map(ks -> number("%.4f", ks)).orElse(""),
                number("%.2f %%", 100 * feature.nullsThen()),
                number("%.2f %%", 100 * feature.nullsNow()),
                drifted.contains(feature.feature()) ? "drifted" : "");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** A verdict in one line. */
    String sentence(Drift drift) {
        List<String> names = drifted(drift);
        String than = "PSI " + psi + ks.map(each -> ", KS " + each).orElse("");
        return word(drift) + ": "
                + (!drift.decided()
                        ? "below " + Drift.LEAST_ROWS + " rows, chance alone looks like drift"
                        : names.isEmpty()
                                ? "no feature is beyond " + than
                                : String.join(", ", names) + (names.size() == 1 ? " is" : " are") + " beyond " + than);
    }

    /**
     * Refuses drift.
     *
     * @throws SmewException GATE, naming what has drifted
     */
    void require(List<Drift> drifts) {
        List<Drift> beyond =
                drifts.stream().filter(drift -> !drifted(drift).isEmpty()).toList();
        if (!beyond.isEmpty()) {
            throw new SmewException(
                    Fault.GATE,
                    "Comparing with training rows: "
                            + beyond.stream()
                                    .map(drift -> String.join(", ", drifted(drift)) + " of model " + drift.model())
                                    .collect(Collectors.joining("; "))
                            + " drifted beyond PSI " + psi
                            + ks.map(each -> " or KS " + each).orElse("")
                            + ". Look at what changed in the sources; a new run learns from it.");
        }
    }
}
