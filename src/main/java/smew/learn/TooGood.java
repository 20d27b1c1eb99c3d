package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.model.Card;
import smew.model.Encoding;
import smew.project.LeakKind;

/**
 * Looks for an input that knows the label: one that equals it, that determines it, or that alone predicts it almost without
 * error on held-out rows. Real causes hardly ever do.
 */
final class TooGood {

    /** An AUC, or an R², above this is not believed of one input alone. */
    private static final double BELIEVABLE = 0.99;

    /** As many rows of each class must be on both sides before an AUC of 1 is more than luck. */
    private static final int LEAST = 20;

    /** Ranges into which numbers are cut. */
    private static final int RANGES = 64;

    private final Target target;
    private final int[] training;
    private final int[] heldOut;

    /**
     * Takes the rows to look at.
     *
     * @param training indices into the labelled rows
     * @param heldOut as well
     */
    TooGood(Target target, int[] training, int[] heldOut) {
        this.target = target;
        this.training = training;
        this.heldOut = heldOut;
    }

    /**
     * Tests one input.
     *
     * @param values encoded, one per labelled row, NaN where there is none
     */
    Optional<Suspicion> test(Card.Input input, double[] values) {
        return target.classCount() > 0 ? classes(input, values) : numbers(input, values);
    }

    private Optional<Suspicion> classes(Card.Input input, double[] values) {
        if (!enough(training) || !enough(heldOut)) {
            return Optional.empty();
        }
        Ranges ranges = Ranges.of(input, values, training);
        double best = 0;
        for (int code = 0; code < target.classCount(); code++) {
            if (target.classCount() == 2 && code == 0) {
                continue;
            }
            double auc = Math.max(ranked(values, code), rated(ranges, values, code));
            best = Math.max(best, auc);
        }
        if (best < BELIEVABLE) {
            return Optional.empty();
        }
        boolean copies = ranges.exact() && determined(ranges, values);
        return Optional.of(
                copies
                        ? new Suspicion(
                                LeakKind.LABEL_COPY,
                                Optional.of(input.name()),
                                "each of its " + ranges.size()
                                        + " values goes with one class of the label only, in all "
                                        + String.format(Locale.ROOT, "%,d", training.length + heldOut.length) + " rows",
                                CURE)
                        : new Suspicion(
                                LeakKind.SEPARATION,
                                Optional.of(input.name()),
                                String.format(
                                        Locale.ROOT,
                                        "alone it tells the classes of %,d held-out rows apart with an AUC of %.4f",
                                        heldOut.length,
                                        best),
                                CURE));
    }

    private static final String CURE =
            "Take it out of the SELECT if it is made from the label, or becomes known only with it or after it.";

    private boolean enough(int[] rows) {
        int[] counts = new int[target.classCount()];
        for (int r : rows) {
            counts[target.codes()[r]]++;
        }
        return Arrays.stream(counts).allMatch(count -> count >= LEAST);
    }

    /** How well the value itself ranks a class above the others, in whichever direction. */
    private double ranked(double[] values, int code) {
        int[] truth = Arrays.stream(heldOut).map(r -> target.codes()[r]).toArray();
        double[] scores = Arrays.stream(heldOut)
                .mapToDouble(r -> Double.isNaN(values[r]) ? Double.NEGATIVE_INFINITY : values[r])
                .toArray();
        double auc = ClassificationMetrics.auc(truth, scores, code);
        return Double.isNaN(auc) ? 0.5 : Math.max(auc, 1 - auc);
    }

    /** The same by the class's share in the value's range, as training rows have it. */
    private double rated(Ranges ranges, double[] values, int code) {
        double[] all = new double[ranges.size()];
        double[] real = new double[ranges.size()];
        double share = 0;
        for (int r : training) {
            int range = ranges.of(values[r]);
            all[range]++;
            if (target.codes()[r] == code) {
                real[range]++;
                share += 1.0 / training.length;
            }
        }
        int[] truth = Arrays.stream(heldOut).map(r -> target.codes()[r]).toArray();
        double prior = share;
        double[] scores = Arrays.stream(heldOut)
                .mapToDouble(r -> {
                    int range = ranges.of(values[r]);
                    // One row more, of average label: a range without rows says nothing.
                    return (real[range] + prior) / (all[range] + 1);
                })
                .toArray();
        double auc = ClassificationMetrics.auc(truth, scores, code);
        return Double.isNaN(auc) ? 0.5 : auc;
    }

    private boolean determined(Ranges ranges, double[] values) {
        int[] classes = new int[ranges.size()];
        Arrays.fill(classes, -1);
        return IntStream.concat(Arrays.stream(training), Arrays.stream(heldOut)).allMatch(r -> {
            int range = ranges.of(values[r]);
            if (classes[range] < 0) {
                classes[range] = target.codes()[r];
            }
            return classes[range] == target.codes()[r];
        });
    }

