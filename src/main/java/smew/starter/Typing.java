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
import smew.duck.Duck;
import smew.duck.Origin;
import smew.starter.StarterProject.Assumption;

/** Decides what text means: numbers, dates and truths where nearly all values are, and which values stand for none. */
final class Typing {

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
        Guessing guessing = new Guessing(duck, raw, assumptions);
        Map<String, Guessing.Guess> guesses = guessing.guesses(texts);
        Map<String, Guessing.Read> reads = guessing.reads(guesses);
        Map<String, Guessing.Guess> sure = new LinkedHashMap<>();
        guesses.forEach((name, guess) -> {
            Guessing.Read read = reads.get(name);
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
            Guessing.Guess guess = sure.get(column.name());
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

    /** What read_csv may take for null in every column: blanks, and words that no column of text uses for something. */
    private void collectNothing(
            Map<String, Guessing.Guess> sure, Map<String, Guessing.Read> reads, List<RawFile.Column> texts) {
        if (raw.format() instanceof RawFile.Parquet) {
            return;
        }
        Set<String> words = new TreeSet<>();
        sure.forEach((name, guess) -> {
            Guessing.Read read = Objects.requireNonNull(reads.get(name));
            if (read.empty() > 0 && read.wrong() == 0 && guess.parse().plain()) {
                words.addAll(spellings(name, Guessing.isNothing(Duck.identifier(name))));
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

    private SourceColumn typed(Guessing.Guess guess, String name, Guessing.Read read) {
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
        if (parse.equals(Parse.ZONED)) {
            note = note.or(() -> Optional.of("in UTC"));
        }
        return new SourceColumn(file, name, "VARCHAR", Optional.of(expression), parse.type(), read.decimals(), note);
    }

    private List<String> oddOnes(Guessing.Guess guess) {
        String text = Duck.identifier(guess.column().name());
        return spellings(
                guess.column().name(),
                "(" + Guessing.isNothing(text) + " OR (" + guess.parse().attempt(text) + ") IS NULL)");
    }

    private static String spelled(List<String> odd) {
        return odd.stream().allMatch(String::isBlank)
                ? "blank"
                : Said.some(odd.stream().map(Said::value).toList(), 3);
    }
}
