package smew.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Predictor;
import smew.model.ScoredRows;

/**
 * Scores rows for a model in batches while they are read, and gathers all that is wrong with them: what a body takes in memory is a
 * batch of its rows, and the scores of all. Rows count from 0, as the model's own messages have it; a header is no row.
 */
final class InvocationRows {

    /** Rows that are scored together. */
    static final int BATCH = 8_192;

    private final Predictor predictor;
    private final Card card;
    private final List<String> inputs;
    private final Map<String, Card.Type> types = new HashMap<>();
    private final List<Map<String, @Nullable Object>> batch = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private final ScoredRows scored;
    private final int limit;
    private int row;

    /**
     * Has no row yet.
     *
     * @param limit how many rows there may be
     */
    InvocationRows(Predictor predictor, int limit) {
        this.predictor = predictor;
        this.card = predictor.card();
        this.scored = predictor.nothing();
        this.limit = limit;
        this.inputs = card.inputs().stream().map(Card.Input::name).toList();
        card.inputs().forEach(input -> types.put(input.name(), input.type()));
    }

    List<String> inputs() {
        return inputs;
    }

    /** How many more rows there may be. */
    int left() {
        return limit - row;
    }

    Card card() {
        return card;
    }

    /** Whether the model reads a column; what it does not read, nobody has to look at. */
    boolean reads(String column) {
        return types.containsKey(column);
    }

    /** The type of a column that the model {@link #reads}. */
    Card.Type type(String input) {
        return Objects.requireNonNull(types.get(input));
    }

    /** Adds a row given by name. The model tells what is missing and leaves out what it does not read. */
    void named(Map<String, @Nullable Object> values) {
        next();
        // Of a body that is refused anyway, only what else is wrong matters.
        if (refusals.isEmpty()) {
            batch.add(values);
            if (batch.size() == BATCH) {
                score();
            }
        }
    }

    /**
     * Adds a row given by position under these columns.
     *
     * @param size how many values there were; where that is not the number of columns, the values do not matter
     */
    void positioned(List<String> columns, List<? extends @Nullable Object> values, int size) {
        if (size != columns.size()) {
            broken(() -> "found " + size + (size == 1 ? " value" : " values") + ", expected " + columns.size() + ": "
                    + shown(columns) + ".");
            return;
        }
        Map<String, @Nullable Object> named = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (reads(columns.get(i))) {
                named.put(columns.get(i), values.get(i));
            }
        }
        named(named);
    }

    /** Adds rows with the model's inputs among their columns, each in the type of the input. */
    void columns(Table rows) {
        checkLimit(rows.rows() - 1);
        if (refusals.isEmpty()) {
            scored.add(predictor.predict(rows, row));
        }
        row += rows.rows();
    }

    /** Adds a row that is no row. */
    void broken(Supplier<String> detail) {
        refusals.add(() -> new Problem("row " + row, detail.get()));
        next();
    }

    /**
     * Says what is wrong with a value.
     *
     * @param ahead of the row that is added next, or so many rows behind it
     */
    void problem(int ahead, String column, Supplier<String> detail) {
        refusals.add(() -> new Problem("row " + (row + ahead) + ", column " + column, detail.get()));
    }

    /**
     * Refuses a row so many behind the next one where it would be one too many.
     *
     * @throws SmewException TOO_LARGE
     */
    void checkLimit(int ahead) {
        if (row + ahead >= limit) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading rows for model " + card.name() + ": found more than " + limit
                            + ", which is the limit of this server. Send them in several requests.");
        }
    }

    private void next() {
        checkLimit(0);
        row++;
    }

    private void score() {
        scored.add(predictor.predict(batch, scored.size()));
        batch.clear();
    }

    /** All of the model's own columns, but only the start of what a client made up. */
    private String shown(List<String> columns) {
        String joined = String.join(", ", columns);
        return columns.equals(inputs) ? joined : Text.shown(joined);
    }

    /**
     * What the model says of the rows.
     *
     * @throws SmewException DATA where there are problems, USAGE where there is no row
     */
    ScoredRows complete() {
        refusals.check(Fault.DATA, "Reading rows for model " + card.name());
        if (!batch.isEmpty()) {
            score();
        }
        if (scored.isEmpty()) {
            throw new SmewException(Fault.USAGE, "Reading the body: it holds no row, expected at least one.");
        }
        return scored;
    }
}
