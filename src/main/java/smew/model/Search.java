package smew.model;

import java.util.List;

/**
 * What {@code @algorithm auto} compared.
 *
 * @param metric the figure that decides, and {@code higher} or {@code lower} is better
 * @param leaderboard the best mean first
 * @param finished whether every candidate was evaluated before the time budget ended
 */
public record Search(String metric, boolean higherIsBetter, int folds, boolean finished, List<Entry> leaderboard) {
    public Search {
        leaderboard = List.copyOf(leaderboard);
    }

    /**
     * One candidate.
     *
     * @param foldsDone fewer than all where it was stopped as hopeless
     * @param chosen the simplest within one standard error of the best
     */
    public record Entry(Card.Algorithm algorithm, double mean, double standardError, int foldsDone, boolean chosen) {}
}
