package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;

/** The canonical order of a table's rows: by entity, event time, then every other column; a null comes last. */
final class Order {

    private Order() {}

    /**
     * Row numbers in canonical order. Cheap for rows that stand in it already, as they do when the database has sorted
     * them; rows that are equal in all columns keep their place, where it cannot matter.
     */
    static int[] of(Table table, List<String> first) {
        List<Column> columns = new ArrayList<>();
        first.forEach(name -> table.column(name).ifPresent(columns::add));
        table.columns().stream()
                .filter(column -> !first.contains(column.name()))
                .forEach(columns::add);
        Comparator<Integer> comparator = columns.stream()
                .map(Order::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
        int rows = table.rows();
        for (int row = 1; row < rows; row++) {
            if (comparator.compare(row - 1, row) > 0) {
                return IntStream.range(0, rows)
                        .boxed()
                        .sorted(comparator)
                        .mapToInt(Integer::intValue)
                        .toArray();
            }
        }
        return IntStream.range(0, rows).toArray();
    }

    private static Comparator<Integer> comparator(Column column) {
        Comparator<Integer> values = switch (column) {
            case Column.Integers integers -> Comparator.comparingLong(row -> integers.values()[row]);
            case Column.Doubles doubles -> Comparator.comparingDouble(row -> doubles.values()[row]);
            case Column.Booleans booleans ->
                (left, right) -> Boolean.compare(booleans.values()[left], booleans.values()[right]);
            case Column.Texts texts -> {
                int[] ranks = ranks(texts.dictionary());
                yield Comparator.comparingInt(row -> ranks[texts.codes()[row]]);
            }
            case Column.Dates dates -> Comparator.comparingInt(row -> dates.epochDays()[row]);
            case Column.Timestamps stamps -> Comparator.comparingLong(row -> stamps.epochMicros()[row]);
        };
        return (left, right) -> {
            boolean leftNull = column.isNull(left);
            boolean rightNull = column.isNull(right);
            return leftNull || rightNull ? Boolean.compare(leftNull, rightNull) : values.compare(left, right);
        };
    }

    /** The place of each word among the sorted words; equal words share one. */
    static int[] ranks(String[] words) {
        String[] sorted = words.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[words.length];
        for (int word = 0; word < words.length; word++) {
            ranks[word] = Arrays.binarySearch(sorted, words[word]);
        }
        return ranks;
    }
}
