package smew.monitor;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.model.Card;
import smew.project.Relation;

/** The rows of one file of outcomes, checked. */
final class OutcomeRows {

    private final Duck duck;
    private final OutcomeFile file;
    private final Card card;
    private final OutcomeColumns columns;
    private final Origin origin;

    OutcomeRows(Duck duck, OutcomeFile file, Card card, OutcomeColumns columns) {
        this.duck = duck;
        this.file = file;
        this.card = card;
        this.columns = columns;
        this.origin = Origin.engine("Reading", file.name());
    }

    /**
     * Reads all of them.
     *
     * @throws SmewException DATA, where a key lacks, a label or time is none, or two rows contradict each other
     */
    void read() {
        List<String> select = new ArrayList<>();
        for (int key = 0; key < columns.keys().size(); key++) {
            select.add("trim(CAST(" + Duck.identifier(columns.keys().get(key)) + " AS VARCHAR)) AS key_" + (key + 1));
        }
        String label = Duck.identifier(columns.label());
        select.add("nullif(CAST(" + label + " AS VARCHAR), '') AS given");
        select.add(stated(label) + " AS label");
        String time = columns.time().map(Duck::identifier).orElse("NULL");
        select.add("nullif(CAST(" + time + " AS VARCHAR), '') AS given_time");
        select.add("TRY_CAST(" + time + " AS TIMESTAMPTZ) AS time");
        duck.execute(
                "CREATE TEMP TABLE given AS SELECT " + String.join(", ", select) + " FROM " + columns.relation(),
                origin);
        for (int key = 0; key < columns.keys().size(); key++) {
            refuse(
                    "coalesce(key_" + (key + 1) + ", '') = ''",
                    "'no ' || " + Duck.literal(columns.keys().get(key)),
                    "expected a key in every row");
        }
        String ofKey = " || ' for key ' || concat_ws(', ', " + keys() + ")";
        refuse(
                "given_time IS NOT NULL AND time IS NULL",
                "given_time" + ofKey,
                "expected a time such as 2026-11-26 12:00:00");
        refuse(
                "given IS NOT NULL AND " + wrong(),
                "given" + ofKey,
                "expected " + expected() + " in column " + columns.label());
        contradictions();
    }

    /** The label as the card states its classes; a text that is no number is none. */
    private String stated(String label) {
        return switch (card.labelType()) {
            case INTEGER -> "CAST(TRY_CAST(" + label + " AS BIGINT) AS VARCHAR)";
            case NUMBER -> "CAST(TRY_CAST(" + label + " AS DOUBLE) AS VARCHAR)";
            case BOOLEAN -> "CAST(TRY_CAST(" + label + " AS BOOLEAN) AS VARCHAR)";
            case TEXT -> "nullif(CAST(" + label + " AS VARCHAR), '')";
        };
    }

    /** Numbers that are classes are compared as numbers: 10000000000.0 and 1.0E10 are one. */
    private String wrong() {
        if (card.task() == Relation.Task.REGRESSION) {
            return "label IS NULL";
        }
        String type = card.labelType() == Card.LabelType.NUMBER ? "DOUBLE" : "VARCHAR";
        String classes = card.classes().stream()
                .map(name -> "CAST(" + Duck.literal(name) + " AS " + type + ")")
                .collect(Collectors.joining(", "));
        return "(label IS NULL OR CAST(label AS " + type + ") NOT IN (" + classes + "))";
    }

    private String expected() {
        return card.task() == Relation.Task.REGRESSION ? "a number" : "one of " + String.join(", ", card.classes());
    }

    private void refuse(String where, String found, String expected) {
        long rows = duck.count("SELECT count(*) FROM given WHERE " + where, origin);
        if (rows > 0) {
            String first = duck.texts("SELECT " + found + " FROM given WHERE " + where + " LIMIT 1", origin)
                    .getFirst();
            throw new SmewException(
                    Fault.DATA,
                    "Reading outcomes from " + file + ": found " + first
                            + (rows == 1 ? " in one row" : " and the like in " + rows + " rows") + ", " + expected
                            + ". Nothing was loaded.");
        }
    }

    private String keys() {
        return IntStream.rangeClosed(1, columns.keys().size())
                .mapToObj(key -> "key_" + key)
                .collect(Collectors.joining(", "));
    }

    private void contradictions() {
        String keys = keys();
        List<String> twice = duck.texts(
                "SELECT concat_ws(', ', " + keys + ") FROM given WHERE label IS NOT NULL GROUP BY " + keys
                        + ", time HAVING count(DISTINCT label) > 1 ORDER BY ALL LIMIT 1",
                origin);
        if (!twice.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading outcomes from " + file + ": key " + twice.getFirst() + " has more than one "
                            + columns.label()
                            + " at the same time, expected one. Correct the rows, or tell them apart with a"
                            + " column time. Nothing was loaded.");
        }
    }

    long labelled() {
        return duck.count("SELECT count(*) FROM given WHERE label IS NOT NULL", origin);
    }

    long unlabelled() {
        return duck.count("SELECT count(*) FROM given WHERE label IS NULL", origin);
    }

    /** Writes those with a label. */
    void write(Path target, Instant loaded) {
        duck.execute(
                "COPY (SELECT DISTINCT * EXCLUDE (given, given_time), TIMESTAMPTZ " + Duck.literal(loaded.toString())
                        + " AS loaded FROM given WHERE label IS NOT NULL ORDER BY ALL) TO "
                        + Duck.literal(target.toString()) + " (FORMAT parquet, COMPRESSION zstd)",
                origin);
    }
}
