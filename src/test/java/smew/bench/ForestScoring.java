package smew.bench;

import java.util.List;
import java.util.stream.IntStream;
import smew.learn.SmileRows;
import smew.model.Predictor;
import smile.classification.RandomForest;

/** Predictions for every row of a table, against a loop over Smile's predict on as many threads, on rows encoded before. */
final class ForestScoring implements Item {

    @Override
    public String name() {
        return "scoring";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        rounds.log().println(name() + ": fitting both forests");
        Forests forests = new Forests(bench);
        Predictor predictor = Predictor.load(forests.fit());
        RandomForest forest = forests.fitBySmile();
        SmileRows rows = forests.rows();
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> Rounds.seconds(() -> predictor.predict(forests.table(), rows.rows())),
                () -> Rounds.seconds(() -> loop(forest, rows)));
        return List.of(Line.rate(
                name(),
                "predictions of " + Forests.TREES + " trees",
                "RandomForest.predict of Smile, a loop per core, encoded before",
                rows.rows().length,
                figures.get(0),
                figures.get(1)));
    }

    private static void loop(RandomForest forest, SmileRows rows) {
        int threads = Runtime.getRuntime().availableProcessors();
        int size = rows.labelled().size();
        double sum = IntStream.range(0, threads)
                .parallel()
                .mapToDouble(thread -> {
                    double[] shares = new double[2];
                    double positive = 0;
                    for (int row = (int) ((long) size * thread / threads);
                            row < (int) ((long) size * (thread + 1) / threads);
                            row++) {
                        forest.predict(rows.labelled().get(row), shares);
                        positive += shares[1];
                    }
                    return positive;
                })
                .sum();
        // Using the sum keeps the compiler from leaving the work out.
        if (!(sum > 0)) {
            throw new IllegalStateException("No row has a chance of the positive class.");
        }
    }
}
