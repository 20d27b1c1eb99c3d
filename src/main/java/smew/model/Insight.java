package smew.model;

import java.util.List;

/**
 * What a model does with its inputs, found on held-out rows.
 *
 * @param permutation the most important input first; of very many inputs those that the model uses most
 * @param dependence of the most important inputs, for each class where there are more than two
 * @param dropped inputs of the SELECT that the model does not use, as {@code @features} has it
 */
public record Insight(List<Permutation> permutation, List<Dependence> dependence, List<String> dropped) {
    public Insight {
        permutation = List.copyOf(permutation);
        dependence = List.copyOf(dependence);
        dropped = List.copyOf(dropped);
    }

    /** Inputs without which the model is as good, as far as held-out rows can tell: 0 lies in the interval, or above it. */
    public List<String> needless() {
        return permutation.stream()
                .filter(each -> each.interval().low() <= 0)
                .map(Permutation::input)
                .toList();
    }

    /**
     * How much worse the model is without an input's order: values shuffled among held-out rows (Breiman 2001).
     *
     * @param metric the figure that is compared: {@code log_loss}, or {@code rmse} of numbers
     * @param loss how much worse, the mean over shuffles; below 0 where it got better
     * @param interval by drawing held-out entities anew
     */
    public record Permutation(String input, String metric, double loss, Interval interval) {}

    /**
     * The mean prediction over held-out rows if all of them had one value of an input (Friedman 2001).
     *
     * @param of the class whose probability is shown; empty for a number
     */
    public record Dependence(String input, String of, List<Point> points) {
        public Dependence {
            points = List.copyOf(points);
        }
    }

    /** A value as it would be written, and the mean prediction. */
    public record Point(String value, double mean) {}
}
