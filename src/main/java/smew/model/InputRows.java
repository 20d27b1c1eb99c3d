package smew.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;

/** Rows as a model's scorer reads them: encoded, with a replacement for what is missing. Safe for any number of threads. */
final class InputRows {

    /** From so many on, what is prepared for reading is made for this one call. */
    private static final int MANY_READS = 4096;

    /** Problems reported at most for one call: a client that sends a wrong column does so in every row. */
    private static final int PROBLEMS = 100;

    private final Card card;
    private final Encoding[] encodings;
    private volatile @Nullable Bound bound;

    /** The inputs of a table, kept for the next call: a server asks for one row of the same table again and again. */
    private record Bound(Table table, Encoding.Cells[] cells) {
        /** The very same table: comparing content would cost more than is saved. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOf(Table other) {
            return table == other;
        }
    }

    InputRows(Card card) {
        this.card = card;
        this.encodings = card.inputs().stream().map(Encoding::new).toArray(Encoding[]::new);
    }

    /**
     * The inputs of a table.
     *
     * @param reads about how many rows will be read
     * @throws SmewException DATA where the table lacks an input
     */
    Encoding.Cells[] cells(Table table, int reads) {
        Bound known = bound;
        if (known != null && known.isOf(table) && reads < MANY_READS) {
            return known.cells();
        }
        Encoding.Cells[] cells = bind(table, reads);
        if (reads < MANY_READS) {
            bound = new Bound(table, cells);
        }
        return cells;
    }

    /** The same of a table that nobody asks for again, and of which all rows are read. */
    Encoding.Cells[] cells(Table table) {
        return bind(table, table.rows());
    }

    private Encoding.Cells[] bind(Table table, int reads) {
        Encoding.Cells[] cells = new Encoding.Cells[encodings.length];
        List<Problem> problems = new ArrayList<>();
        // Not one search per input: of thousands it would take longer than scoring.
        Map<String, Column> columns = new HashMap<>();
        table.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
        for (int i = 0; i < cells.length; i++) {
            Card.Input input = card.inputs().get(i);
            Column column = columns.get(input.name());
            if (column == null || !Encoding.type(column).equals(Optional.of(input.type()))) {
                String found = column == null ? "is missing" : "is of another type";
                problems.add(new Problem("column " + input.name(), found + ", expected a " + input.type() + "."));
            } else {
                cells[i] = encodings[i].cells(column, reads);
            }
        }
        refuse(problems);
        return cells;
    }

    /**
     * Encodes some of the rows, column by column.
     *
     * @param encoded receives one number per input, row by row
     * @throws SmewException DATA, naming what the first row lacks that the model cannot do without
     */
    void encode(Encoding.Cells[] cells, int[] rows, int from, int count, double[] encoded) {
        boolean lacking = false;
        for (int input = 0; input < cells.length; input++) {
            cells[input].read(rows, from, count, encoded, input, cells.length);
            double replacement = card.inputs().get(input).replacement();
            for (int at = input; at < count * cells.length; at += cells.length) {
                if (Double.isNaN(encoded[at])) {
                    lacking = true;
                    encoded[at] = replacement;
                }
            }
        }
        if (lacking && card.missing() == Relation.Missing.ERROR) {
            refuseFirst(cells, rows, from);
        }
    }

    /**
     * Refuses rows that lack what the model cannot do without.
     *
     * @param first what messages call the first row
     * @throws SmewException DATA, naming row and column
     */
    void refuseMissing(Encoding.Cells[] cells, int rows, int first) {
        if (card.missing() != Relation.Missing.ERROR) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        for (int row = 0; row < rows && problems.size() < PROBLEMS; row++) {
            for (int input = 0; input < cells.length; input++) {
                present(cells[input].at(row), input, first + row, problems);
            }
        }
        refuse(problems);
    }

    private void refuseFirst(Encoding.Cells[] cells, int[] rows, int from) {
        List<Problem> problems = new ArrayList<>();
        for (int index = from; problems.isEmpty(); index++) {
            for (int input = 0; input < cells.length; input++) {
                present(cells[input].at(rows[index]), input, index, problems);
            }
        }
        refuse(problems);
    }

    /**
     * Encodes rows given by input name.
     *
     * @param first what messages call the first row
     * @throws SmewException DATA, naming row and column of every value that does not fit
     */
    double[] encoded(List<Map<String, @Nullable Object>> rows, int first) {
        int width = encodings.length;
        double[] encoded = new double[rows.size() * width];
        List<Problem> problems = new ArrayList<>();
        for (int r = 0; r < rows.size() && problems.size() < PROBLEMS; r++) {
            Map<String, @Nullable Object> values = rows.get(r);
            for (int i = 0; i < width; i++) {
                encoded[r * width + i] = value(values, i, first + r, problems);
            }
        }
        refuse(problems);
        return encoded;
    }

    private double value(Map<String, @Nullable Object> values, int input, int row, List<Problem> problems) {
        String name = card.inputs().get(input).name();
        Object value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            problems.add(new Problem(
                    "row " + row + ", column " + name, "is missing. Send every input of the model, null if unknown."));
            return 0;
        }
        int before = problems.size();
        double encoded = encodings[input].value(value, row, problems);
        return problems.size() > before ? 0 : present(encoded, input, row, problems);
    }

    boolean refusesMissing() {
        return card.missing() == Relation.Missing.ERROR;
    }

    /** The inputs without a value that keep a row from being scored; none where the model replaces what is missing. */
    List<String> missing(Table table, int row) {
        if (!refusesMissing()) {
            return List.of();
        }
        Encoding.Cells[] cells = cells(table, 1);
        return IntStream.range(0, cells.length)
                .filter(i -> Double.isNaN(cells[i].at(row)))
                .mapToObj(i -> card.inputs().get(i).name())
                .toList();
    }

    /**
     * The rows that cannot be scored, by the input that they lack and may not lack; empty where the model replaces what is
     * missing.
     *
     * @throws SmewException DATA where the table lacks an input
     */
    Map<String, BitSet> lacking(Table table) {
        if (card.missing() != Relation.Missing.ERROR) {
            return Map.of();
        }
        Encoding.Cells[] cells = cells(table, table.rows());
        Map<String, BitSet> lacking = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            BitSet rows = new BitSet();
            for (int row = 0; row < table.rows(); row++) {
                rows.set(row, Double.isNaN(cells[i].at(row)));
            }
            if (!rows.isEmpty()) {
                lacking.put(card.inputs().get(i).name(), rows);
            }
        }
        return lacking;
    }

    private double present(double value, int input, int row, List<Problem> problems) {
        if (!Double.isNaN(value)) {
            return value;
        }
        if (card.missing() == Relation.Missing.ERROR) {
            problems.add(new Problem(
                    "row " + row + ", column " + card.inputs().get(input).name(),
                    "has no value, and model " + card.name() + " allows none (@missing error)."));
        }
        return card.inputs().get(input).replacement();
    }

    private void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Model " + card.name() + " cannot score these rows", problems);
        }
    }
}
