package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Table;
import smew.model.Card;
import smew.project.Relation;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.IntVector;
import smile.model.cart.SplitRule;

/**
 * The rows that {@link Training#fit} hands to its learner, encoded alike, as Smile's own algorithms take them: the benchmark
 * fits and scores the same with both.
 */
public final class SmileRows {

    private static final String LABEL = "the label";

    private final Chosen chosen;
    private final DataFrame training;
    private final DataFrame labelled;
    private final int[] rows;

    private SmileRows(Chosen chosen, DataFrame training, DataFrame labelled, int[] rows) {
        this.chosen = chosen;
        this.training = training;
        this.labelled = labelled;
        this.rows = rows;
    }

    /** Rows to learn from, with the label. */
    public DataFrame training() {
        return training;
    }

    /** Every row that has a label, with it. */
    public DataFrame labelled() {
        return labelled;
    }

    /** The row numbers of the labelled in the table. */
    public int[] rows() {
        return rows;
    }

    /** Splits and encodes as training does. */
    public static SmileRows of(Relation.Model definition, Table table) {
        List<String> first = new ArrayList<>(definition.entity());
        first.addAll(definition.time());
        Target target = Target.of(definition, table.column(definition.label()).orElseThrow(), Order.of(table, first));
        int[] training =
                Holdout.of(definition, table, target, definition.seed()).training();
        List<Card.Input> inputs = Inputs.learn(
                definition,
                table,
                Arrays.stream(training).map(row -> target.rows()[row]).toArray(),
                target.rows());
        int[] all = IntStream.range(0, target.rows().length).toArray();
        TrainingRows learned = TrainingRows.of(inputs, table, target, training);
        Chosen chosen = Chosen.of(definition);
        return new SmileRows(
                Learner.of(chosen).resolved(chosen, learned.extent()),
                frame(learned),
                frame(TrainingRows.of(inputs, table, target, all)),
                target.rows());
    }

    private static DataFrame frame(TrainingRows rows) {
        return Trees.of(rows).frame().add(new IntVector(LABEL, rows.codes()));
    }

    /** A forest by Smile alone, with the options that training takes. */
    public RandomForest fit() {
        RandomForest.Options options = new RandomForest.Options(
                chosen.integer("trees"),
                chosen.integer("inputs-per-split"),
                SplitRule.GINI,
                chosen.integer("max-depth"),
                chosen.integer("max-leaves"),
                chosen.integer("min-leaf-rows"),
                chosen.number("rows-per-tree"),
                null,
                IntStream.range(0, chosen.integer("trees"))
                        .mapToLong(tree -> tree)
                        .toArray(),
                null);
        return RandomForest.fit(Formula.lhs(LABEL), training, options);
    }
}
