package smew.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import smew.columns.Column;

/**
 * How values are spread over a few places: ranges of a number, levels of a category, and none. A value is what a learner sees of
 * it, as {@link Encoding} has it.
 *
 * @param name of the input
 * @param edges of a number or boolean (0 and 1), rising: range i holds what is above edge i-1 and not above edge i; the last one what
 *     is above all
 * @param levels of a category, sorted; the place after them is that of all others
 * @param shares of the rows in each place, the last one without a value; all 0 where there were no rows
 */
public record Distribution(String name, Card.Type type, List<Double> edges, List<String> levels, List<Double> shares) {

    /** Ranges of a number at most. */
    public static final int RANGES = 10;

    /** Levels of a category at most: the most frequent ones. */
    public static final int LEVELS = 50;

    public Distribution {
        edges = List.copyOf(edges);
        levels = List.copyOf(levels);
        shares = List.copyOf(shares);
        int places = (type == Card.Type.CATEGORY ? levels : edges).size() + 2;
        if (shares.size() != places) {
            throw new IllegalArgumentException(name + " has " + shares.size() + " shares of " + places + " places.");
        }
    }

    /** A distribution without its shares: where values fall. */
    public static Distribution empty(String name, Card.Type type, List<Double> edges, List<String> levels) {
        int places = (type == Card.Type.CATEGORY ? levels : edges).size() + 2;
        return new Distribution(name, type, edges, levels, Collections.nCopies(places, 0.0));
    }

    /** The same places with what was counted in them. */
    public Distribution counted(long[] counts) {
        double rows = 0;
        for (long count : counts) {
            rows += count;
        }
        double all = Math.max(1, rows);
        return new Distribution(
                name,
                type,
                edges,
                levels,
                Arrays.stream(counts).mapToObj(count -> count / all).toList());
    }

    /** How many places there are, that without a value among them. */
    public int size() {
        return shares.size();
    }

    /** The share of rows without a value. */
    public double nulls() {
        return shares.getLast();
    }

    /** The place of a row's value, from 0 up. */
    @FunctionalInterface
    public interface Places {
        int at(int row);
    }

    /**
     * Where the values of a column fall.
     *
     * @param column of the input's type
     * @param reads about how many rows will be asked for
     */
    public Places places(Column column, int reads) {
        Card.Input input = new Card.Input(name, type, levels, 0, 0, 0, Optional.empty());
        Encoding.Cells cells = new Encoding(input).cells(column, reads);
        return type == Card.Type.CATEGORY ? row -> (int) cells.at(row) : row -> place(cells.at(row));
    }

    private int place(double value) {
        if (Double.isNaN(value)) {
            return size() - 1;
        }
        int found = Collections.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }
}
