package smew.columns;

import java.util.List;
import java.util.Optional;

/**
 * Columns of equal length.
 *
 * @param columns in the order of the query that made them
 * @param rows how many rows each of them has
 */
public record Table(List<Column> columns, int rows) {

    public Table {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(
                        "Column " + column.name() + " has " + column.rows() + " rows, not " + rows + ".");
            }
        }
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Some of the rows, in the order given; texts share their dictionary. */
    public Table pick(int... picked) {
        return new Table(columns.stream().map(column -> column.pick(picked)).toList(), picked.length);
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
