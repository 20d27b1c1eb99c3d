package smew.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import smew.model.Card;
import smew.model.Comparison;
import smew.model.Interval;
import smew.model.Uncertainty;
import smew.project.Basis;
import smew.project.Figure;
import smew.project.Relation;
import smew.project.Requirement;
import smew.release.Manifest;

/** What stands between a trained model and the next release: what it has to reach, and the model that it would replace. */
final class Gate {

    private Gate() {}

    /**
     * Judges models.
     *
     * @param models that cards are of, by whatever else
     * @param forced why the release is to become current whatever is found
     * @return empty where nothing speaks against them
     */
    static Optional<Manifest.Gate> of(List<Relation.Model> models, List<Card> cards, Optional<String> forced) {
        List<Manifest.Finding> findings = new ArrayList<>();
        for (Card card : cards) {
            models.stream()
                    .filter(model -> model.name().equals(card.name()))
                    .forEach(model -> findings.addAll(missed(model, card)));
            worse(card).ifPresent(findings::add);
        }
        return findings.isEmpty() ? Optional.empty() : Optional.of(new Manifest.Gate(findings, forced));
    }

    /** What a model was required to reach, and did not. */
    private static List<Manifest.Finding> missed(Relation.Model model, Card card) {
        Map<String, Double> figures = card.metrics().figures();
        return Requirement.of(model.file()).stream()
                .flatMap(required -> {
                    String key = required.figure().key();
                    Double value = figures.get(key);
                    String where = model.file().path() + ":" + required.line() + " requires " + required.text();
                    return value == null
                            ? Stream.of(finding(
                                    card,
                                    key,
                                    where + ", and this model has no such figure, but "
                                            + String.join(", ", figures.keySet())))
                            : required.holds(value)
                                    ? Stream.empty()
                                    : Stream.of(finding(
                                            card, key, where + ", and it is " + number(value) + interval(card, key)));
                })
                .toList();
    }

    /**
     * Whether the model is worse than the current one by more than chance. An older model that may have learned from these
     * rows proves nothing.
     */
    private static Optional<Manifest.Finding> worse(Card card) {
        return card.metrics()
                .previous()
                .filter(old -> old.basis() != Basis.SEEN_ROWS)
                .flatMap(old -> card.head().flatMap(figure -> {
                    Interval difference = old.differences().get(figure.key());
                    return difference == null || !isWorse(figure, difference)
                            ? Optional.empty()
                            : Optional.of(finding(card, figure.key(), worse(card, old, figure, difference)));
                }));
    }

    private static boolean isWorse(Figure figure, Interval difference) {
        return switch (figure.better()) {
            case HIGHER -> difference.high() < 0;
            case LOWER -> difference.low() > 0;
            case NEITHER -> false;
        };
    }

    private static String worse(Card card, Comparison old, Figure figure, Interval difference) {
        String key = figure.key();
        return key + " " + number(card.metrics().figures().getOrDefault(key, Double.NaN)) + " is worse than "
                + number(old.figures().getOrDefault(key, Double.NaN)) + " of release " + old.release()
                + (old.basis() == Basis.OWN_ROWS
                        ? ", each on its own held-out rows; the difference is "
                        : " on the same held-out rows; the difference is ")
                + signed(difference.low()) + " to "
                + signed(difference.high());
    }

    private static Manifest.Finding finding(Card card, String figure, String text) {
        return new Manifest.Finding(card.name(), figure, text);
    }

    private static String interval(Card card, String key) {
        return card.metrics()
                .uncertainty()
                .map(Uncertainty::intervals)
                .flatMap(intervals -> Optional.ofNullable(intervals.get(key)))
                .map(interval -> " (" + number(interval.low()) + " to " + number(interval.high()) + ")")
                .orElse("");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.2g", value);
    }
}
