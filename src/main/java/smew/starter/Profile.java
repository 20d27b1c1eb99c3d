package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * What is in the typed columns.
 *
 * @param entities different entities, nulls aside
 * @param mostRows rows of the entity that has the most
 * @param ties rows that share entity and event time with another one
 * @param columns by their names in the source
 */
record Profile(long rows, long entities, long mostRows, long ties, Map<String, Column> columns) {

    static final String TABLE = "data";

    /** Of so few different values it is worth to know exactly how many there are. */
    private static final long FEW = 2_000;

    /** The first day that is too far in the future to be one, and the last one that is too far in the past. */
    static final String NEVER = "DATE '2200-01-01'";

    static final String LONG_AGO = "DATE '1800-01-01'";

    /**
     * One column.
     *
     * @param filled rows that have a value
     * @param different values; of many, unless they may be ids, about so many
     * @param least of a number or date, as text
     * @param most as well
     * @param letters of a text on average
     * @param odd of dates, those in a year that none can be meant by; of numbers, those that are infinite or none
     * @param late of dates, those after the event time
     * @param varies entities that have several values
     */
    record Column(
            SourceColumn column,
            long filled,
            long different,
            String least,
            String most,
            double letters,
            long odd,
            long late,
            long varies) {

        String name() {
            return column.name();
        }
    }

    boolean repeats() {
        return mostRows > 1;
    }

    Column column(String name) {
        return Optional.ofNullable(columns.get(name)).orElseThrow();
    }

    /** Looks at table {@code data}. */
    static Profile of(
            Duck duck, String shown, List<SourceColumn> columns, List<String> entity, Optional<SourceColumn> time) {
        Origin origin = Origin.engine("Looking at the values of", shown);
        String keys = entity.stream().map(Duck::identifier).collect(joining(", "));
        String filled = entity.stream()
                .map(key -> Duck.identifier(key) + " IS NOT NULL")
                .collect(joining(" AND "));
        Facts groups = new Facts();
        int entities = groups.ask("count(*)");
        int most = groups.ask("max(n)");
        Facts.Answers grouped = groups.answer(
                duck, "(SELECT count(*) AS n FROM data" + " WHERE " + filled + " GROUP BY " + keys + ")", origin);
        boolean repeats = grouped.count(most) > 1;
        long ties = time.isEmpty() || !repeats
                ? 0
                : duck.count(
                        "SELECT coalesce(sum(n), 0)::BIGINT FROM (SELECT count(*) AS n FROM data WHERE " + filled
                                + " AND "
                                + Duck.identifier(time.get().name()) + " IS NOT NULL GROUP BY " + keys + ", "
                                + Duck.identifier(time.get().name()) + " HAVING count(*) > 1)",
                        origin);
        List<SourceColumn> usable =
                columns.stream().filter(SourceColumn::isUsable).toList();
        Map<String, Long> varying = repeats && time.isPresent() ? varying(duck, usable, keys, origin) : Map.of();
        Map<String, Column> all = counted(duck, usable, time, varying, origin);
        long rows = duck.count("SELECT count(*) FROM data", origin);
        return new Profile(rows, grouped.count(entities), grouped.count(most), ties, all);
    }

    private static Map<String, Long> varying(Duck duck, List<SourceColumn> columns, String keys, Origin origin) {
        Facts facts = new Facts();
        List<String> inner = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = Duck.identifier(columns.get(i).name());
            inner.add("min(" + name + ") AS a" + i + ", max(" + name + ") AS b" + i);
            facts.ask("count(*) FILTER (a" + i + " IS DISTINCT FROM b" + i + ")");
        }
        Facts.Answers answers =
                facts.answer(duck, "(SELECT " + String.join(", ", inner) + " FROM data GROUP BY " + keys + ")", origin);
        Map<String, Long> varying = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            varying.put(columns.get(i).name(), answers.count(i));
        }
        return varying;
    }

    private static Map<String, Column> counted(
            Duck duck,
            List<SourceColumn> columns,
            Optional<SourceColumn> time,
            Map<String, Long> varying,
            Origin origin) {
        Facts facts = new Facts();
        int each = 7;
        Optional<String> event = time.filter(SourceColumn::isDate).map(column -> Duck.identifier(column.name()));
        for (SourceColumn column : columns) {
            String name = Duck.identifier(column.name());
            String date = name + "::DATE";
            String never = "(" + date + " >= " + NEVER + " OR " + date + " < " + LONG_AGO + ")";
            boolean ordered = column.isNumber() || column.isDate();
            facts.ask("count(" + name + ")");
            facts.ask("approx_count_distinct(" + name + ")");
            facts.ask(ordered ? "min(" + name + ")" : "NULL");
            facts.ask(ordered ? "max(" + name + ")" : "NULL");
            facts.ask(column.isText() ? "avg(length(" + name + "::VARCHAR))" : "0");
            facts.ask(
                    column.isDate()
                            ? "count(*) FILTER (" + never + ")"
                            : column.isNumber() && !column.isWhole()
                                    ? "count(*) FILTER (NOT isfinite(" + name + "::DOUBLE))"
                                    : "0");
            facts.ask(
                    column.isDate() && event.isPresent()
                            ? "count(*) FILTER (" + date + " > " + event.get() + "::DATE AND NOT " + never + ")"
                            : "0");
        }
        Facts.Answers answers = facts.answer(duck, TABLE, origin);
        Map<String, Column> all = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int at = i * each;
            SourceColumn column = columns.get(i);
            all.put(
                    column.name(),
                    new Column(
                            column,
                            answers.count(at),
                            different(duck, column, answers.count(at), answers.count(at + 1), origin),
                            answers.text(at + 2),
                            answers.text(at + 3),
                            answers.number(at + 4),
                            answers.count(at + 5),
                            answers.count(at + 6),
                            varying.getOrDefault(column.name(), 0L)));
        }
        return all;
    }

    /** Exactly where it matters: few are classes, nearly as many as rows are ids. */
    private static long different(Duck duck, SourceColumn column, long filled, long about, Origin origin) {
        boolean mayBeIds = (column.isText() || column.isWhole()) && about > filled / 2;
        String name = Duck.identifier(column.name());
        return about <= FEW || mayBeIds
                ? duck.count(
                        "SELECT count(*) FROM (SELECT DISTINCT " + name + " FROM data WHERE " + name + " IS NOT NULL)",
                        origin)
                : about;
    }
}
