package smew.model;

/** Turns encoded rows into outcomes. Implementations are immutable and safe for any number of threads. */
interface Scorer {

    /**
     * Scores one row.
     *
     * @param row one number per input, as {@link Encoding} makes them; not kept
     * @param out receives one probability per class, or the one number of a regression
     */
    void score(double[] row, double[] out);

    /** The scorer of what was learned. */
    static Scorer of(Card card, Learned learned) {
        boolean classes = !card.classes().isEmpty();
        return switch (learned) {
            case Learned.Forest forest -> new TreeScorer.Mean(forest);
            case Learned.Boosted boosted -> new TreeScorer.Sum(boosted, classes);
            case Learned.Votes votes -> new TreeScorer.Vote(votes);
            case Learned.Linear linear -> new LinearScorer(new Design(card.inputs()), linear.coefficients(), classes);
        };
    }
}
