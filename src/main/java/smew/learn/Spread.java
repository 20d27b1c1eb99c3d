package smew.learn;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.model.Card;
import smew.model.Distribution;
import smew.model.Encoding;
import smew.model.Predictor;
import smew.model.TrainingStatistics;
import smew.project.Relation;

/** Finds how the rows that a model was learned from are spread, and what it says on held-out ones. */
final class Spread {

    private Spread() {}

    static TrainingStatistics of(Fitting fitting, Holdout holdout, Predictor predictor) {
        int[] rows = fitting.rows(holdout.training());
        return new TrainingStatistics(
                rows.length,
                predictor.card().inputs().parallelStream()
                        .map(input ->
                                of(input, fitting.table().column(input.name()).orElseThrow(), rows))
                        .toList(),
                score(fitting, holdout, predictor));
    }

    private static Optional<Distribution> score(Fitting fitting, Holdout holdout, Predictor predictor) {
        Card card = predictor.card();
        int score = card.task() == Relation.Task.REGRESSION ? 0 : card.positiveIndex();
        if (score < 0) {
            return Optional.empty();
        }
        int[] rows = fitting.rows(holdout.heldOut());
        double[] scored = new double[rows.length];
        predictor.score(fitting.table(), rows, (index, scores) -> scored[index] = scores[score]);
        Card.Input said = new Card.Input("score", Card.Type.NUMBER, List.of(), 0, 0, 0, Optional.empty());
        return Optional.of(of(
                said,
                new Column.Doubles(said.name(), scored, new BitSet()),
                IntStream.range(0, scored.length).toArray()));
    }

    /** The distribution of some rows of a column. */
    static Distribution of(Card.Input input, Column column, int[] rows) {
        Distribution places = places(input, column, rows);
        Distribution.Places place = places.places(column, rows.length);
        long[] counts = new long[places.size()];
        for (int row : rows) {
            counts[place.at(row)]++;
        }
        return places.counted(counts);
    }

    private static Distribution places(Card.Input input, Column column, int[] rows) {
        Encoding.Cells cells = new Encoding(input).cells(column, rows.length);
        return switch (input.type()) {
            case NUMBER -> Distribution.empty(input.name(), input.type(), edges(cells, rows), List.of());
            case BOOLEAN -> Distribution.empty(input.name(), input.type(), List.of(0.0), List.of());
            case CATEGORY -> {
                long[] counts = new long[Encoding.codes(input)];
                for (int row : rows) {
                    counts[(int) cells.at(row)]++;
                }
                yield Distribution.empty(
                        input.name(),
                        input.type(),
                        List.of(),
                        IntStream.range(0, input.levels().size())
                                .boxed()
                                .sorted(Comparator.comparingLong((Integer level) -> -counts[level]))
                                .limit(Distribution.LEVELS)
                                .sorted()
                                .map(input.levels()::get)
                                .toList());
            }
        };
    }

    /**
     * The deciles, each once. A value that is several of them gets a range of its own: what comes to lie below it would else be
     * counted with it, of a constant as well.
     */
    private static List<Double> edges(Encoding.Cells cells, int[] rows) {
        double[] sorted = Arrays.stream(rows)
                .mapToDouble(cells::at)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        TreeSet<Double> edges = new TreeSet<>();
        for (int tenth = 1; tenth < Distribution.RANGES && sorted.length > 0; tenth++) {
            // 0.0 and -0.0 are one value in SQL and to a learner, and two in a sorted set.
            double decile = sorted[(int) (((long) tenth * sorted.length - 1) / Distribution.RANGES)] + 0.0;
            double below = Math.nextDown((float) decile);
            if (!edges.add(decile) && Double.isFinite(below)) {
                edges.add(below);
            }
        }
        return List.copyOf(edges);
    }
}
