package smew.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.model.Card;

/** Gathers rows for a model, and all that is wrong with them. Rows count from 1; a header is no row. */
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

    /** Adds a row given by name; columns that the model does not read are left out. */
    void named(Map<String, @Nullable Object> values) {
        row++;
        Map<String, @Nullable Object> kept = new HashMap<>();
        for (String input : inputs) {
            if (values.containsKey(input)) {
                kept.put(input, values.get(input));
            } else {
                problem(input, "it is missing, expected a value or null.");
            }
        }
        rows.add(kept);
    }

    /** Adds a row given by position under these columns. */
    void positioned(List<String> columns, List<? extends @Nullable Object> values) {
        if (values.size() != columns.size()) {
            row++;
            problems.add(new Problem(
                    "row " + row,
                    "found " + values.size() + " values, expected " + columns.size() + ": " + String.join(", ", columns)
                            + "."));
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
        row++;
        problems.add(new Problem("row " + row, detail));
    }

    /** Says what is wrong with a value of the row that is added next. */
    void nextRowProblem(String column, String detail) {
        problems.add(new Problem("row " + (row + 1) + ", column " + column, detail));
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

    private void problem(String column, String detail) {
        problems.add(new Problem("row " + row + ", column " + column, detail));
    }
}
