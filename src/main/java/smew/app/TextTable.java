package smew.app;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import smew.columns.Column;
import smew.columns.Table;

/**
 * Rows of text in aligned columns, for people.
 *
 * @param heads one per column
 * @param right whether a column is aligned to the right, as numbers are
 */
record TextTable(List<String> heads, List<Boolean> right, List<List<String>> rows) {

    private static final int CELL_COLUMNS = 60;

    TextTable {
        heads = List.copyOf(heads);
        right = List.copyOf(right);
        rows = List.copyOf(rows);
    }

    /** The first rows of a table. */
    static TextTable of(Table table, int limit) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < Math.min(limit, table.rows()); row++) {
            List<String> cells = new ArrayList<>();
            for (Column column : table.columns()) {
                cells.add(CellText.of(column, row));
            }
            rows.add(cells);
        }
        List<Boolean> right = table.columns().stream().map(CellText::isNumber).toList();
        return new TextTable(table.names(), right, rows);
    }

    void print(PrintStream out) {
        int[] widths = new int[heads.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = shortened(heads.get(column)).length();
            for (List<String> row : rows) {
                widths[column] =
                        Math.max(widths[column], shortened(row.get(column)).length());
            }
        }
        out.println(line(heads, widths));
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append(rule.isEmpty() ? "" : "  ").append("-".repeat(width));
        }
        out.println(rule);
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = shortened(cells.get(column));
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? "" : "  ");
            line.append(right.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String shortened(String cell) {
        String line = cell.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= CELL_COLUMNS ? line : line.substring(0, CELL_COLUMNS - 3) + "...";
    }
}
