package smew.learn;

/**
 * About how long a fit takes, in seconds on two cores of 2023, from what it is asked to do and not by a clock: whatever is decided
 * by it is decided alike on every machine. Right within a factor of two, as measured from 2,000 to 560,000 rows.
 *
 * @param width columns that a weighted sum sees: one for each level of a category
 */
record Effort(Learner.Extent extent, int width) {

    private static final double SORT = 8e-9;
    private static final double DRAW = 22e-9;
    private static final double LOOK = 3.2e-9;
    private static final double MOVE = 0.9e-9;
    private static final double SCORE = 30e-9;
    private static final double SUM = 2.2e-9;
    private static final double SUMS_UNTIL_DONE = 40;
    private static final double PRODUCT = 0.8e-9;
    private static final double SOLVE = 0.4e-9;
    private static final double LEAST = 2e-3;

    /** Seconds of one fit. */
    double of(Chosen asked) {
        Chosen chosen = Learner.of(asked).resolved(asked, extent);
        int rows = extent.rows();
        int inputs = extent.inputs();
        return LEAST
                + switch (chosen.algorithm().name()) {
                    case Algorithms.LOGISTIC -> SUM * outputs() * rows * inputs * SUMS_UNTIL_DONE;
                    case Algorithms.RIDGE -> PRODUCT * rows * inputs * inputs + SOLVE * width * (double) width * width;
                    case Algorithms.TREE -> sort() + trees(1, rows, inputs, chosen);
                    case Algorithms.FOREST ->
                        sort()
                                + trees(
                                        chosen.number("trees"),
                                        drawn(chosen),
                                        chosen.number(ForestLearner.INPUTS_PER_SPLIT),
                                        chosen);
                    case Algorithms.BOOSTING ->
                        sort()
                                + trees(chosen.number("trees"), drawn(chosen), inputs, chosen)
                                + SCORE * chosen.number("trees") * outputs() * rows;
                    case Algorithms.ADABOOST ->
                        sort()
                                + trees(chosen.number("trees"), rows, inputs, chosen)
                                + SCORE * chosen.number("trees") * rows;
                    default ->
                        throw new IllegalArgumentException(chosen.algorithm().name() + " is no single algorithm");
                };
    }

    private int outputs() {
        return extent.classes() > 2 ? extent.classes() : 1;
    }

    private double drawn(Chosen chosen) {
        return chosen.number(ForestLearner.ROWS_PER_TREE) * extent.rows();
    }

    private double sort() {
        return SORT * extent.rows() * extent.inputs() * log2(extent.rows());
    }

    /** Rows are drawn and put in order once per tree; at each level inputs are looked at, and all are moved into place. */
    private double trees(double count, double drawn, double perSplit, Chosen chosen) {
        double levels = Math.min(chosen.number("max-depth"), log2(chosen.number("max-leaves")) + 1);
        return count
                * drawn
                * (DRAW * extent.inputs() + outputs() * levels * (LOOK * perSplit + MOVE * extent.inputs()));
    }

    private static double log2(double value) {
        return StrictMath.log(Math.max(2, value)) / StrictMath.log(2);
    }
}
