package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.project.Basis;
import smew.release.Manifest;

/** What a person reads of a model when a run has ended: a few figures, how sure they are, and what they replace. */
final class ModelLines {

    /** The figures that people look at first; the others are in the card and the report. */
    private static final List<String> FIRST =
            List.of("auc", "log_loss", "accuracy", "f1", "cost", "macro_f1", "rmse", "mae", "r2");

    private ModelLines() {}

    static List<String> of(Manifest.Model model) {
        Map<String, Manifest.Range> intervals = model.intervals().orElse(Map.of());
        List<String> figures = new ArrayList<>();
        for (String name : FIRST) {
            Double value = model.metrics().get(name);
            if (value != null) {
                Manifest.Range range = intervals.get(name);
                figures.add(name + " " + number(value)
                        + (range == null ? "" : " (" + number(range.low()) + " to " + number(range.high()) + ")"));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(model.name() + ": " + String.join(", ", figures));
        model.folds().ifPresent(folds -> lines.add("  over " + folds.folds() + " folds: " + folds(folds)));
        model.previous()
                .ifPresent(old ->
                        lines.add("  against release " + old.release() + ": " + differences(old) + basis(old.basis())));
        return lines;
    }

    private static String folds(Manifest.CrossValidated folds) {
        return FIRST.stream()
                .filter(folds.mean()::containsKey)
                .map(name -> name + " " + number(folds.mean().getOrDefault(name, Double.NaN)) + " ± "
                        + String.format(
                                Locale.ROOT, "%.2g", folds.standardError().getOrDefault(name, Double.NaN)))
                .collect(Collectors.joining(", "));
    }

    private static String differences(Manifest.Replaced old) {
        return FIRST.stream()
                .flatMap(name ->
                        Optional.ofNullable(old.differences().get(name))
                                .map(range -> name + " " + difference(range))
                                .stream())
                .limit(2)
                .collect(Collectors.joining(", "));
    }

    private static String basis(Basis basis) {
        return switch (basis) {
            case SAME_ROWS -> "";
            case SEEN_ROWS -> "; that model may have learned from these rows";
            case OWN_ROWS -> "; each on its own held-out rows";
        };
    }

    private static String difference(Manifest.Range range) {
        boolean same = range.low() <= 0 && range.high() >= 0;
        String from = String.format(Locale.ROOT, "%+.2g", range.low());
        String to = String.format(Locale.ROOT, "%+.2g", range.high());
        return from.equals(to)
                ? (range.low() == 0 ? "the same" : from)
                : from + " to " + to + (same ? ", no difference" : "");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
