package smew.model;

import java.util.Arrays;
import java.util.List;

/**
 * The columns that a linear model sees: one per number and boolean; one per level of a category, then one for other
 * levels, then one for null.
 */
public final class Design {

    private final int[] offsets;
    private final boolean[] category;
    private final boolean[] level;
    private final int width;

    public Design(List<Card.Input> inputs) {
        offsets = new int[inputs.size()];
        category = new boolean[inputs.size()];
        int next = 0;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = next;
            category[i] = inputs.get(i).type() == Card.Type.CATEGORY;
            next += category[i] ? Encoding.codes(inputs.get(i)) : 1;
        }
        width = next;
        level = new boolean[width];
        for (int i = 0; i < offsets.length; i++) {
            Arrays.fill(level, offsets[i], i + 1 < offsets.length ? offsets[i + 1] : width, category[i]);
        }
    }

    /** How many columns there are. */
    public int width() {
        return width;
    }

    /** The column of an input's value: its own, or that of the level it is. */
    public int column(int input, double value) {
        return category[input] ? offsets[input] + (int) value : offsets[input];
    }

    /** What stands in that column: the number itself, or 1 for a level. */
    public double value(int input, double value) {
        return category[input] ? 1 : value;
    }

    /** Whether a column is 1 in the rows of one level and 0 in all others. */
    public boolean isLevel(int column) {
        return level[column];
    }

    /** The input that a column belongs to. */
    public int input(int column) {
        int input = offsets.length - 1;
        while (offsets[input] > column) {
            input--;
        }
        return input;
    }

    /** The weighted sum of an encoded row that starts at a place. */
    double sum(double[] rows, int from, double[] coefficients) {
        double sum = coefficients[width];
        for (int input = 0; input < offsets.length; input++) {
            sum += part(input, rows[from + input], coefficients);
        }
        return sum;
    }

    /** What an input adds to the weighted sum. */
    double part(int input, double value, double[] coefficients) {
        return category[input] ? coefficients[offsets[input] + (int) value] : coefficients[offsets[input]] * value;
    }

    /** What an input adds where its columns have their means. */
    double usual(int input, double[] means, double[] coefficients) {
        int end = input + 1 < offsets.length ? offsets[input + 1] : width;
        double sum = 0;
        for (int column = offsets[input]; column < end; column++) {
            sum += coefficients[column] * means[column];
        }
        return sum;
    }

    /** What stands in for the means of columns where nobody kept them: replacements, and every level as often as any other. */
    double[] plain(List<Card.Input> inputs) {
        double[] plain = new double[width];
        for (int input = 0; input < offsets.length; input++) {
            int levels = inputs.get(input).levels().size();
            if (category[input]) {
                Arrays.fill(plain, offsets[input], offsets[input] + Math.max(1, levels), 1.0 / Math.max(1, levels));
            } else {
                plain[offsets[input]] = inputs.get(input).replacement();
            }
        }
        return plain;
    }
}
