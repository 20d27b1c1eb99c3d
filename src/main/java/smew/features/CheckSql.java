package smew.features;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import smew.duck.Duck;
import smew.project.DeclaredCheck;
import smew.project.DeclaredCheck.Bound;
import smew.release.Manifest;

/**
 * What declared checks are in SQL.
 *
 * @param relation whose rows they look at, in SQL
 * @param columns of the relation
 * @param asOf of the run
 */
record CheckSql(String relation, List<Manifest.Column> columns, LocalDate asOf) {

    static final Pattern NUMBER = Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL.*|FLOAT|DOUBLE");
    private static final Pattern FLOATING = Pattern.compile("FLOAT|DOUBLE");

    /** How a row breaks a check that looks at one row at a time; true of that row. */
    Optional<String> broken(DeclaredCheck check) {
        return switch (check) {
            case DeclaredCheck.NotNull rule -> Optional.of(nulls(rule.columns()));
            case DeclaredCheck.Accepted rule ->
                Optional.of(name(rule.column())
                        + rule.values().stream()
                                .map(value -> literal(rule.column(), value))
                                .collect(joining(", ", " NOT IN (", ")")));
            case DeclaredCheck.Range rule -> Optional.of(outside(rule));
            case DeclaredCheck.Unique _, DeclaredCheck.Relationship _, DeclaredCheck.Freshness _ -> Optional.empty();
        };
    }

    /** One whole number over all rows, of which 0 says that it passes; empty where it takes a query of its own. */
    Optional<String> aggregate(DeclaredCheck check) {
        return switch (check) {
            case DeclaredCheck.Unique rule -> {
                String filled = " FILTER (WHERE NOT (" + nulls(rule.columns()) + "))";
                yield Optional.of("count(*)" + filled + " - count(DISTINCT " + together(rule.columns()) + ")" + filled);
            }
            case DeclaredCheck.Freshness rule ->
                Optional.of("coalesce(" + age(rule) + " > " + rule.days() + ", true)::BIGINT");
            case DeclaredCheck.NotNull _, DeclaredCheck.Accepted _, DeclaredCheck.Range _ ->
                broken(check).map(condition -> "count(*) FILTER (WHERE " + condition + ")");
            case DeclaredCheck.Relationship _ -> Optional.empty();
        };
    }

    /** Days from the newest time up to the as-of date to that date. */
    private String age(DeclaredCheck.Freshness rule) {
        return date(asOf) + " - (" + newest(rule) + ")::DATE";
    }

    /** The newest time of a column that is not after the as-of date. */
    String newest(DeclaredCheck.Freshness rule) {
        String column = name(rule.column());
        return "max(" + column + ") FILTER (WHERE isfinite(" + column + ") AND " + column + "::DATE <= " + date(asOf)
                + ")";
    }

    /** SELECT of the rows whose value is not in the other relation. Texts are compared where the types are not alike. */
    String orphans(DeclaredCheck.Relationship rule, String target, String targetType) {
        String type = type(rule.column());
        boolean alike = type.equals(targetType)
                || (NUMBER.matcher(type).matches() && NUMBER.matcher(targetType).matches());
        String cast = alike ? "" : "::VARCHAR";
        return "FROM " + relation + " AS here WHERE here." + name(rule.column()) + " IS NOT NULL AND NOT EXISTS (FROM "
                + target + " AS there WHERE there." + Duck.identifier(rule.target()) + cast + " = here."
                + name(rule.column()) + cast + ")";
    }

    /** SELECT of the values that several rows share, with how many these are in {@code "smew rows"}. */
    String shared(DeclaredCheck.Unique rule) {
        String keys = rule.columns().stream().map(this::name).collect(joining(", "));
        return "SELECT " + keys + ", count(*) AS \"smew rows\" FROM " + relation + " WHERE NOT ("
                + nulls(rule.columns()) + ") GROUP BY ALL HAVING count(*) > 1";
    }

    private String outside(DeclaredCheck.Range rule) {
        String column = name(rule.column());
        Stream<String> from =
                rule.from().map(bound -> column + (bound.excluded() ? " <= " : " < ") + bound(rule, bound)).stream();
        Stream<String> to =
                rule.to().map(bound -> column + (bound.excluded() ? " >= " : " > ") + bound(rule, bound)).stream();
        // To DuckDB NaN is greater than any number.
        Stream<String> none =
                FLOATING.matcher(type(rule.column())).matches() ? Stream.of("isnan(" + column + ")") : Stream.empty();
        return Stream.of(from, to, none).flatMap(condition -> condition).collect(joining(" OR ", "(", ")"));
    }

    private String bound(DeclaredCheck.Range rule, Bound bound) {
        return bound.isAsOf() ? date(asOf) : literal(rule.column(), bound.value());
    }

    /** A value as written, of the type of a column. A number stays as it is: 0.5 is no integer. */
    private String literal(String column, String value) {
        String type = type(column);
        return NUMBER.matcher(type).matches() ? value : "CAST(" + Duck.literal(value) + " AS " + type + ")";
    }

    private static String date(LocalDate day) {
        return "DATE '" + day + "'";
    }

    private String nulls(List<String> names) {
        return names.stream().map(column -> name(column) + " IS NULL").collect(joining(" OR "));
    }

    private String together(List<String> names) {
        String listed = names.stream().map(this::name).collect(joining(", "));
        return names.size() == 1 ? listed : "(" + listed + ")";
    }

    /** A column in SQL. */
    String name(String column) {
        return Duck.identifier(column);
    }

    String type(String column) {
        return columns.stream()
                .filter(other -> other.name().equalsIgnoreCase(column))
                .map(Manifest.Column::type)
                .findFirst()
                .orElse("VARCHAR");
    }
}
