package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * The rows of the file as a table {@code raw}: text where it is CSV, typed as they are where it is Parquet.
 *
 * @param format how the file is read
 * @param columns in their order
 */
record RawFile(DataFile file, Format format, long rows, List<Column> columns) {

    static final String TABLE = "raw";

    /**
     * One column.
     *
     * @param name as DuckDB has it
     * @param type as DuckDB guesses it from the first rows, or as Parquet has it
     */
    record Column(String name, String type) {}

    /** How the file is read. */
    sealed interface Format {}

    /**
     * Text.
     *
     * @param options of read_csv, {@code delim = ','}, in the order in which they are written
     * @param header whether the first line has names
     * @param encoding where it is not UTF-8
     */
    record Csv(List<String> options, boolean header, Optional<String> encoding) implements Format {}

    /** Typed already. */
    record Parquet() implements Format {}

    static RawFile load(Duck duck, DataFile file, Progress progress) {
        return file.parquet() ? parquet(duck, file) : csv(duck, file, progress);
    }

    private static RawFile parquet(Duck duck, DataFile file) {
        Origin origin = Origin.engine("Reading", file.shown());
        duck.execute("CREATE VIEW raw AS FROM read_parquet(" + Duck.literal(file.pattern()) + ")", origin);
        List<Column> columns =
                duck.texts("SELECT column_name || chr(0) || column_type FROM (DESCRIBE raw)", origin).stream()
                        .map(text -> text.split("\0", 2))
                        .map(parts -> new Column(parts[0], parts[1]))
                        .toList();
        return filled(new RawFile(file, new Parquet(), duck.count("SELECT count(*) FROM raw", origin), columns));
    }

    private static RawFile csv(Duck duck, DataFile file, Progress progress) {
        Optional<String> encoding = encoding(duck, file);
        String first = Duck.literal(file.files().getFirst().toString());
        String encoded =
                encoding.map(name -> ", encoding = " + Duck.literal(name)).orElse("");
        Origin origin = Origin.engine("Reading", file.shown());
        List<String> dialect = duck.texts(
                "SELECT unnest([HasHeader::VARCHAR, Delimiter, Quote, Escape, Comment, SkipRows::VARCHAR]) FROM sniff_csv("
                        + first + encoded + ")",
                origin);
        boolean header = Boolean.parseBoolean(dialect.getFirst());
        List<String> options = new ArrayList<>(List.of("header = " + header));
        option(options, "delim", dialect.get(1));
        // An empty answer says that no value was quoted so far.
        option(options, "quote", set(dialect.get(2)) ? dialect.get(2) : "\"");
        option(options, "escape", set(dialect.get(3)) ? dialect.get(3) : "\"");
        option(options, "comment", dialect.get(4));
        if (!dialect.get(5).equals("0")) {
            options.add("skip = " + dialect.get(5));
        }
        encoding.ifPresent(name -> options.add("encoding = " + Duck.literal(name)));
        List<Column> columns = duck
                .texts(
                        "SELECT c.name || chr(0) || c.type FROM (SELECT unnest(Columns) AS c FROM sniff_csv(" + first
                                + encoded + "))",
                        origin)
                .stream()
                .map(text -> text.split("\0", 2))
                .map(parts -> new Column(parts[0], parts[1]))
                .toList();
        refuseDoubled(file, columns);
        try (Progress.Step step = progress.start("reading " + file.shown())) {
            long rows = duck.execute(
                    "CREATE TABLE raw AS FROM read_csv(" + Duck.literal(file.pattern()) + ", all_varchar = true, "
                            + String.join(", ", options) + ")",
                    origin,
                    step);
            step.result(Said.count(rows) + " rows");
            return filled(new RawFile(file, new Csv(options, header, encoding), rows, columns));
        }
    }

    private static boolean set(String option) {
        return !option.isEmpty() && !option.equals("(empty)");
    }

    private static void option(List<String> options, String name, String value) {
        if (set(value)) {
            options.add(name + " = " + (value.equals("\t") ? "'\\t'" : Duck.literal(value)));
        }
    }

    /** Empty for UTF-8. */
    private static Optional<String> encoding(Duck duck, DataFile file) {
        String first = Duck.literal(file.files().getFirst().toString());
        Origin origin = Origin.engine("Reading", file.shown());
        try {
            duck.texts("SELECT HasHeader::VARCHAR FROM sniff_csv(" + first + ")", origin);
            return Optional.empty();
        } catch (SmewException failed) {
            if (!failed.getMessage().contains("UTF-8")) {
                throw failed;
            }
            duck.texts("SELECT HasHeader::VARCHAR FROM sniff_csv(" + first + ", encoding = 'latin-1')", origin);
            return Optional.of("latin-1");
        }
    }

    private static void refuseDoubled(DataFile file, List<Column> columns) {
        Set<String> seen = new HashSet<>();
        List<String> doubled = columns.stream()
                .map(Column::name)
                .filter(name -> !seen.add(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!doubled.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + file.shown() + ": several columns are named " + Said.list(doubled) + ". Rename them.");
        }
    }

    private static RawFile filled(RawFile raw) {
        if (raw.rows() == 0) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading " + raw.file().shown() + ": there are no rows below the header ("
                            + Said.some(raw.names(), 10) + "), expected some to look at.");
        }
        return raw;
    }

    List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** What was read, in one line. */
    String described() {
        String kind = switch (format) {
            case Csv csv ->
                "CSV"
                        + (csv.header() ? "" : " without a header (columns are column0, column1, …)")
                        + csv.options().stream()
                                .filter(option -> !option.matches("(header|quote|escape) .*|delim = ','"))
                                .collect(joining(", ", ", ", ""))
                                .replaceFirst("^, $", "");
            case Parquet _ -> "Parquet";
        };
        String many =
                file.files().size() == 1 ? "" : " in " + Said.count(file.files().size()) + " files";
        return Said.line(file.shown()) + ": " + kind + ", " + Said.count(rows) + " rows of "
                + Said.count(columns.size()) + " columns" + many;
    }
}
