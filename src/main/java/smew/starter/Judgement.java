package smew.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides of each column that is neither entity nor event time nor label whether it is an input, and as what. */
final class Judgement {

    /** Rows that a share of different values tells something of. */
    private static final long LEAST = 20;

    private static final double IDS = 0.95;

    /** As many pairs of equal whole numbers must have been likely before their absence says that they are ids. */
    private static final double PAIRS = 20;

    private static final long TEXTS = 1_000;
    private static final long ROWS_PER_TEXT = 5;
    private static final long ALWAYS_FEW = 30;
    private static final double PROSE_LETTERS = 60;

    /** From this share on, a date that lies after the event time of its row tells nothing at that time. */
    private static final double LATE = 0.9;

    /** Dates that mean "none" are worth an input of their own from this share on. */
    private static final double UNSET = 0.005;

    private final Names names;
    private final Profile profile;
    private final Optional<SourceColumn> time;
    private final Giveaways giveaways;
    private final Names.Unused unused;
    private final List<Feature> features = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<String> read = new ArrayList<>();

    /**
     * What was decided.
     *
     * @param read sentences about values that are read as null
     */
    record Result(List<Feature> features, List<LeftOut> leftOut, List<String> read) {}

    Judgement(Names names, Profile profile, Optional<SourceColumn> time, Giveaways giveaways, Names.Unused unused) {
        this.names = names;
        this.profile = profile;
        this.time = time;
        this.giveaways = giveaways;
        this.unused = unused;
    }

    Result of(List<SourceColumn> candidates) {
        for (SourceColumn column : candidates) {
            Optional<String> why = column.isUsable()
                    ? against(profile.column(column.name()))
                    : Optional.of("its type " + column.type() + " is neither a number nor text nor a date");
            if (why.isPresent()) {
                leftOut.add(new LeftOut(column.name(), why.get()));
            } else {
                take(profile.column(column.name()));
            }
        }
        return new Result(features, leftOut, read);
    }

    private Optional<String> against(Profile.Column column) {
        if (column.filled() == 0) {
            return Optional.of("it has no value in any row");
        }
        if (column.different() == 1 && column.filled() == profile.rows()) {
            return Optional.of("it has the same value in every row");
        }
        Optional<String> kind =
                column.column().isDate() ? date(column) : id(column).or(() -> text(column));
        return kind.or(() -> giveaways.of(column));
    }

    private Optional<String> date(Profile.Column column) {
        return time.filter(_ -> column.late() > LATE * column.filled())
                .map(event -> "in " + Said.of(column.late(), column.filled()) + " rows it lies after "
                        + Said.plain(event.name()) + ", so it was not known then");
    }

    private Optional<String> id(Profile.Column column) {
        if (column.filled() < LEAST) {
            return Optional.empty();
        }
        boolean text = column.column().isText() && column.different() >= IDS * column.filled();
        boolean whole = column.column().isWhole() && column.different() == column.filled() && crowded(column);
        if (text || whole) {
            return Optional.of(
                    "an id in disguise: " + Said.of(column.different(), column.filled()) + " values are different");
        }
        boolean ofEntity = profile.repeats()
                && column.varies() == 0
                && column.different() == profile.entities()
                && column.different() > ALWAYS_FEW
                && (column.column().isText() || column.column().isWhole());
        return ofEntity
                ? Optional.of("an id in disguise: each of " + Said.count(profile.entities()) + " entities has its own")
                : Optional.empty();
    }

    /** Whether quantities of this range would repeat. */
    private static boolean crowded(Profile.Column column) {
        double range = Double.parseDouble(column.most()) - Double.parseDouble(column.least()) + 1;
        return (double) column.filled() * column.filled() / 2 / range >= PAIRS;
    }

    private static Optional<String> text(Profile.Column column) {
        if (!column.column().isText() || column.different() <= ALWAYS_FEW) {
            return Optional.empty();
        }
        boolean many = column.different() > TEXTS || column.different() * ROWS_PER_TEXT > column.filled();
        return many || column.letters() > PROSE_LETTERS
                ? Optional.of("text with " + Said.count(column.different()) + " different values"
                        + (column.letters() > PROSE_LETTERS ? ", which are prose" : "")
                        + ": too many for categories; derive a group or a length from it")
                : Optional.empty();
    }

    private void take(Profile.Column column) {
        SourceColumn source = column.column();
        String sql = names.sql(source.name());
        if (source.isDate()) {
            take(column, sql);
        } else if (column.different() == 1) {
            add(
                    "has_" + source.name(),
                    sql + " IS NOT NULL",
                    "whether " + Said.plain(source.name()) + " has a value; it is always the same");
        } else if (column.odd() > 0) {
            add(
                    source.name(),
                    "CASE WHEN isfinite(" + sql + ") THEN " + sql + " END",
                    "null where it is infinite or no number");
            read.add(Said.of(column.odd(), column.filled()) + " values of " + Said.plain(source.name())
                    + " are infinite or no number: read as null");
        } else {
            features.add(new Feature(unused.name(source.name()), sql, Optional.empty()));
        }
    }

    private void take(Profile.Column column, String sql) {
        if (column.odd() > 0) {
            read.add(Said.of(column.odd(), column.filled()) + " dates of " + Said.plain(column.name())
                    + " are before 1800 or after 2199 (" + column.least() + " to " + column.most()
                    + "): taken to mean none");
        }
        time.filter(SourceColumn::isDate)
                .ifPresentOrElse(event -> takeUntil(event, column, sql), () -> takeUntilToday(column, sql));
    }

    /** What lies after the event was not known then, be it soon after or in the year 3021. */
    private void takeUntil(SourceColumn event, Profile.Column column, String sql) {
        String name = column.name();
        String until = names.sql(event.name());
        String said = Said.plain(name);
        String days = "date_diff('day', " + date(column.column(), sql) + ", " + date(event, until) + ")";
        String from = "days from " + said + " to " + Said.plain(event.name());
        if (column.odd() + column.late() == 0) {
            add(name + "_days", days, from);
            return;
        }
        String past = sql + " BETWEEN " + Profile.LONG_AGO + " AND " + until;
        add(name + "_days", "CASE WHEN " + past + " THEN " + days + " END", from + "; null where it lies after that");
        if (column.odd() + column.late() >= UNSET * column.filled()) {
            add(
                    name + "_is_past",
                    "coalesce(" + past + ", false)",
                    "whether " + said + " does not lie after " + Said.plain(event.name()));
        }
    }

    private void takeUntilToday(Profile.Column column, String sql) {
        String name = column.name();
        String days = "date_diff('day', " + date(column.column(), sql) + ", getvariable('as_of')::DATE)";
        String from = "days from " + Said.plain(name) + " to the as-of date";
        if (column.odd() == 0) {
            add(name + "_days", days, from);
            return;
        }
        String meant = sql + " >= " + Profile.LONG_AGO + " AND " + sql + " < " + Profile.NEVER;
        add(
                name + "_days",
                "CASE WHEN " + meant + " THEN " + days + " END",
                from + "; null for a year that is not meant");
        if (column.odd() >= UNSET * column.filled()) {
            add(name + "_is_unset", "NOT (" + meant + ")", "whether " + Said.plain(name) + " is such a year");
        }
    }

    private static String date(SourceColumn column, String sql) {
        return column.type().equals("DATE") ? sql : sql + "::DATE";
    }

    private void add(String name, String expression, String meaning) {
        features.add(new Feature(unused.name(name), expression, Optional.of(meaning)));
    }
}
