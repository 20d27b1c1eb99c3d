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
import smew.model.Card;

/** Gathers rows for a model, and all that is wrong with them. Rows count from 0, as the model's own messages have it; a header is no row. */
final class InvocationRows {

    private final Card card;
    private final List<String> inputs;
    private final Map<String, Card.Type> types = new HashMap<>();
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private final Refusals refusals = new Refusals();
    private final int limit;
    private int row;

    /**
     * Gathers nothing yet.
     *
     * @param limit how many rows there may be
     */
    InvocationRows(Card card, int limit) {
        this.card = card;
        this.limit = limit;
        this.inputs = card.inputs().stream().map(Card.Input::name).toList();
        card.inputs().forEach(input -> types.put(input.name(), input.type()));
    }

    List<String> inputs() {
        return inputs;
    }

    int limit() {
        return limit;
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
        rows.add(values);
    }

    /** Adds a row given by position under these columns. */
    void positioned(List<String> columns, List<? extends @Nullable Object> values) {
        if (values.size() != columns.size()) {
            broken(() -> "found " + values.size() + (values.size() == 1 ? " value" : " values") + ", expected "
                    + columns.size() + ": " + shown(columns) + ".");
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

    /** Adds a row that is no row. */
    void broken(Supplier<String> detail) {
        refusals.add(() -> new Problem("row " + row, detail.get()));
        next();
    }

    /** Says what is wrong with a value of the row that is added next. */
    void nextRowProblem(String column, Supplier<String> detail) {
        refusals.add(() -> new Problem("row " + row + ", column " + column, detail.get()));
    }

    private void next() {
        if (row == limit) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading rows for model " + card.name() + ": found more than " + limit
                            + ", which is the limit of this server. Send them in several requests.");
        }
        row++;
    }

    /** All of the model's own columns, but only the start of what a client made up. */
    private String shown(List<String> columns) {
        String joined = String.join(", ", columns);
        return columns.equals(inputs) ? joined : Text.shown(joined);
    }

    /**
     * The rows.
     *
     * @throws smew.base.SmewException DATA where there are problems
     */
    List<Map<String, @Nullable Object>> complete() {
        refusals.check(Fault.DATA, "Reading rows for model " + card.name());
        return rows;
    }
}
