package smew.starter;

import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * What is to be learned.
 *
 * @param labelled rows that have one
 * @param classes the most frequent first; empty where the label is a number
 * @param positive the rarer of two classes
 */
record Label(SourceColumn column, long labelled, List<ClassCount> classes, Optional<ClassCount> positive) {

    /** As many whole numbers are classes at most. */
    private static final int WHOLE_CLASSES = 20;

    private static final int MOST_CLASSES = 200;

    private static final int LEAST_ROWS = 10;

    /** Below such a share hardly any row is more likely positive than not. */
    private static final double RARE = 0.1;

    /** A class and its rows. */
    record ClassCount(String name, long rows) {
        @Override
        public String toString() {
            return Said.plain(name) + " (" + Said.count(rows) + ")";
        }
    }

    /**
     * Looks at the label in table {@code data}.
     *
     * @throws SmewException DATA where nothing can be learned from it
     */
    static Label of(Duck duck, String shown, SourceColumn column, Profile profile) {
        Profile.Column counted = profile.column(column.name());
        String what = "Reading label " + Said.plain(column.name()) + " of " + shown + ": ";
        if (counted.filled() < LEAST_ROWS) {
            throw new SmewException(
                    Fault.DATA,
                    what
                            + (counted.filled() == 0
                                    ? "no row has a value"
                                    : "only " + counted.filled() + " rows have a value")
                            + ", expected " + LEAST_ROWS
                            + " at least to learn from. Name another column, or a file with outcomes.");
        }
        if (counted.different() < 2) {
            throw new SmewException(
                    Fault.DATA,
                    what + "it has only one value, "
                            + Said.value(value(duck, column, shown))
                            + ", in all rows that have one, expected two classes or more, or different numbers. Name another"
                            + " column, or a file that has both.");
        }
        boolean words = column.isText() || column.isTruth();
        boolean number = column.isNumber() && !(column.isWhole() && counted.different() <= WHOLE_CLASSES);
        if (number) {
            return new Label(column, counted.filled(), List.of(), Optional.empty());
        }
        if (words && counted.different() > MOST_CLASSES) {
            throw new SmewException(
                    Fault.DATA,
                    what + "it is text with " + Said.count(counted.different()) + " different values, expected "
                            + MOST_CLASSES + " classes at most. Name another column, or group the values in SQL.");
        }
        List<ClassCount> classes = classes(duck, column, shown);
        List<String> single = classes.stream()
                .filter(each -> each.rows() < 2)
                .map(each -> Said.value(each.name()))
                .toList();
        if (!single.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    what + (single.size() == 1 ? "class " : "classes ") + Said.some(single, 5)
                            + (single.size() == 1 ? " has" : " have each")
                            + " a single row, expected two at least, one to learn from and one to evaluate. Drop or group such"
                            + " rows in the file.");
        }
        return new Label(
                column,
                counted.filled(),
                classes,
                classes.size() == 2 ? Optional.of(rarer(classes)) : Optional.empty());
    }

    /** Of equally frequent ones the second, as names go: true, yes, 1. */
    private static ClassCount rarer(List<ClassCount> two) {
        ClassCount first = two.getFirst();
        ClassCount second = two.getLast();
        return first.rows() == second.rows() && first.name().compareTo(second.name()) > 0 ? first : second;
    }

    private static String value(Duck duck, SourceColumn column, String shown) {
        String name = Duck.identifier(column.name());
        return duck.texts(
                        "SELECT any_value(" + name + ")::VARCHAR FROM data WHERE " + name + " IS NOT NULL",
                        Origin.engine("Reading", shown))
                .getFirst();
    }

    private static List<ClassCount> classes(Duck duck, SourceColumn column, String shown) {
        String name = Duck.identifier(column.name());
        return duck
                .texts(
                        "SELECT " + name + "::VARCHAR || chr(0) || count(*) FROM data WHERE " + name
                                + " IS NOT NULL GROUP BY " + name + " ORDER BY count(*) DESC, " + name,
                        Origin.engine("Reading", shown))
                .stream()
                .map(text -> text.split("\0", 2))
                .map(parts -> new ClassCount(parts[0], Long.parseLong(parts[1])))
                .toList();
    }

    String name() {
        return column.name();
    }

    boolean isNumber() {
        return classes.isEmpty();
    }

    /** Whether the more probable class would nearly always be the same one. */
    boolean isRare() {
        return positive.filter(rare -> rare.rows() < RARE * labelled).isPresent();
    }

    /** In one line. */
    String described(long rows) {
        String missing = labelled == rows
                ? ""
                : "; " + Said.of(rows - labelled, rows) + " rows have none and are not learned from";
        if (isNumber()) {
            return "a number: regression" + missing;
        }
        return positive.map(rare -> Said.plain(rare.name()) + " in " + Said.of(rare.rows(), labelled) + " rows ("
                                + Said.percent(rare.rows(), labelled)
                                + "), the rarer of two classes: classification, positive class "
                                + Said.plain(rare.name()))
                        .orElseGet(() -> classes.size() + " classes, "
                                + Said.some(
                                        classes.stream()
                                                .map(ClassCount::toString)
                                                .toList(),
                                        5) + ": classification")
                + missing;
    }
}
