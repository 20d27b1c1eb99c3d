package smew.model;

/** Turns encoded rows into outcomes, and explains them. Implementations are immutable and safe for any number of threads. */
sealed interface Scorer permits TreeScorer, LinearScorer {

    /**
     * Scores some rows.
     *
     * @param rows one number per input and row, as {@link Encoding} makes them, row by row; not kept
     * @param count how many rows there are
     * @param target hears one probability per class, or the one number of a regression
     */
    void score(double[] rows, int count, Predictor.Scores target);

    /** What {@link #explain} explains. */
    Explanation.Explains explains();

    /**
     * Shares out what was computed for a row among its inputs.
     *
     * @param row one number per input
     * @param outcome index of the class to explain; 0 for a regression
     * @param amounts receives what each input adds to the baseline
     */
    Sum explain(double[] row, int outcome, double[] amounts);

    /**
     * What an explanation adds up to.
     *
     * @param value what was computed for the row
     */
    record Sum(double baseline, double value) {}

    /**
     * The scorer of what was just learned.
     *
     * @throws smew.base.SmewException DATA where it does not fit the card
     */
    static Scorer of(Card card, Learned learned) {
        return switch (learned) {
            case Learned.Trees trees -> TreeScorer.of(card, trees, Long.MAX_VALUE);
            case Learned.Linear linear -> new LinearScorer(card, linear);
        };
    }
}
