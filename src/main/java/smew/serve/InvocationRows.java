package smew.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.model.Card;

/** Gathers rows for a model, and all that is wrong with them. Rows count from 0, as the model's own messages have it; a header is no row. */
final class InvocationRows {

    private final Card card;
    private final List<String> inputs;
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int row;

    InvocationRows(Card card) {
        this.card = card;
        this.inputs = card.inputs().stream().map(Card.Input::name).toList();
    }

    List<String> inputs() {
        return inputs;
    }

    Card.Type type(String input) {
        return card.inputs().get(inputs.indexOf(input)).type();
    }

    /** Adds a row given by name. The model tells what is missing and leaves out what it does not read. */
    void named(Map<String, @Nullable Object> values) {
        rows.add(values);
        row++;
    }

    /** Adds a row given by position under these columns. */
    void positioned(List<String> columns, List<? extends @Nullable Object> values) {
        if (values.size() != columns.size()) {
            broken("found " + values.size() + (values.size() == 1 ? " value" : " values") + ", expected "
                    + columns.size() + ": " + String.join(", ", columns) + ".");
            return;
        }
        Map<String, @Nullable Object> named = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            named.put(columns.get(i), values.get(i));
        }
        named(named);
    }

    /** Adds a row that is no row. */
    void broken(String detail) {
        problems.add(new Problem("row " + row, detail));
        row++;
    }

    /** Says what is wrong with a value of the row that is added next. */
    void nextRowProblem(String column, String detail) {
        problems.add(new Problem("row " + row + ", column " + column, detail));
    }

    /**
     * The rows.
     *
     * @throws smew.base.SmewException DATA with all problems, where there is one
     */
    List<Map<String, @Nullable Object>> complete() {
        Refusals.check(Fault.DATA, "Reading rows for model " + card.name(), problems);
        return rows;
    }
}
