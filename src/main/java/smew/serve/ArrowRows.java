package smew.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.ArrowStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;

/**
 * Rows as an Arrow stream, columns by name, each batch scored as it comes. What fits an input is what fits it in JSON: any number, true
 * and false also as 1 and 0, texts and dictionaries of them for categories, and nulls of any type.
 */
final class ArrowRows {

    private final InvocationRows rows;
    private final Card card;

    private ArrowRows(InvocationRows rows) {
        this.rows = rows;
        this.card = rows.card();
    }

    static void read(Body body, InvocationRows rows, int limitBytes) {
        ArrowRows reader = new ArrowRows(rows);
        try {
            ArrowStream.read(body.stream(), rows::reads, limitBytes, rows::left, reader::take);
        } catch (IOException broken) {
            throw Body.incomplete(broken);
        }
    }

    private void take(Table batch) {
        List<Problem> problems = new ArrayList<>();
        List<Column> inputs = new ArrayList<>();
        for (Card.Input input : card.inputs()) {
            Column found = batch.column(input.name()).orElse(null);
            if (found == null) {
                problems.add(problem(input, "is missing. Send every input of the model, null if unknown."));
                continue;
            }
            Column fitting = fitting(input, found);
            if (fitting == null) {
                problems.add(
                        problem(input, "holds " + held(found) + ", expected " + expected(input.type()) + " or null."));
            } else {
                inputs.add(fitting);
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Reading rows for model " + card.name(), problems);
        }
        if (batch.rows() > 0) {
            rows.columns(new Table(inputs, batch.rows()));
        }
    }

    private static Problem problem(Card.Input input, String detail) {
        return new Problem("column " + input.name(), detail);
    }

    /** The column in the type of an input; null where it is of another kind. */
    private @Nullable Column fitting(Card.Input input, Column column) {
        if (column.nulls().cardinality() == column.rows()) {
            return nothing(input, column.rows());
        }
        return switch (input.type()) {
            case NUMBER -> column instanceof Column.Integers || column instanceof Column.Doubles ? column : null;
            case CATEGORY -> column instanceof Column.Texts ? column : null;
            case BOOLEAN ->
                switch (column) {
                    case Column.Booleans flags -> flags;
                    case Column.Integers numbers -> flags(numbers, row -> numbers.values()[row]);
                    case Column.Doubles numbers -> flags(numbers, row -> numbers.values()[row]);
                    case Column.Texts _, Column.Dates _, Column.Timestamps _ -> null;
                };
        };
    }

    private static Column nothing(Card.Input input, int count) {
        BitSet nulls = new BitSet();
        nulls.set(0, count);
        return switch (input.type()) {
            case NUMBER -> new Column.Doubles(input.name(), new double[count], nulls);
            case BOOLEAN -> new Column.Booleans(input.name(), new boolean[count], nulls);
            case CATEGORY -> {
                int[] codes = new int[count];
                Arrays.fill(codes, -1);
                yield new Column.Texts(input.name(), codes, new String[] {}, nulls);
            }
        };
    }

    private Column flags(Column numbers, IntToDoubleFunction value) {
        boolean[] flags = new boolean[numbers.rows()];
        IntStream.range(0, flags.length).filter(row -> !numbers.isNull(row)).forEach(row -> {
            double number = value.applyAsDouble(row);
            flags[row] = number == 1;
            if (number != 0 && number != 1) {
                rows.problem(row, numbers.name(), () -> "holds '" + number + "', expected true or false or null.");
            }
        });
        return new Column.Booleans(numbers.name(), flags, numbers.nulls());
    }

    private static String expected(Card.Type type) {
        return switch (type) {
            case NUMBER -> "numbers";
            case BOOLEAN -> "true and false";
            case CATEGORY -> "strings";
        };
    }

    private static String held(Column column) {
        return switch (column) {
            case Column.Integers _, Column.Doubles _ -> "numbers";
            case Column.Booleans _ -> "booleans";
            case Column.Texts _ -> "strings";
            case Column.Dates _ -> "dates (derive a number from them)";
            case Column.Timestamps _ -> "timestamps (derive a number from them)";
        };
    }
}
