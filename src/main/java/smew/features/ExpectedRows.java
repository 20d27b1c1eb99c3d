package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import smew.base.Near;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.TestResult.Failure;
import smew.features.TestResult.Row;
import smew.project.SqlTest;
import smew.release.Manifest;

/**
 * Compares the rows that a test got with those it expects, in the columns of the latter and in any order. A floating-point number
 * that is near enough to an expected one counts as that one; then the two sides have to be equal, row by row.
 *
 * @param actual the table of rows that the test got, in SQL
 * @param expected the table of rows that it expects, in SQL
 * @param different a table to be made, in SQL
 */
record ExpectedRows(Duck duck, SqlTest test, String actual, String expected, String different) {

    private static final int SHOWN = 20;

    private static final Pattern NUMBER = Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE");
    private static final Pattern FLOATING = Pattern.compile("FLOAT|DOUBLE");
    private static final Pattern CALENDAR = Pattern.compile("DATE|TIMESTAMP.*");

    /** Below this, an absolute difference counts, as next to nought any share of it is nothing. */
    private static final double SMALL = 1e-3;

    /** Empty where both sides have the same rows. */
    Optional<Failure> failure() {
        List<Manifest.Column> wanted = FeatureRun.columns(duck, "FROM " + expected, origin());
        List<Manifest.Column> got = FeatureRun.columns(duck, "FROM " + actual, origin());
        Optional<Failure> unknown = unknown(wanted, got);
        return unknown.isPresent() ? unknown : different(wanted, got);
    }

    private Optional<Failure> unknown(List<Manifest.Column> wanted, List<Manifest.Column> got) {
        List<String> names = got.stream().map(Manifest.Column::name).toList();
        List<String> unknown = new ArrayList<>();
        for (Manifest.Column column : wanted) {
            if (names.stream().noneMatch(column.name()::equalsIgnoreCase)) {
                unknown.add(column.name() + ", which the query of the test does not give."
                        + Near.hint(column.name(), names));
            }
        }
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failure(
                        test.where(test.expected()),
                        "expected has the column " + String.join(" And the column ", unknown),
                        List.of(),
                        List.of()));
    }

    private Optional<Failure> different(List<Manifest.Column> wanted, List<Manifest.Column> got) {
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        for (Manifest.Column column : wanted) {
            String type = got.stream()
                    .filter(other -> other.name().equalsIgnoreCase(column.name()))
                    .map(Manifest.Column::type)
                    .findFirst()
                    .orElseThrow();
            String name = Duck.identifier(column.name());
            theirs.add(wantedValue(name, column.type(), type) + " AS " + name);
            ours.add(gotValue(name, column.type(), type) + " AS " + name);
        }
        duck.execute(
                "CREATE TABLE " + different + " AS WITH theirs AS MATERIALIZED (SELECT " + String.join(", ", theirs)
                        + " FROM " + expected + "), ours AS MATERIALIZED (SELECT " + String.join(", ", ours) + " FROM "
                        + actual + " AS got) SELECT *, true AS \"smew missing\" FROM (FROM theirs EXCEPT ALL FROM ours)"
                        + " UNION ALL SELECT *, false FROM (FROM ours EXCEPT ALL FROM theirs)",
                origin());
        long missing = count("\"smew missing\"");
        long unexpected = count("NOT \"smew missing\"");
        return missing + unexpected == 0
                ? Optional.empty()
                : Optional.of(new Failure(
                        test.where(test.expected()),
                        said(missing, unexpected),
                        wanted.stream().map(Manifest.Column::name).toList(),
                        rows(wanted)));
    }

    private String said(long missing, long unexpected) {
        String said = missing == 0
                ? rows(unexpected) + " unexpected"
                : rows(missing) + " missing" + (unexpected == 0 ? "" : ", " + rows(unexpected) + " unexpected");
        return said + (missing + unexpected > SHOWN ? "; the first " + SHOWN + " of them:" : ":");
    }

    private static String rows(long rows) {
        return rows == 1 ? "1 row" : String.format(Locale.ROOT, "%,d rows", rows);
    }

    private long count(String condition) {
        return duck.count("SELECT count(*) FROM " + different + " WHERE " + condition, origin());
    }

    private List<Row> rows(List<Manifest.Column> columns) {
        String cells = columns.stream()
                .map(column -> "coalesce(" + Duck.identifier(column.name()) + "::VARCHAR, 'NULL')")
                .collect(joining(", chr(0), "));
        String order =
                columns.stream().map(column -> Duck.identifier(column.name())).collect(joining(", "));
        return duck
                .texts(
                        "SELECT concat(\"smew missing\", chr(0), " + cells + ") FROM " + different + " ORDER BY "
                                + order + ", \"smew missing\" DESC LIMIT " + SHOWN,
                        origin())
                .stream()
                .map(text -> Arrays.asList(text.split("\0", -1)))
                .map(parts -> new Row(parts.getFirst().equals("true"), parts.subList(1, parts.size())))
                .toList();
    }

    /** An expected value as it is compared. */
    private static String wantedValue(String name, String wanted, String got) {
        if (floating(wanted, got)) {
            return name + "::DOUBLE";
        }
        if (alike(wanted, got)) {
            return name;
        }
        // '2020-01-01' stands for a date where the column is one.
        return wanted.equals("VARCHAR")
                ? "coalesce(try_cast(" + name + " AS " + got + ")::VARCHAR, " + name + ")"
                : name + "::VARCHAR";
    }

    private String gotValue(String name, String wanted, String got) {
        if (!floating(wanted, got)) {
            return alike(wanted, got) ? name : name + "::VARCHAR";
        }
        String value = "got." + name + "::DOUBLE";
        return "coalesce((SELECT arg_min(e, abs(e - " + value + ")) FROM (SELECT DISTINCT " + name
                + "::DOUBLE AS e FROM "
                + expected + ") WHERE isfinite(e) AND isfinite(" + value + ") AND abs(e - " + value + ") <= "
                + test.tolerance()
                + " * greatest(abs(e), abs(" + value + "), " + SMALL + ")), " + value + ")";
    }

    private static boolean floating(String wanted, String got) {
        return both(NUMBER, wanted, got)
                && (FLOATING.matcher(wanted).matches() || FLOATING.matcher(got).matches());
    }

    /** Whether DuckDB compares the two without losing anything of either. */
    private static boolean alike(String wanted, String got) {
        return wanted.equals(got) || both(NUMBER, wanted, got) || both(CALENDAR, wanted, got);
    }

    private static boolean both(Pattern pattern, String left, String right) {
        return pattern.matcher(left).matches() && pattern.matcher(right).matches();
    }

    private Origin origin() {
        return Origin.engine("Comparing the rows of", test.file().path());
    }
}
