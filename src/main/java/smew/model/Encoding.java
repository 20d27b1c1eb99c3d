package smew.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.base.Problem;
import smew.columns.Column;

/**
 * How a value becomes the number that a learner sees. Numbers are kept in single precision; booleans become 0 and 1; a category
 * becomes the index of its level, then follow one index for every other level (rare in training, or never seen) and one
 * for null. NaN and infinite numbers are no numbers: they count as null, which SQL's division by zero makes frequent.
 */
public final class Encoding {

    /** A dictionary up to this size is looked up once, however few cells are read: cells of online rows are kept. */
    private static final int LOOKED_UP = 4096;

    private final Card.Input input;
    private final Map<String, Integer> levels = new HashMap<>();

    public Encoding(Card.Input input) {
        this.input = input;
        for (int level = 0; level < input.levels().size(); level++) {
            levels.put(input.levels().get(level), level);
        }
    }

    /** How many indices a category has: its levels, one for others, one for null. */
    public static int codes(Card.Input input) {
        return input.levels().size() + 2;
    }

    /** The index of every level that is none of the input's own. */
    public static int otherCode(Card.Input input) {
        return input.levels().size();
    }

    /** The index of null. */
    static int nullCode(Card.Input input) {
        return input.levels().size() + 1;
    }

    /** What a column of a table is to a learner, if it can be an input at all. */
    public static Optional<Card.Type> type(Column column) {
        return switch (column) {
            case Column.Integers integers -> Optional.of(Card.Type.NUMBER);
            case Column.Doubles doubles -> Optional.of(Card.Type.NUMBER);
            case Column.Booleans booleans -> Optional.of(Card.Type.BOOLEAN);
            case Column.Texts texts -> Optional.of(Card.Type.CATEGORY);
            case Column.Dates dates -> Optional.empty();
            case Column.Timestamps timestamps -> Optional.empty();
        };
    }

    /** Encoded cells of one column; NaN for a null number or boolean. */
    @FunctionalInterface
    public interface Cells {
        double at(int row);

        /**
         * The cells of some rows.
         *
         * @param into receives the first of them at {@code first}, and each further one {@code step} behind
         */
        default void read(int[] rows, int from, int count, double[] into, int first, int step) {
            for (int index = from, at = first; index < from + count; index++, at += step) {
                into[at] = at(rows[index]);
            }
        }
    }

    // Loops of their own for the columns that most tables have: where one loop reads all kinds, each cell is a call,
    // and
    // scoring took 5 % more time.

    private record Integers(long[] values) implements Cells {
        @Override
        public double at(int row) {
            return number((double) values[row]);
        }

        @Override
        public void read(int[] rows, int from, int count, double[] into, int first, int step) {
            for (int index = from, at = first; index < from + count; index++, at += step) {
                into[at] = at(rows[index]);
            }
        }
    }

    private record Doubles(double[] values) implements Cells {
        @Override
        public double at(int row) {
            return number(values[row]);
        }

        @Override
        public void read(int[] rows, int from, int count, double[] into, int first, int step) {
            for (int index = from, at = first; index < from + count; index++, at += step) {
                into[at] = at(rows[index]);
            }
        }
    }

    /** Codes by word of the dictionary; rows without a word have a negative one. */
    private record Categories(int[] words, int[] codes, int nullCode) implements Cells {
        @Override
        public double at(int row) {
            int word = words[row];
            return word < 0 ? nullCode : codes[word];
        }

        @Override
        public void read(int[] rows, int from, int count, double[] into, int first, int step) {
            for (int index = from, at = first; index < from + count; index++, at += step) {
                into[at] = at(rows[index]);
            }
        }
    }

    /**
     * Reads a column of the input's type.
     *
     * @param reads about how many cells will be read: with many, each different text is looked up only once
     */
    public Cells cells(Column column, int reads) {
        return switch (column) {
            case Column.Integers integers -> unlessNull(integers, new Integers(integers.values()));
            case Column.Doubles doubles -> unlessNull(doubles, new Doubles(doubles.values()));
            case Column.Booleans booleans -> {
                Cells values = row -> booleans.values()[row] ? 1 : 0;
                yield unlessNull(booleans, values);
            }
            case Column.Texts texts -> category(texts, reads);
            case Column.Dates dates -> throw new IllegalArgumentException(dates.name() + " holds dates.");
            case Column.Timestamps stamps -> throw new IllegalArgumentException(stamps.name() + " holds timestamps.");
        };
    }

    /** Most columns hold no null, and need not be asked for each cell. */
    private static Cells unlessNull(Column column, Cells values) {
        return column.nulls().isEmpty() ? values : row -> column.isNull(row) ? Double.NaN : values.at(row);
    }

    private Cells category(Column.Texts texts, int reads) {
        int nullCode = nullCode(input);
        if (reads < texts.dictionary().length && texts.dictionary().length > LOOKED_UP) {
            return row -> texts.isNull(row) ? nullCode : code(texts.dictionary()[texts.codes()[row]]);
        }
        int[] codes = new int[texts.dictionary().length];
        for (int word = 0; word < codes.length; word++) {
            codes[word] = code(texts.dictionary()[word]);
        }
        return new Categories(texts.codes(), codes, nullCode);
    }

    private int code(String level) {
        Integer code = levels.get(level);
        return code == null ? otherCode(input) : code;
    }

    /**
     * Single precision, so that the middle between two different values is never rounded to one of them. Integers come here as
     * doubles: cast straight from long, a few beyond 2^53 would round another way than those that a client sends.
     */
    private static double number(double value) {
        return Double.isFinite(value) ? Math.clamp((float) value, -Float.MAX_VALUE, Float.MAX_VALUE) : Double.NaN;
    }

    /** Encodes a value given by itself; NaN for a null number or boolean; adds a problem where the type does not fit. */
    double value(@Nullable Object value, int row, List<Problem> problems) {
        return switch (input.type()) {
            case CATEGORY -> {
                if (value == null) {
                    yield nullCode(input);
                }
                yield value instanceof String text ? code(text) : refuse(value, "a string", row, problems);
            }
            case BOOLEAN ->
                switch (value) {
                    case null -> Double.NaN;
                    case Boolean flag -> flag ? 1 : 0;
                    case Number flag when flag.doubleValue() == 0 || flag.doubleValue() == 1 -> flag.doubleValue();
                    default -> refuse(value, "true or false", row, problems);
                };
            case NUMBER ->
                switch (value) {
                    case null -> Double.NaN;
                    case Number number -> number(number.doubleValue());
                    default -> refuse(value, "a number", row, problems);
                };
        };
    }

    private double refuse(Object value, String expected, int row, List<Problem> problems) {
        String shown = value.toString();
        problems.add(new Problem(
                "row " + row + ", column " + input.name(),
                "holds '" + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown) + "', expected " + expected
                        + " or null."));
        return Double.NaN;
    }
}
