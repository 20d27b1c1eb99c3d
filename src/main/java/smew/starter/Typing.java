package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;

/** Decides what text means: numbers, dates and truths where nearly all values are, and which values stand for none. */
final class Typing {

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
    private final Names names;
    private final Picked picked;
    private final Origin origin;
    private final Set<String> nothing = new LinkedHashSet<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private boolean otherFormats;

    /**
     * What was decided.
     *
     * @param nothing what read_csv is to take for null besides an empty value
     */
    record Result(List<SourceColumn> columns, List<String> nothing, List<Assumption> assumptions) {}

    /**
     * A column of text and the best way to read it.
     *
     * @param ambiguous whether day and month may as well be changed over
     */
    private record Guess(RawFile.Column column, Parse parse, boolean ambiguous) {}

    /** What came of all rows: counts of values, of those that stand for none, and of the others that can be read. */
    private record Read(String column, long filled, long empty, long read, int decimals) {

        long wrong() {
            return filled - empty - read;
        }

        boolean nearlyAll() {
            return filled > empty && read >= NEARLY_ALL * (filled - empty);
        }
    }

    private Typing(Duck duck, RawFile raw, Names names, Picked picked) {
        this.duck = duck;
        this.raw = raw;
        this.names = names;
        this.picked = picked;
        this.origin = Origin.engine("Looking at the values of", raw.file().shown());
    }

    static Result of(Duck duck, RawFile raw, Names names, Picked picked) {
        return new Typing(duck, raw, names, picked).result();
    }

    private Result result() {
        List<RawFile.Column> texts = raw.columns().stream().filter(this::isText).toList();
        Map<String, Guess> guesses = guesses(texts);
        Map<String, Read> reads = reads(guesses);
        Map<String, Guess> sure = new LinkedHashMap<>();
        guesses.forEach((name, guess) -> {
            Read read = reads.get(name);
            boolean whole = read != null && (picked.isEntity(name) ? read.read() == read.filled() : read.nearlyAll());
            if (whole) {
                sure.put(name, guess);
            }
        });
        otherFormats =
                sure.values().stream().anyMatch(guess -> !guess.parse().format().isEmpty());
        collectNothing(sure, reads, texts);
        List<SourceColumn> columns = new ArrayList<>();
        Names.Unused sourceNames = new Names.Unused(List.of());
        for (RawFile.Column column : raw.columns()) {
            String name =
                    sourceNames.name(Said.line(column.name()).strip().isEmpty() ? "column" : Said.line(column.name()));
            Guess guess = sure.get(column.name());
            columns.add(
                    guess == null
                            ? asItIs(column, name)
                            : typed(guess, name, Objects.requireNonNull(reads.get(column.name()))));
        }
        return new Result(columns, List.copyOf(nothing), assumptions);
    }

    private boolean isText(RawFile.Column column) {
        return raw.format() instanceof RawFile.Csv || column.type().equals("VARCHAR");
    }