    private Optional<Suspicion> numbers(Card.Input input, double[] values) {
        if (training.length < LEAST || heldOut.length < LEAST) {
            return Optional.empty();
        }
        double linear = input.type() == Card.Type.CATEGORY ? 0 : linear(values);
        double explained = Math.max(linear, rated(Ranges.of(input, values, training), values));
        if (!(explained >= BELIEVABLE)) {
            return Optional.empty();
        }
        return Optional.of(
                linear > 1 - 1e-6
                        ? new Suspicion(
                                LeakKind.LABEL_COPY,
                                Optional.of(input.name()),
                                String.format(
                                        Locale.ROOT,
                                        "a straight line through it gives the label of %,d held-out rows: R² is %.6f",
                                        heldOut.length,
                                        linear),
                                CURE)
                        : new Suspicion(
                                LeakKind.SEPARATION,
                                Optional.of(input.name()),
                                String.format(
                                        Locale.ROOT,
                                        "alone it explains the label of %,d held-out rows with an R² of %.4f",
                                        heldOut.length,
                                        explained),
                                CURE));
    }

    /** R² on held-out rows of the least-squares line of training rows. Rows without a value are left out. */
    private double linear(double[] values) {
        double[] labels = target.numbers();
        int[] learned =
                Arrays.stream(training).filter(r -> !Double.isNaN(values[r])).toArray();
        int[] asked =
                Arrays.stream(heldOut).filter(r -> !Double.isNaN(values[r])).toArray();
        if (learned.length < LEAST || asked.length < LEAST) {
            return 0;
        }
        double x = Arrays.stream(learned).mapToDouble(r -> values[r]).average().orElseThrow();
        double y = Arrays.stream(learned).mapToDouble(r -> labels[r]).average().orElseThrow();
        double together = 0;
        double squares = 0;
        for (int r : learned) {
            together += (values[r] - x) * (labels[r] - y);
            squares += (values[r] - x) * (values[r] - x);
        }
        double slope = squares > 0 ? together / squares : 0;
        return explained(asked, r -> y + slope * (values[r] - x));
    }

    private double rated(Ranges ranges, double[] values) {
        double[] sums = new double[ranges.size()];
        double[] counts = new double[ranges.size()];
        double mean = 0;
        for (int r : training) {
            int range = ranges.of(values[r]);
            sums[range] += target.numbers()[r];
            counts[range]++;
            mean += target.numbers()[r] / training.length;
        }
        double prior = mean;
        return explained(heldOut, r -> {
            int range = ranges.of(values[r]);
            return (sums[range] + prior) / (counts[range] + 1);
        });
    }

    private double explained(int[] rows, java.util.function.IntToDoubleFunction prediction) {
        double[] truth =
                Arrays.stream(rows).mapToDouble(r -> target.numbers()[r]).toArray();
        double[] predicted = Arrays.stream(rows).mapToDouble(prediction).toArray();
        return new NumberFigures(truth, predicted).once().getOrDefault("r2", 0.0);
    }

    /**
     * Values put into few places: each its own where there are few, else ranges of about as many training rows each. The last
     * place is that of no value.
     *
     * @param edges rising; a value belongs to the place of the greatest edge that is not above it
     * @param exact whether every place is one value
     */
    private record Ranges(double[] edges, boolean exact) {

        static Ranges of(Card.Input input, double[] values, int[] training) {
            if (input.type() == Card.Type.CATEGORY) {
                return new Ranges(
                        IntStream.range(0, Encoding.codes(input))
                                .asDoubleStream()
                                .toArray(),
                        true);
            }
            double[] sorted = Arrays.stream(training)
                    .mapToDouble(r -> values[r])
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            double[] distinct = Arrays.stream(sorted).distinct().toArray();
            if (distinct.length <= RANGES) {
                return new Ranges(distinct, true);
            }
            List<Double> edges = new ArrayList<>();
            for (int range = 0; range < RANGES; range++) {
                double edge = sorted[(int) ((long) range * sorted.length / RANGES)];
                if (edges.isEmpty() || edge > edges.getLast()) {
                    edges.add(edge);
                }
            }
            return new Ranges(edges.stream().mapToDouble(Double::doubleValue).toArray(), false);
        }

        int size() {
            return edges.length + 1;
        }

        int of(double value) {
            if (Double.isNaN(value)) {
                return edges.length;
            }
            int found = Arrays.binarySearch(edges, value);
            int place = found >= 0 ? found : -found - 2;
            return Math.clamp(place, 0, Math.max(0, edges.length - 1));
        }
    }
}
