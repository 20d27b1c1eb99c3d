package smew.starter;

import java.util.List;
import java.util.stream.Stream;
import smew.duck.Duck;

/**
 * One way to read text as something else.
 *
 * @param type what comes of it
 * @param attempt SQL that gives null where it does not succeed, {@code %s} being the text
 * @param strict the same, failing instead
 * @param plain whether read_csv does it by itself when it is told the type
 * @param format of a date, for a person; empty for all others
 */
record Parse(String type, String attempt, String strict, boolean plain, String format) {

    static final Parse TRUTH = plain("BOOLEAN", "TRY_CAST(%s AS BOOLEAN)");
    static final Parse WHOLE = plain("BIGINT", "CASE WHEN NOT contains(%s, '.') THEN TRY_CAST(%s AS BIGINT) END");
    static final Parse NUMBER = plain("DOUBLE", "nullif(TRY_CAST(%s AS DOUBLE), 'nan'::DOUBLE)");
    static final Parse ZONED = new Parse(
            "TIMESTAMP", "timezone('UTC', TRY_CAST(%s AS TIMESTAMPTZ))", "timezone('UTC', %s::TIMESTAMPTZ)", false, "");

    /** Decimals behind a comma. */
    private static final Parse COMMA = new Parse(
            "DOUBLE",
            "CASE WHEN regexp_full_match(trim(%s), '[+-]?([0-9]{1,3}([.][0-9]{3})*|[0-9]+),[0-9]+')"
                    + " THEN TRY_CAST(replace(replace(%s, '.', ''), ',', '.') AS DOUBLE) WHEN NOT contains(%s, '.')"
                    + " THEN TRY_CAST(%s AS BIGINT) END",
            "replace(replace(%s, '.', ''), ',', '.')::DOUBLE",
            false,
            "");

    /** Thousands in groups, currencies and percent signs. */
    private static final Parse MONEY = new Parse(
            "DOUBLE",
            "TRY_CAST(regexp_replace(%s, '[$€£¥%%,\\s]', '', 'g') AS DOUBLE)",
            "regexp_replace(%s, '[$€£¥%%,\\s]', '', 'g')::DOUBLE",
            false,
            "");

    private static final List<String> DATES = List.of(
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d.%m.%Y",
            "%Y/%m/%d",
            "%d-%m-%Y",
            "%m-%d-%Y",
            "%d-%b-%Y",
            "%d %b %Y",
            "%d %B %Y",
            "%b %d, %Y",
            "%B %d, %Y");

    private static final List<String> TIMES = List.of(
            "%d/%m/%Y %H:%M:%S",
            "%m/%d/%Y %H:%M:%S",
            "%d/%m/%Y %H:%M",
            "%m/%d/%Y %H:%M",
            "%m/%d/%Y %I:%M:%S %p",
            "%m/%d/%Y %I:%M %p",
            "%d.%m.%Y %H:%M:%S",
            "%d.%m.%Y %H:%M",
            "%Y/%m/%d %H:%M:%S",
            "%d-%b-%Y %H:%M:%S");

    /** All but truth and time zones, which DuckDB recognises; of equally good ones the first is meant. */
    static final List<Parse> CANDIDATES = Stream.of(
                    Stream.of(
                            WHOLE,
                            NUMBER,
                            plain("DATE", "CASE WHEN length(trim(%s)) <= 10 THEN TRY_CAST(%s AS DATE) END"),
                            plain("TIMESTAMP", "TRY_CAST(%s AS TIMESTAMP)")),
                    DATES.stream().map(format -> written("DATE", format)),
                    TIMES.stream().map(format -> written("TIMESTAMP", format)),
                    Stream.of(COMMA, MONEY))
            .flatMap(candidates -> candidates)
            .toList();

    /** Those worth to try where DuckDB took the first rows for this type. */
    static List<Parse> candidates(String guessed) {
        return switch (guessed) {
            case "BOOLEAN" -> List.of(TRUTH);
            case "TIMESTAMP WITH TIME ZONE" -> List.of(ZONED);
            case "BIGINT" -> List.of(WHOLE, NUMBER);
            case "DOUBLE" -> List.of(NUMBER);
            case "DATE", "TIMESTAMP" ->
                CANDIDATES.stream().filter(Parse::isDate).toList();
            default -> CANDIDATES;
        };
    }

    private static Parse plain(String type, String attempt) {
        return new Parse(type, attempt, "trim(%s)::" + type, true, "");
    }

    private static Parse written(String type, String format) {
        String literal = Duck.literal(format).replace("%", "%%");
        return new Parse(
                type,
                "try_strptime(%s, " + literal + ")::" + type,
                "strptime(%s, " + literal + ")::" + type,
                false,
                format);
    }

    /** Null where the text cannot be read so. */
    String attempt(String text) {
        return fill(attempt, text);
    }

    /** What a source says that is to fail at such text. */
    String strictly(String text) {
        return fill(strict, text);
    }

    /**
     * What a source says that reads such text as null. A bare TRY_CAST of a column is done by read_csv (DuckDB 2.0), which then fails
     * where it should not.
     */
    String leniently(String text) {
        return plain ? "TRY_CAST(trim(" + text + ") AS " + type + ")" : attempt(text);
    }

    private static String fill(String template, String text) {
        int places = template.split("%s", -1).length - 1;
        return template.formatted(Stream.generate(() -> text).limit(places).toArray());
    }

    boolean isDate() {
        return type.equals("DATE") || type.equals("TIMESTAMP");
    }

    /** The format with day and month changed over; the same where it has none to change. */
    String changedOver() {
        return format.startsWith("%d/%m")
                ? format.replaceFirst("%d/%m", "%m/%d")
                : format.startsWith("%m/%d")
                        ? format.replaceFirst("%m/%d", "%d/%m")
                        : format.startsWith("%d-%m")
                                ? format.replaceFirst("%d-%m", "%m-%d")
                                : format.startsWith("%m-%d") ? format.replaceFirst("%m-%d", "%d-%m") : format;
    }
}
