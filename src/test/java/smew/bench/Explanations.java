package smew.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import smew.base.Progress;
import smew.columns.Table;
import smew.learn.Training;
import smew.model.Predictor;

/** One row at a time, on one thread: why a model says what it says, against what it says. */
final class Explanations implements Item {

    private static final int ROWS = 2_000;

    @Override
    public String name() {
        return "explanations";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        rounds.log().println(name() + ": training the model of the sample");
        ModelRows model = bench.modelRows();
        Path folder = bench.newFolder();
        Training.fit(model.model(), model.table(), Training.Terms.of(Workbench.AS_OF), folder, Progress.NONE);
        Predictor predictor = Predictor.load(folder);
        Table table = model.table();
        SplittableRandom random = new SplittableRandom(1);
        int[] rows = random.ints(ROWS, 0, table.rows()).toArray();
        List<Rounds.Figures> figures = rounds.of(
                name(),
                () -> latencies(rows, row -> predictor.explain(table, row)),
                () -> latencies(rows, row -> predictor.predict(table, new int[] {row})));
        return List.of(
                line("half of the rows explained within", figures, 0),
                line("99 of 100 rows explained within", figures, 1));
    }

    private Line line(String what, List<Rounds.Figures> figures, int index) {
        return new Line(
                name(),
                what,
                "a prediction of the same row",
                Line.Unit.MILLISECONDS,
                figures.get(0).get(index),
                figures.get(1).get(index));
    }

    private static double[] latencies(int[] rows, IntConsumer work) {
        long[] nanos = Arrays.stream(rows)
                .mapToLong(row -> {
                    long start = System.nanoTime();
                    work.accept(row);
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        HttpLoad.Outcome outcome = new HttpLoad.Outcome(nanos, 1);
        return new double[] {outcome.millis(0.5), outcome.millis(0.99)};
    }
}
