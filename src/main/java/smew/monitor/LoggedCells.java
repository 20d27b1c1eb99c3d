package smew.monitor;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.PredictionLog.Predicted;

/**
 * Keys and inputs of served predictions as columns of the log. Inputs are stated in the type that the card gives them: a number is a
 * DOUBLE whatever the table had, so that all files of a model have the same columns.
 *
 * @param parts with key columns of the same types
 * @param rows of all parts
 */
record LoggedCells(List<Predicted> parts, int rows) {

    /** A key as it is; of texts nobody has seen where no table has the column. */
    Column key(String name, String from) {
        Optional<Column> like = parts.stream()
                .map(part -> part.table().column(from))
                .flatMap(Optional::stream)
                .findFirst();
        BitSet nulls = new BitSet();
        return switch (like.orElseGet(() -> new Words(0).column(name))) {
            case Column.Integers _ -> {
                long[] values = new long[rows];
                copy(from, Column.Integers.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
                yield new Column.Integers(name, values, nulls);
            }
            case Column.Doubles _ -> {
                double[] values = new double[rows];
                copy(from, Column.Doubles.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
                yield new Column.Doubles(name, values, nulls);
            }
            case Column.Booleans _ -> booleans(name, from);
            case Column.Texts _ -> words(name, from);
            case Column.Dates _ -> {
                int[] values = new int[rows];
                copy(from, Column.Dates.class, nulls, (at, column, row) -> values[at] = column.epochDays()[row]);
                yield new Column.Dates(name, values, nulls);
            }
            case Column.Timestamps stamps -> {
                long[] values = new long[rows];
                copy(from, Column.Timestamps.class, nulls, (at, column, row) -> values[at] = column.epochMicros()[row]);
                yield new Column.Timestamps(name, values, stamps.utc(), nulls);
            }
        };
    }

    Column input(String name, Card.Input input) {
        return switch (input.type()) {
            case NUMBER -> numbers(name, input.name());
            case BOOLEAN -> booleans(name, input.name());
            case CATEGORY -> words(name, input.name());
        };
    }

    private Column numbers(String name, String from) {
        double[] values = new double[rows];
        BitSet nulls = new BitSet();
        copy(from, Column.class, nulls, (at, column, row) -> {
            switch (column) {
                case Column.Integers integers -> values[at] = integers.values()[row];
                case Column.Doubles doubles -> values[at] = doubles.values()[row];
                case Column.Booleans _, Column.Texts _, Column.Dates _, Column.Timestamps _ -> nulls.set(at);
            }
        });
        return new Column.Doubles(name, values, nulls);
    }

    private Column booleans(String name, String from) {
        boolean[] values = new boolean[rows];
        BitSet nulls = new BitSet();
        copy(from, Column.Booleans.class, nulls, (at, column, row) -> values[at] = column.values()[row]);
        return new Column.Booleans(name, values, nulls);
    }

    private Column words(String name, String from) {
        Words words = new Words(rows);
        copy(
                from,
                Column.Texts.class,
                new BitSet(),
                (at, column, row) -> words.set(at, column.dictionary()[column.codes()[row]]));
        return words.column(name);
    }

    private interface Copy<C extends Column> {
        void cell(int at, C column, int row);
    }

    /** Most requests share one table: its column is looked up once for all of them. */
    private <C extends Column> void copy(String from, Class<C> type, BitSet nulls, Copy<C> copy) {
        int at = 0;
        Optional<Table> last = Optional.empty();
        Optional<C> column = Optional.empty();
        for (Predicted part : parts) {
            if (last.isEmpty() || !last.get().equals(part.table())) {
                last = Optional.of(part.table());
                column = part.table().column(from).filter(type::isInstance).map(type::cast);
            }
            for (int row : part.rows()) {
                if (column.isEmpty() || column.get().isNull(row)) {
                    nulls.set(at);
                } else {
                    copy.cell(at, column.get(), row);
                }
                at++;
            }
        }
    }
}
