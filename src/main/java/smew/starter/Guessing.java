package smew.starter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;

/** Finds the best way to read each column of text: on a few rows which it may be, on all of them how well that goes. */
final class Guessing {

    /** Of the values that stand for something, so many must be readable. */
    private static final double NEARLY_ALL = 0.95;

    /** The same of a few rows, where chance has a say. */
    private static final double MOST = 0.85;

    private static final long SAMPLE_ROWS = 2_000;

    /** What people write for nothing, in lower case and without blanks around it. */
    private static final String NOTHING =
            "('', 'na', 'n/a', '#n/a', 'nan', 'null', '(null)', 'none', 'nil', '?', '-', '--', '.', 'missing', 'not available')";

    private final Duck duck;
    private final RawFile raw;
    private final Origin origin;
    private final List<Assumption> assumptions;

    /**
     * A column of text and the best way to read it.
     *
     * @param ambiguous whether day and month may as well be changed over
     */
    record Guess(RawFile.Column column, Parse parse, boolean ambiguous) {}

    /** What came of all rows: counts of values, of those that stand for none, and of the others that can be read. */
    record Read(String column, long filled, long empty, long read, int decimals) {

        long wrong() {
            return filled - empty - read;
        }

        boolean nearlyAll() {
            return filled > empty && read >= NEARLY_ALL * (filled - empty);
        }
    }

    Guessing(Duck duck, RawFile raw, List<Assumption> assumptions) {
        this.duck = duck;
        this.raw = raw;
        this.assumptions = assumptions;
        this.origin = Origin.engine("Looking at the values of", raw.file().shown());
    }

    /** By a few rows: only what most of them allow is tried on all. */
    Map<String, Guess> guesses(List<RawFile.Column> texts) {
        String some = raw.format() instanceof RawFile.Csv
                ? " WHERE rowid % " + Math.max(1, raw.rows() / SAMPLE_ROWS) + " = 0"
                : " LIMIT " + SAMPLE_ROWS;
        duck.execute("CREATE TABLE sample AS FROM " + RawFile.TABLE + some, origin);
        List<RawFile.Column> written = withDigits(texts);
        Facts facts = new Facts();
        Map<String, Integer> first = new LinkedHashMap<>();
        for (RawFile.Column column : written) {
            String text = Duck.identifier(column.name());
            String real = " FILTER (NOT " + isNothing(text) + ")";
            first.put(column.name(), facts.ask("count(*)" + real));
            Parse.candidates(column.type()).forEach(parse -> facts.ask("count(" + parse.attempt(text) + ")" + real));
        }
        Facts.Answers answers = facts.answer(duck, "sample", origin);
        Map<String, Guess> guesses = new LinkedHashMap<>();
        for (RawFile.Column column : written) {
            int at = Objects.requireNonNull(first.get(column.name()));
            best(column, answers, at).ifPresent(guess -> guesses.put(column.name(), guess));
        }
        return guesses;
    }

    /** Numbers and dates have digits: all else need not be tried with thirty formats. */
    private List<RawFile.Column> withDigits(List<RawFile.Column> texts) {
        Facts facts = new Facts();
        for (RawFile.Column column : texts) {
            String text = Duck.identifier(column.name());
            facts.ask("count(*) FILTER (NOT " + isNothing(text) + ") * " + MOST + " <= count(*) FILTER (regexp_matches("
                    + text + ", '[0-9]'))");
        }
        Facts.Answers answers = facts.answer(duck, "sample", origin);
        return IntStream.range(0, texts.size())
                .filter(i ->
                        texts.get(i).type().equals("BOOLEAN") || answers.text(i).equals("true"))
                .mapToObj(texts::get)
                .toList();
    }

    private static Optional<Guess> best(RawFile.Column column, Facts.Answers answers, int at) {
        List<Parse> candidates = Parse.candidates(column.type());
        long values = answers.count(at);
        int best = 0;
        for (int i = 1; i < candidates.size(); i++) {
            best = answers.count(at + 1 + i) > answers.count(at + 1 + best) ? i : best;
        }
        long counted = answers.count(at + 1 + best);
        if (values == 0 || counted < MOST * values) {
            return Optional.empty();
        }
        Parse parse = candidates.get(best);
        String other = parse.changedOver();
        boolean ambiguous = false;
        for (int i = 0; i < candidates.size(); i++) {
            ambiguous |= !other.equals(parse.format())
                    && candidates.get(i).format().equals(other)
                    && answers.count(at + 1 + i) == counted;
        }
        return Optional.of(new Guess(column, parse, ambiguous));
    }

    static String isNothing(String text) {
        return "coalesce(lower(trim(" + text + ")) IN " + NOTHING + ", true)";
    }

    /** All rows. A whole number that later rows know with decimals becomes a number; one that begins with 0 stays text. */
    Map<String, Read> reads(Map<String, Guess> guesses) {
        Facts facts = new Facts();
        List<String> parsed = new ArrayList<>();
        List<String> columns = List.copyOf(guesses.keySet());
        for (int i = 0; i < columns.size(); i++) {
            String text = Duck.identifier(columns.get(i));
            Parse parse = Objects.requireNonNull(guesses.get(columns.get(i))).parse();
            boolean whole = parse.equals(Parse.WHOLE);
            parsed.add(text + " AS t" + i + ", " + parse.attempt(text) + " AS p" + i);
            facts.ask("count(t" + i + ")");
            // What can be read is not asked what else it might be: that would take longer than all the rest.
            facts.ask("count(CASE WHEN t" + i + " IS NOT NULL AND p" + i + " IS NULL THEN CASE WHEN "
                    + isNothing("t" + i) + " THEN 1 END END)");
            facts.ask("count(p" + i + ")");
            facts.ask(whole ? "count(coalesce(p" + i + "::DOUBLE, " + Parse.NUMBER.attempt("t" + i) + "))" : "0");
            facts.ask(
                    whole
                            ? "count(*) FILTER (p" + i + " IS NOT NULL AND length(t" + i + ") > 1 AND t" + i
                                    + "[1] = '0')"
                            : "0");
            facts.ask(
                    whole || parse.equals(Parse.NUMBER)
                            ? "max(CASE WHEN contains(t" + i + ", '.') THEN length(t" + i + ") - strpos(t" + i
                                    + ", '.') END)"
                            : "0");
        }
        if (columns.isEmpty()) {
            return Map.of();
        }
        Facts.Answers answers =
                facts.answer(duck, "(SELECT " + String.join(", ", parsed) + " FROM " + RawFile.TABLE + ")", origin);
        Map<String, Read> reads = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            read(columns.get(i), guesses, answers, i * 6).ifPresent(read -> reads.put(read.column(), read));
        }
        return reads;
    }

    private Optional<Read> read(String name, Map<String, Guess> guesses, Facts.Answers answers, int at) {
        Guess guess = Objects.requireNonNull(guesses.get(name));
        if (answers.count(at + 4) > 0) {
            assumptions.add(new Assumption(
                    "read",
                    Said.plain(name) + " stays text: " + Said.of(answers.count(at + 4), answers.count(at))
                            + " values begin with 0, as codes and phone numbers do"));
            return Optional.empty();
        }
        boolean wider = answers.count(at + 3) > answers.count(at + 2);
        if (wider) {
            guesses.put(name, new Guess(guess.column(), Parse.NUMBER, false));
        }
        return Optional.of(
                new Read(name, answers.count(at), answers.count(at + 1), answers.count(at + (wider ? 3 : 2)), (int)
                        answers.count(at + 5)));
    }
}