    /** By a few rows: only what most of them allow is tried on all. */
    private Map<String, Guess> guesses(List<RawFile.Column> texts) {
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

    private static String isNothing(String text) {
        return "coalesce(lower(trim(" + text + ")) IN " + NOTHING + ", true)";
    }

    /** All rows. A whole number that later rows know with decimals becomes a number; one that begins with 0 stays text. */
    private Map<String, Read> reads(Map<String, Guess> guesses) {
        Facts facts = new Facts();
        List<String> parsed = new ArrayList<>();
        List<String> columns = List.copyOf(guesses.keySet());
        for (int i = 0; i < columns.size(); i++) {
            String text = Duck.identifier(columns.get(i));
            Parse parse = Objects.requireNonNull(guesses.get(columns.get(i))).parse();
            boolean whole = parse == Parse.WHOLE;
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
                    whole || parse == Parse.NUMBER
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

    /** What read_csv may take for null in every column: blanks, and words that no column of text uses for something. */
    private void collectNothing(Map<String, Guess> sure, Map<String, Read> reads, List<RawFile.Column> texts) {
        if (raw.format() instanceof RawFile.Parquet) {
            return;
        }
        Set<String> words = new TreeSet<>();
        sure.forEach((name, guess) -> {
            Read read = Objects.requireNonNull(reads.get(name));
            if (read.empty() > 0 && read.wrong() == 0 && guess.parse().plain()) {
                words.addAll(spellings(name, isNothing(Duck.identifier(name))));
            }
        });
        List<String> kept = texts.stream()
                .map(RawFile.Column::name)
                .filter(name -> !sure.containsKey(name))
                .toList();
        Facts facts = new Facts();
        List<String> asked = List.copyOf(words);
        asked.forEach(word -> facts.ask(
                kept.isEmpty() || word.isBlank()
                        ? "0"
                        : "count(*) FILTER ("
                                + kept.stream()
                                        .map(name -> Duck.identifier(name) + " = " + Duck.literal(word))
                                        .collect(joining(" OR "))
                                + ")"));
        Facts.Answers answers = facts.answer(duck, RawFile.TABLE, origin);
        for (int i = 0; i < asked.size(); i++) {
            if (answers.count(i) == 0) {
                nothing.add(asked.get(i));
            }
        }
    }

    private List<String> spellings(String column, String condition) {
        String text = Duck.identifier(column);
        return duck.texts(
                "SELECT " + text + " FROM " + RawFile.TABLE + " WHERE " + text + " IS NOT NULL AND " + condition
                        + " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 20",
                origin);
    }

    private SourceColumn asItIs(RawFile.Column column, String name) {
        String type = isText(column) ? "VARCHAR" : column.type();
        String sql = names.sql(column.name());
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return new SourceColumn(
                    column.name(),
                    name,
                    type,
                    Optional.of("timezone('UTC', " + sql + ")"),
                    "TIMESTAMP",
                    0,
                    Optional.of("in UTC"));
        }
        return new SourceColumn(column.name(), name, type, Optional.empty(), type, 0, Optional.empty());
    }

    private SourceColumn typed(Guess guess, String name, Read read) {
        Parse parse = guess.parse();
        String file = guess.column().name();
        String sql = names.sql(file);
        boolean csv = raw.format() instanceof RawFile.Csv;
        List<String> odd = read.filled() == read.read() ? List.of() : oddOnes(guess);
        boolean nulled = read.wrong() == 0 && odd.stream().allMatch(nothing::contains);
        Optional<String> note = read.filled() == read.read()
                ? Optional.empty()
                : Optional.of(
                        Said.of(read.filled() - read.read(), read.filled()) + " values are " + spelled(odd) + ": null");
        note.ifPresent(text -> assumptions.add(new Assumption(
                "read",
                Said.of(read.filled() - read.read(), read.filled()) + " values of " + Said.plain(name) + " are "
                        + spelled(odd) + ": read as null")));
        if (guess.ambiguous()) {
            assumptions.add(new Assumption(
                    "read",
                    Said.plain(name) + " is read as " + parse.format()
                            + "; day and month could as well be the other way" + " round: then write "
                            + parse.changedOver() + " in the source"));
        }
        // read_csv has one format for all dates, and guesses that of another column.
        boolean alone = parse.isDate() && otherFormats;
        if (csv && parse.plain() && nulled && !alone) {
            return new SourceColumn(file, name, parse.type(), Optional.empty(), parse.type(), read.decimals(), note);
        }
        boolean lenient = read.read() < read.filled();
        String tried = lenient ? parse.leniently(sql) : parse.strictly(sql);
        String expression = odd.stream().anyMatch(word -> word.strip().equalsIgnoreCase("nan"))
                ? "nullif(" + tried + ", 'nan'::DOUBLE)"
                : tried;
        if (parse == Parse.ZONED) {
            note = note.or(() -> Optional.of("in UTC"));
        }
        return new SourceColumn(file, name, "VARCHAR", Optional.of(expression), parse.type(), read.decimals(), note);
    }

    private List<String> oddOnes(Guess guess) {
        String text = Duck.identifier(guess.column().name());
        return spellings(
                guess.column().name(),
                "(" + isNothing(text) + " OR (" + guess.parse().attempt(text) + ") IS NULL)");
    }

    private static String spelled(List<String> odd) {
        return odd.stream().allMatch(String::isBlank)
                ? "blank"
                : Said.some(odd.stream().map(Said::value).toList(), 3);
    }
}
