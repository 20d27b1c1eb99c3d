package smew.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;

/** Gives entity, event time and label the types that their roles need. */
final class Roles {

    /** Whole numbers that a double tells apart. */
    private static final String EXACT = "9007199254740992";

    /** As many different whole numbers are classes at most. */
    private static final int CLASSES = 20;

    private static final double NEARLY_ALL = 0.95;

    private final Duck duck;
    private final RawFile raw;
    private final Names names;
    private final Origin origin;
    private final List<Assumption> assumptions;

    private Roles(Duck duck, RawFile raw, Names names, List<Assumption> assumptions) {
        this.duck = duck;
        this.raw = raw;
        this.names = names;
        this.assumptions = assumptions;
        this.origin = Origin.engine("Looking at the values of", raw.file().shown());
    }

    /**
     * Fits the columns.
     *
     * @param assumptions get what is decided here
     * @throws SmewException DATA for a time that is no time
     */
    static List<SourceColumn> fit(
            Duck duck,
            RawFile raw,
            Names names,
            Picked picked,
            List<SourceColumn> columns,
            List<Assumption> assumptions) {
        Roles roles = new Roles(duck, raw, names, assumptions);
        List<SourceColumn> fitted = new ArrayList<>();
        for (SourceColumn column : columns) {
            fitted.add(
                    picked.isEntity(column.file())
                            ? roles.entity(column)
                            : picked.isTime(column.file())
                                    ? roles.time(column)
                                    : picked.label().equals(column.file()) ? roles.label(column) : column);
        }
        return fitted;
    }

    private SourceColumn entity(SourceColumn column) {
        boolean exact = column.isWhole() && !column.type().matches("U?HUGEINT|UBIGINT");
        if (exact || column.isText()) {
            return column;
        }
        String sql = names.sql(column.file());
        if (column.isNumber() && wholeShare(column, "abs(v) < " + EXACT) == 1) {
            return column.as(column.read(), Optional.of(sql + "::BIGINT"), "BIGINT")
                    .noted("an id");
        }
        boolean csv = raw.format() instanceof RawFile.Csv;
        return csv
                ? column.as("VARCHAR", Optional.empty(), "VARCHAR")
                : column.as(column.read(), Optional.of(sql + "::VARCHAR"), "VARCHAR");
    }

    /** How many of the numbers are whole, and fulfil a condition on {@code v}. */
    private double wholeShare(SourceColumn column, String condition) {
        String value = "TRY_CAST(" + Duck.identifier(column.file()) + " AS DOUBLE)";
        Facts facts = new Facts();
        int filled = facts.ask("count(v)");
        int whole = facts.ask("count(*) FILTER (v = floor(v) AND " + condition + ")");
        Facts.Answers answers = facts.answer(duck, "(SELECT " + value + " AS v FROM " + RawFile.TABLE + ")", origin);
        return answers.count(filled) == 0 ? 0 : (double) answers.count(whole) / answers.count(filled);
    }

    private SourceColumn label(SourceColumn column) {
        if (column.isDate()) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading label " + column.name() + " of " + raw.file().shown() + ": it is a " + column.type()
                            + ", expected classes or a number. Choose another label, or derive one in SQL.");
        }
        if (!column.isUsable()) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading label " + column.name() + " of " + raw.file().shown() + ": its type " + column.type()
                            + " is neither a number nor text nor a boolean. Choose another label.");
        }
        if (!column.isNumber() || column.isWhole() || wholeShare(column, "true") < 1) {
            return column;
        }
        long different = duck.count(
                "SELECT count(DISTINCT TRY_CAST(" + Duck.identifier(column.file()) + " AS DOUBLE)) FROM "
                        + RawFile.TABLE,
                origin);
        if (different > CLASSES) {
            return column;
        }
        String value = column.expression().orElse(names.sql(column.file()));
        return column.as(column.read(), Optional.of("(" + value + ")::BIGINT"), "BIGINT")
                .noted("classes");
    }

    private SourceColumn time(SourceColumn column) {
        if (column.isDate()) {
            return column;
        }
        if (!column.isNumber()) {
            throw noTime(column);
        }
        String sql = names.sql(column.file());
        String text = "TRY_CAST(" + Duck.identifier(column.file()) + " AS BIGINT)";
        Facts facts = new Facts();
        int filled = facts.ask("count(" + text + ")");
        int days = facts.ask("count(*) FILTER (" + text + " BETWEEN 18000101 AND 21991231 AND try_strptime(" + text
                + "::VARCHAR, '%Y%m%d') IS NOT NULL)");
        int seconds = facts.ask("count(*) FILTER (" + text + " BETWEEN 300000000 AND 4000000000)");
        int millis = facts.ask("count(*) FILTER (" + text + " BETWEEN 300000000000 AND 4000000000000)");
        Facts.Answers answers = facts.answer(duck, RawFile.TABLE, origin);
        double enough = NEARLY_ALL * answers.count(filled);
        String whole = column.isWhole() ? sql : sql + "::BIGINT";
        if (answers.count(days) >= enough) {
            return read(column, "strptime(" + sql + "::VARCHAR, '%Y%m%d')::DATE", "DATE", "days such as 20240131");
        }
        if (answers.count(seconds) >= enough) {
            return read(column, "make_timestamp(" + whole + " * 1_000_000)", "TIMESTAMP", "seconds since 1970, in UTC");
        }
        if (answers.count(millis) >= enough) {
            return read(
                    column, "make_timestamp(" + whole + " * 1_000)", "TIMESTAMP", "milliseconds since 1970, in UTC");
        }
        assumptions.add(new Assumption(
                "time",
                column.name() + " is a number that grows with time, such as a year or a step; no date is made of it"));
        return column;
    }

    private SourceColumn read(SourceColumn column, String expression, String type, String what) {
        assumptions.add(new Assumption("time", column.name() + " holds " + what));
        String read = column.expression().isPresent() ? "BIGINT" : column.read();
        return column.as(read, Optional.of(expression), type).noted(what);
    }

    private SmewException noTime(SourceColumn column) {
        String text = Duck.identifier(column.file());
        List<String> samples = duck.texts(
                "SELECT DISTINCT " + text + "::VARCHAR FROM (SELECT " + text + " FROM " + RawFile.TABLE + " WHERE "
                        + text + " IS NOT NULL LIMIT 1000) ORDER BY 1 LIMIT 3",
                origin);
        return new SmewException(
                Fault.DATA,
                "Reading --time " + column.name() + " of " + raw.file().shown() + ": found "
                        + (samples.isEmpty()
                                ? "no value"
                                : Said.list(samples.stream().map(Said::value).toList()))
                        + ", expected dates or times in nearly all rows, such as 2024-01-31, 31/01/2024, 31.01.2024 14:30 or seconds"
                        + " since 1970. Name another column, or make the project without --time and parse it in the source with"
                        + " strptime(" + names.sql(column.file()) + ", '%d %m %Y').");
    }
}
