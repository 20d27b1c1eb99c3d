package smew.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Distribution;
import smew.model.PredictionLog;
import smew.model.TrainingStatistics;

/**
 * How far the newest predictions of each model are from what it was learned from. One thread adds, any asks. A byte for each feature
 * of each row in the window is all that is kept.
 */
final class LiveDrift {

    /** Predictions of a model that are looked at: the newest. */
    static final int WINDOW = 10_000;

    /** Releases of a model at once: one, one that comes, and one beside it. */
    private static final int RELEASES = 3;

    private static final double FADING = 0.8;

    private final Map<String, List<Window>> windows = new TreeMap<>();
    private volatile List<PredictionLog.Drift> now = List.of();

    /** Adds rows of a log; a card that keeps nothing of its training is passed over. */
    void add(Card card, Table logged) {
        if (card.training().isEmpty()) {
            return;
        }
        TrainingStatistics training = card.training().get();
        List<Window> known = windows.computeIfAbsent(card.name(), _ -> new ArrayList<>());
        known.forEach(window -> window.weight *= FADING);
        Window window = known.stream()
                .filter(each -> each.training.equals(training))
                .findFirst()
                .orElseGet(() -> new Window(training));
        known.remove(window);
        known.add(window);
        window.add(card, logged);
        if (known.size() > RELEASES) {
            known.removeFirst();
        }
        List<PredictionLog.Drift> found = new ArrayList<>();
        windows.forEach((model, each) -> each.stream()
                .max(Comparator.comparingDouble(weighed -> weighed.weight))
                .ifPresent(weightiest -> weightiest.tell(model, found)));
        now = List.copyOf(found);
    }

    /** Every feature of the models that enough was seen of, as the release of each sees it that answers most. Waits for nobody. */
    List<PredictionLog.Drift> now() {
        return now;
    }

    private static final class Window {
        private final TrainingStatistics training;
        private final List<Distribution> places;
        private final byte[][] codes;
        private final long[][] counts;
        private long seen;
        /** Rows, of which those that came lately count more. */
        private double weight;

        Window(TrainingStatistics training) {
            this.training = training;
            this.places = DriftCount.compared(training);
            this.codes = new byte[places.size()][WINDOW];
            this.counts = places.stream().map(each -> new long[each.size()]).toArray(long[][]::new);
        }

        void add(Card card, Table logged) {
            List<String> names = LogNames.of(card).inputs();
            for (int each = 0; each < places.size(); each++) {
                Optional<Column> column =
                        each < names.size() ? logged.column(names.get(each)) : DriftCount.score(card, logged);
                Distribution distribution = places.get(each);
                if (column.isPresent() && DriftCount.fits(distribution, column.get())) {
                    slide(each, distribution.places(column.get(), logged.rows()), logged.rows());
                } else {
                    slide(each, _ -> distribution.size() - 1, logged.rows());
                }
            }
            seen += logged.rows();
            weight += logged.rows();
        }

        /** What comes takes the place of what came so many rows before it. */
        private void slide(int feature, Distribution.Places at, int rows) {
            for (int row = 0; row < rows; row++) {
                long number = seen + row;
                int slot = (int) (number % WINDOW);
                if (number >= WINDOW) {
                    counts[feature][codes[feature][slot]]--;
                }
                codes[feature][slot] = (byte) at.at(row);
                counts[feature][codes[feature][slot]]++;
            }
        }

        void tell(String model, List<PredictionLog.Drift> now) {
            if (seen < Drift.LEAST_ROWS) {
                return;
            }
            for (int each = 0; each < places.size(); each++) {
                Distribution of = places.get(each);
                String name = each < training.inputs().size() ? of.name() : FeatureDrift.SCORE;
                now.add(new PredictionLog.Drift(
                        model, name, FeatureDrift.of(of, counts[each]).psi()));
            }
        }
    }
}
