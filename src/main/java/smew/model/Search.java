package smew.model;

import java.util.List;

/**
 * What {@code @algorithm auto} compared, on training rows alone.
 *
 * @param metric the figure that decides
 * @param higherIsBetter whether more of it is better
 * @param folds into how many parts the rows were parted, each held out once
 * @param rows training rows that the comparison which decided was made on: whole entities, or all there are
 * @param finished whether the time budget was enough for every candidate
 * @param leaderboard the best first; candidates that were compared on fewer rows come after those on more
 * @param leftOut candidates without a figure
 */
public record Search(
        String metric,
        boolean higherIsBetter,
        int folds,
        long rows,
        boolean finished,
        List<Entry> leaderboard,
        List<LeftOut> leftOut) {
    public Search {
        leaderboard = List.copyOf(leaderboard);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One candidate.
     *
     * @param algorithm with the parameters that were tried; 0 may stand for a value that the data decide
     * @param mean of the metric over the folds done
     * @param standardError of the mean
     * @param foldsDone fewer than all where it was stopped as hopeless
     * @param rows that it was compared on; fewer than {@link Search#rows} where better ones went on alone
     * @param chosen the simplest within one standard error of the best (Breiman et al. 1984)
     */
    public record Entry(
            Card.Algorithm algorithm, double mean, double standardError, int foldsDone, long rows, boolean chosen) {}

    /** A candidate that could not be compared, and why. */
    public record LeftOut(Card.Algorithm algorithm, String reason) {}
}
