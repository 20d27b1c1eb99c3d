package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * Finds columns that give the label away: its copies, and those by which alone it can be told nearly without error. Leak tests of a
 * run refuse such inputs, so that none is made one.
 */
final class Giveaways {

    private static final double BELIEVABLE = 0.985;

    private static final long ROWS = 100_000;

    /** Fewer rows of a class are told apart by luck. */
    private static final long LEAST = 20;

    /** More values than this in a text tell rows apart, not classes. */
    private static final long VALUES = 200;

    /** Ranges into which many numbers are cut, each with about as many rows. */
    private static final int RANGES = 64;

    private final Duck duck;
    private final Origin origin;
    private final Label label;
    private final String sample;

    Giveaways(Duck duck, String shown, Label label, Profile profile) {
        this.duck = duck;
        this.origin = Origin.engine("Comparing columns with the label of", shown);
        this.label = label;
        long step = Math.max(1, profile.rows() / ROWS);
        this.sample = "FROM data WHERE " + Duck.identifier(label.name()) + " IS NOT NULL AND rowid % " + step + " = 0";
    }

    /** Why a column cannot be believed. */
    Optional<String> of(Profile.Column column) {
        boolean ranked = column.column().isNumber() || column.column().isDate();
        if (!ranked && column.different() > VALUES) {
            return Optional.empty();
        }
        return label.isNumber() ? ofNumber(column, ranked) : ofClasses(column, ranked);
    }

    private Optional<String> ofNumber(Profile.Column column, boolean ranked) {
        String value = number(column);
        String truth = Duck.identifier(label.name()) + "::DOUBLE";
        String explained = ranked
                ? "SELECT coalesce(corr(" + value + ", " + truth + ") ^ 2, 0) " + sample + " AND " + value
                        + " IS NOT NULL AND isfinite(" + value + ") AND isfinite(" + truth + ")"
                : "SELECT coalesce(1 - sum((t - g) ^ 2) / nullif(sum((t - m) ^ 2), 0), 0) FROM (SELECT " + truth
                        + " AS t, (sum(" + truth + ") OVER (PARTITION BY " + value + ") - " + truth + " + avg(" + truth
                        + ") OVER ()) / count(*) OVER (PARTITION BY " + value + ") AS g, avg(" + truth
                        + ") OVER () AS m " + sample + ")";
        double share = number(explained);
        return share < BELIEVABLE
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "alone it explains %s of %s: a copy of it, or known only with it",
                        share > 1 - 1e-6 ? "all" : String.format(Locale.ROOT, "%.1f %%", 100 * share),
                        Said.plain(label.name())));
    }

    private Optional<String> ofClasses(Profile.Column column, boolean ranked) {
        if (label.classes().getLast().rows() < LEAST) {
            return Optional.empty();
        }
        List<String> asked = label.positive().isPresent()
                ? List.of(label.positive().get().name())
                : label.classes().stream().limit(5).map(Label.ClassCount::name).toList();
        double best = 0;
        for (String name : asked) {
            best = Math.max(best, auc(column, name, ranked));
        }
        return best < BELIEVABLE
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "alone it tells the classes of %s apart (AUC %.4f): a copy of it, or known only with it",
                        Said.plain(label.name()),
                        best));
    }

    /** The better of two: by the value itself, in whichever direction, where it is a number; by the class's share at a value. */
    private double auc(Profile.Column column, String positive, boolean ranked) {
        String value = number(column);
        String truth = "(" + Duck.identifier(label.name()) + "::VARCHAR = " + Duck.literal(positive) + ")::INTEGER";
        String part = column.different() <= VALUES ? value : "ntile(" + RANGES + ") OVER (ORDER BY " + value + ")";
        String parted =
                "(SELECT " + truth + " AS t, " + (ranked ? value : "0") + " AS v, " + part + " AS part " + sample + ")";
        // Without the row itself, so that what is rare does not tell itself apart; with the mean of all instead.
        String scored =
                "(SELECT t, v, (sum(t) OVER (PARTITION BY part) - t + avg(t) OVER ()) / count(*) OVER (PARTITION BY part)"
                        + " AS s FROM " + parted + ")";
        String ranks = List.of("v", "s").stream()
                .map(by -> "rank() OVER (ORDER BY " + by + " NULLS FIRST) + (count(*) OVER (PARTITION BY " + by
                        + ") - 1) / 2.0 AS r" + by)
                .collect(joining(", "));
        String area = "(sum(%1$s) FILTER (t = 1) - n1 * (n1 + 1) / 2) / nullif(n1 * (count(*) - n1), 0)";
        String both = "SELECT coalesce(greatest(abs(av - 0.5) + 0.5, as_), 0.5) FROM (SELECT " + area.formatted("rv")
                + " AS av, " + area.formatted("rs") + " AS as_ FROM (SELECT *, sum(t) OVER () AS n1 FROM (SELECT t, "
                + ranks + " FROM " + scored + ")) GROUP BY n1)";
        return number(both);
    }

    /** The value as a number, or the text that it is. */
    private static String number(Profile.Column column) {
        String value = Duck.identifier(column.name());
        return column.column().isDate()
                ? "epoch(" + value + "::TIMESTAMP)"
                : column.column().isNumber() ? value + "::DOUBLE" : value;
    }

    private double number(String sql) {
        return duck.texts("SELECT (" + sql + ")::VARCHAR", origin).stream()
                .filter(java.util.Objects::nonNull)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(0);
    }
}
