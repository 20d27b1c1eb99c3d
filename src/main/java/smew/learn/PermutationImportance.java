package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.model.Card;
import smew.model.Insight;
import smew.model.Interval;
import smew.model.Predictor;

/**
 * How much a model needs each input: how much worse it is on held-out rows once their values of the input are shuffled (Breiman 2001,
 * "Random forests"). Intervals draw entities anew: they tell how much the held-out rows can be trusted, shuffles included. Of
 * inputs that say the same each seems needless, because the other stands in.
 */
final class PermutationImportance {

    /** Rows at most: more make intervals hardly narrower. */
    private static final int ROWS = 20_000;

    /** Inputs at most, those with the greatest share in what the model learned. */
    static final int INPUTS = 50;

    private static final int SHUFFLES = 3;
    private static final int MOST_SHUFFLES = 20;

    /** Rows scored at most in all: a few seconds of two cores for a forest of 40 trees. */
    private static final int WORK = 600_000;

    private static final long PURPOSE = 0x50657274L;

    private final SampledRows rows;
    private final int shuffles;
    private final List<Integer> inputs;
    private final long seed;

    private PermutationImportance(SampledRows rows, int shuffles, List<Integer> inputs, long seed) {
        this.rows = rows;
        this.shuffles = shuffles;
        this.inputs = inputs;
        this.seed = seed;
    }

    /** The most important input first. */
    static List<Insight.Permutation> of(Fitting fitting, Holdout holdout, Predictor predictor, Progress.Step step) {
        List<Integer> inputs = inputs(predictor.card());
        int most = Math.min(ROWS, WORK / (SHUFFLES * inputs.size()));
        SampledRows rows = SampledRows.of(fitting, predictor, holdout.heldOut(), most);
        int shuffles = Math.clamp(WORK / ((long) rows.size() * inputs.size()), SHUFFLES, MOST_SHUFFLES);
        return new PermutationImportance(rows, shuffles, inputs, fitting.seed()).run(step);
    }

    /** The places of the inputs with the greatest shares, then of others that the model does not use at all. */
    private static List<Integer> inputs(Card card) {
        List<String> names = card.inputs().stream().map(Card.Input::name).toList();
        List<Integer> places = new ArrayList<>(card.importance().stream()
                .map(share -> names.indexOf(share.input()))
                .toList());
        IntStream.range(0, names.size()).filter(i -> !places.contains(i)).forEach(places::add);
        return places.subList(0, Math.min(INPUTS, places.size()));
    }

    private List<Insight.Permutation> run(Progress.Step step) {
        double[] plain = rows.losses();
        AtomicInteger done = new AtomicInteger();
        double[][] shuffled = inputs.stream()
                .parallel()
                .map(input -> {
                    double[] losses = used(input) ? shuffled(input) : plain;
                    step.done((double) done.incrementAndGet() / inputs.size());
                    return losses;
                })
                .toArray(double[][]::new);
        int[] once = new int[rows.size()];
        Arrays.fill(once, 1);
        Map<String, Double> losses = losses(plain, shuffled, once);
        Map<String, Interval> intervals = bootstrap().of(counts -> losses(plain, shuffled, counts));
        String metric = rows.card().classes().isEmpty() ? "rmse" : "log_loss";
        List<Insight.Permutation> permutations = new ArrayList<>();
        losses.forEach((name, loss) -> permutations.add(
                new Insight.Permutation(name, metric, loss, intervals.getOrDefault(name, new Interval(loss, loss)))));
        permutations.sort(Comparator.comparingDouble(Insight.Permutation::loss).reversed());
        return permutations;
    }

    /** An input without any share in what was learned changes nothing. */
    private boolean used(int input) {
        String name = rows.card().inputs().get(input).name();
        return rows.card().importance().stream().anyMatch(share -> share.input().equals(name) && share.share() != 0);
    }

    /** The mean loss of each row over the shuffles of one input. */
    private double[] shuffled(int input) {
        double[] mean = new double[rows.size()];
        for (int shuffle = 0; shuffle < shuffles; shuffle++) {
            Draws draws = Draws.of(seed ^ PURPOSE, (long) input * MOST_SHUFFLES + shuffle);
            double[] losses =
                    rows.with(input, draws.sample(rows.size(), rows.size())).losses();
            for (int row = 0; row < mean.length; row++) {
                mean[row] += losses[row] / shuffles;
            }
        }
        return mean;
    }

    private Bootstrap bootstrap() {
        Fitting fitting = rows.fitting();
        long[] all = fitting.definition().entity().isEmpty()
                ? new long[0]
                : Holdout.entityKeys(fitting.definition(), fitting.table(), fitting.target(), seed);
        return Bootstrap.of(
                Arrays.stream(rows.labelled())
                        .mapToLong(r -> all.length == 0 ? r : all[r])
                        .toArray(),
                seed);
    }

    /** How much worse the model is without each input, each row counting so often. */
    private Map<String, Double> losses(double[] plain, double[][] shuffled, int[] counts) {
        Map<String, Double> losses = new LinkedHashMap<>();
        double before = metric(plain, counts);
        for (int i = 0; i < shuffled.length; i++) {
            String name = rows.card().inputs().get(inputs.get(i)).name();
            losses.put(name, metric(shuffled[i], counts) - before);
        }
        return losses;
    }

    private double metric(double[] losses, int[] counts) {
        double sum = 0;
        double all = 0;
        for (int row = 0; row < counts.length; row++) {
            sum += counts[row] * losses[row];
            all += counts[row];
        }
        return rows.card().classes().isEmpty() ? Math.sqrt(sum / all) : sum / all;
    }
}
