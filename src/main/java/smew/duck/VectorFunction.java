package smew.duck;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBWritableVector;
import smew.columns.Column;
import smew.columns.Table;

/**
 * A function for SQL that answers many rows at once.
 *
 * @param name as SQL calls it
 * @param parameters in the order in which SQL gives them
 * @param result the type of the answer
 * @param body gets a table with a column per parameter, of doubles, longs, booleans or texts, and answers a column with a value
 *     per row; called from several threads
 */
public record VectorFunction(String name, List<Parameter> parameters, Type result, Function<Table, Column> body) {

    public VectorFunction {
        parameters = List.copyOf(parameters);
    }

    /** Something the function is told. */
    public record Parameter(String name, Type type) {}

    /** The types that functions know; SQL casts what it can to them. */
    public enum Type {
        NUMBER(DuckDBColumnType.DOUBLE),
        WHOLE(DuckDBColumnType.BIGINT),
        BOOLEAN(DuckDBColumnType.BOOLEAN),
        TEXT(DuckDBColumnType.VARCHAR);

        private final DuckDBColumnType duck;

        Type(DuckDBColumnType duck) {
            this.duck = duck;
        }

        DuckDBColumnType duck() {
            return duck;
        }
    }

    /** Answers one chunk. */
    void apply(DuckDBDataChunkReader chunk, DuckDBWritableVector out) {
        int rows = (int) chunk.rowCount();
        Column[] columns = new Column[parameters.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = read(parameters.get(i), chunk.vector(i), rows);
        }
        write(body.apply(new Table(Arrays.asList(columns), rows)), out, rows);
    }

    private static Column read(Parameter parameter, DuckDBReadableVector vector, int rows) {
        BitSet nulls = new BitSet();
        for (int row = 0; row < rows; row++) {
            nulls.set(row, vector.isNull(row));
        }
        String name = parameter.name();
        return switch (parameter.type()) {
            case NUMBER -> {
                double[] values = new double[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = vector.getDouble(row, 0);
                }
                yield new Column.Doubles(name, values, nulls);
            }
            case WHOLE -> {
                long[] values = new long[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = vector.getLong(row, 0);
                }
                yield new Column.Integers(name, values, nulls);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[rows];
                for (int row = 0; row < rows; row++) {
                    values[row] = vector.getBoolean(row, false);
                }
                yield new Column.Booleans(name, values, nulls);
            }
            case TEXT -> texts(name, vector, nulls, rows);
        };
    }

    private static Column texts(String name, DuckDBReadableVector vector, BitSet nulls, int rows) {
        Map<String, Integer> known = new HashMap<>();
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            String text = nulls.get(row) ? null : vector.getString(row);
            codes[row] = text == null ? -1 : known.computeIfAbsent(text, _ -> known.size());
        }
        String[] dictionary = new String[known.size()];
        known.forEach((text, code) -> dictionary[code] = text);
        return new Column.Texts(name, codes, dictionary, nulls);
    }

    private void write(Column answer, DuckDBWritableVector out, int rows) {
        for (int row = 0; row < rows; row++) {
            if (answer.isNull(row)) {
                out.setNull(row);
                continue;
            }
            switch (answer) {
                case Column.Doubles doubles -> out.setDouble(row, doubles.values()[row]);
                case Column.Integers integers -> out.setLong(row, integers.values()[row]);
                case Column.Booleans booleans -> out.setBoolean(row, booleans.values()[row]);
                case Column.Texts texts -> out.setString(row, texts.dictionary()[texts.codes()[row]]);
                case Column.Dates _, Column.Timestamps _ ->
                    throw new IllegalStateException(name + " answers a " + result + ", not a date");
            }
        }
    }
}
