package smew.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import smew.base.Progress;
import smew.columns.Column;
import smew.columns.Table;

/** Why a model says what it says of each row, in columns as {@link ScoredTable} has them. */
final class ReasonColumns {

    private final Predictor predictor;
    private final Card card;
    private final BitSet refused;
    private final int rows;
    private final int[] outcomes;
    private final double[] baselines;
    private final double[] values;

    /** Of each rank and row the input, -1 for none. */
    private final int[][] inputs;

    private final double[][] amounts;

    private ReasonColumns(Predictor predictor, int rows, BitSet refused, int reasons) {
        this.predictor = predictor;
        this.card = predictor.card();
        this.refused = refused;
        this.rows = rows;
        this.outcomes = new int[rows];
        this.baselines = new double[rows];
        this.values = new double[rows];
        this.inputs = new int[reasons][rows];
        this.amounts = new double[reasons][rows];
        Arrays.fill(outcomes, -1);
        Arrays.stream(inputs).forEach(rank -> Arrays.fill(rank, -1));
    }

    /**
     * Explains rows.
     *
     * @param scored the rows that are not refused
     * @param reasons how many a row has at the most; never more than the model has inputs
     * @param step hears how far the work is
     */
    static List<Column> of(
            Predictor predictor,
            Table table,
            int[] scored,
            BitSet refused,
            int reasons,
            ScoredTable.Names names,
            Progress.Step step) {
        int ranks = Math.min(reasons, predictor.card().inputs().size());
        ReasonColumns columns = new ReasonColumns(predictor, table.rows(), refused, ranks);
        AtomicInteger done = new AtomicInteger();
        predictor.explain(table, scored, (index, outcome, sum, amounts) -> {
            columns.put(scored[index], outcome, sum, amounts);
            step.done((double) done.incrementAndGet() / scored.length);
        });
        return columns.columns(names);
    }

    /** Called from several threads, of which no two have the same row. */
    private void put(int row, int outcome, Scorer.Sum sum, double[] all) {
        outcomes[row] = outcome;
        baselines[row] = sum.baseline();
        values[row] = sum.value();
        int[] strongest = Explanation.strongest(all, inputs.length);
        for (int rank = 0; rank < strongest.length; rank++) {
            inputs[rank][row] = strongest[rank];
            amounts[rank][row] = all[strongest[rank]];
        }
    }

    private List<Column> columns(ScoredTable.Names names) {
        String[] inputNames = card.inputs().stream().map(Card.Input::name).toArray(String[]::new);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column.Texts(names.free("explains"), outcomes, explained(), refused));
        columns.add(new Column.Doubles(names.free("baseline"), baselines, refused));
        columns.add(new Column.Doubles(names.free("explained_value"), values, refused));
        for (int rank = 0; rank < inputs.length; rank++) {
            String name = "reason_" + (rank + 1);
            BitSet none = nulls(inputs[rank]);
            columns.add(new Column.Texts(names.free(name), inputs[rank], inputNames, none));
            columns.add(new Column.Doubles(names.free(name + "_contribution"), amounts[rank], none));
            columns.add(texts(names.free(name + "_text"), inputs[rank]));
        }
        return columns;
    }

    /** What is explained, by outcome: {@code probability of 1 before calibration}. */
    private String[] explained() {
        String what = predictor.explains().name().toLowerCase(Locale.ROOT);
        return card.classes().isEmpty()
                ? new String[] {what}
                : card.classes().stream()
                        .map(name -> what + " of " + name + (card.calibrated() ? " before calibration" : ""))
                        .toArray(String[]::new);
    }

    /** What comments say of the inputs, each different text once. */
    private Column texts(String name, int[] rank) {
        List<String> said = card.inputs().stream()
                .flatMap(input -> input.description().stream())
                .distinct()
                .toList();
        int[] byInput = card.inputs().stream()
                .mapToInt(input -> input.description().map(said::indexOf).orElse(-1))
                .toArray();
        int[] codes = Arrays.stream(rank)
                .map(input -> input < 0 ? -1 : byInput[input])
                .toArray();
        return new Column.Texts(name, codes, said.toArray(String[]::new), nulls(codes));
    }

    private BitSet nulls(int[] codes) {
        BitSet nulls = new BitSet();
        IntStream.range(0, rows).filter(row -> codes[row] < 0).forEach(nulls::set);
        return nulls;
    }
}
