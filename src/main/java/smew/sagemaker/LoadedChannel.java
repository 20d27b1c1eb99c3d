package smew.sagemaker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.CsvInspection;
import smew.duck.Duck;
import smew.duck.Origin;

/** One channel as a table of DuckDB. */
final class LoadedChannel {

    /** RFC 4180, as text/csv has it: a guess would take a ragged file for one of a single column. */
    private static final String DIALECT = ", delim = ',', quote = '\"', escape = '\"', skip = 0, union_by_name = true";

    private final Duck duck;
    private final ChannelFiles files;
    private final String name;
    private Map<String, String> types = Map.of();

    LoadedChannel(Duck duck, ChannelFiles files) {
        this.duck = duck;
        this.files = files;
        this.name = files.channel().name();
    }

    Origin origin() {
        return Origin.engine("Reading", "channel " + name);
    }

    String table() {
        return Duck.identifier(name);
    }

    /** Types by column, in the order of the files. */
    Map<String, String> types() {
        return types;
    }

    Optional<String> label() {
        return files.format() instanceof Channel.Format.Csv csv && csv.labelFirst()
                ? types.keySet().stream().findFirst()
                : Optional.empty();
    }

    /**
     * Makes the table.
     *
     * @param expected types by column of the rows that these have to go with
     */
    void load(Map<String, String> expected, Progress progress) {
        try (Progress.Step step = progress.start("channel " + name)) {
            Map<String, String> columns = checkedColumns();
            Map<String, String> forced = new LinkedHashMap<>(expected);
            // Numbers are left as they are found: a held-out 2.5 is no reason to round, nor a 2 to be text.
            forced.entrySet().removeIf(column -> isNumber(column.getValue()) || !columns.containsKey(column.getKey()));
            long rows = duck.execute(
                    "CREATE TABLE " + table() + " AS FROM " + relation(files.files(), columns, forced, true),
                    origin(),
                    step);
            if (rows == 0) {
                throw new SmewException(
                        Fault.DATA, "Reading channel " + name + ": its files hold no rows. Check the job's S3Uri.");
            }
            types = columns("FROM " + table());
            step.result(String.format(java.util.Locale.ROOT, "%,d rows", rows));
        } catch (SmewException failed) {
            throw explain(failed);
        }
    }

    /** The columns that every file has; each must have the same, because a missing one would be read as nulls. */
    private Map<String, String> checkedColumns() {
        Map<String, String> first = Map.of();
        for (Path file : files.files()) {
            Map<String, String> columns = columns("FROM " + relation(List.of(file), Map.of(), Map.of(), false));
            if (first.isEmpty()) {
                first = columns;
            } else if (!columns.keySet().equals(first.keySet())) {
                throw new SmewException(
                        Fault.DATA,
                        "Reading " + file + ": its columns are " + String.join(", ", columns.keySet())
                                + ", and those of "
                                + files.files().getFirst() + " are " + String.join(", ", first.keySet())
                                + ". Expected the same columns in every file of channel " + name + ".");
            }
        }
        return isHeaderless() ? made(first) : first;
    }

    private boolean isHeaderless() {
        return files.format() instanceof Channel.Format.Csv csv && !csv.header();
    }

    /** {@code label, c1, c2}: names by position for what has none. */
    private static Map<String, String> made(Map<String, String> columns) {
        Map<String, String> made = new LinkedHashMap<>();
        columns.values().forEach(type -> made.put(made.isEmpty() ? "label" : "c" + made.size(), type));
        return made;
    }

    private String relation(
            List<Path> paths, Map<String, String> columns, Map<String, String> forced, boolean everyRow) {
        String list =
                paths.stream().map(path -> Duck.literal(path.toString())).collect(Collectors.joining(", ", "[", "]"));
        return switch (files.format()) {
            case Channel.Format.Parquet() -> "read_parquet(" + list + ", union_by_name = true)";
            case Channel.Format.Csv csv ->
                "read_csv(" + list + ", header = " + csv.header() + DIALECT
                        + (files.gzipped() ? ", compression = 'gzip'" : "")
                        + (isHeaderless() && !columns.isEmpty() ? ", names = " + names(columns) : "")
                        // A folder named key=value would be a column more than there are names.
                        + (isHeaderless() ? ", hive_partitioning = false" : "")
                        + (forced.isEmpty() ? "" : ", types = " + pairs(forced))
                        // By default types are guessed from the first 20,480 rows, and a later 2.5 is an error.
                        + (everyRow ? ", sample_size = -1" : "") + ")";
        };
    }

    private static String names(Map<String, String> columns) {
        return columns.keySet().stream().map(Duck::literal).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String pairs(Map<String, String> types) {
        return types.entrySet().stream()
                .map(type -> Duck.literal(type.getKey()) + ": " + Duck.literal(type.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Map<String, String> columns(String select) {
        Map<String, String> columns = new LinkedHashMap<>();
        duck.texts("SELECT column_name || chr(0) || column_type FROM (DESCRIBE " + select + ")", origin())
                .forEach(column -> columns.put(
                        column.substring(0, column.indexOf('\0')), column.substring(column.indexOf('\0') + 1)));
        return columns;
    }

    /** The columns of another table, out of this one and in types that go with them. */
    String select(LoadedChannel train) {
        Map<String, String> cast = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        train.types.forEach((column, wanted) -> {
            String found = types.get(column);
            boolean both = found != null && isNumber(found) && isNumber(wanted);
            String identifier = Duck.identifier(column);
            if (found == null) {
                problems.add(new Problem(
                        "channel " + name, "it has no column " + column + ", which channel " + train.name + " has."));
            } else if (!found.equals(wanted) && !both) {
                if (count("count(" + identifier + ")") > 0) {
                    problems.add(new Problem(
                            "channel " + name,
                            "column " + column + " is " + found + ", and " + wanted + " in channel " + train.name
                                    + ". Expected the same type in both."));
                }
                cast.put(column, "NULL::" + wanted + " AS " + identifier);
            }
        });
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Reading the rows to evaluate on", problems);
        }
        return train.types.keySet().stream()
                .map(column -> cast.getOrDefault(column, Duck.identifier(column)))
                .collect(Collectors.joining(", "));
    }

    /** One word among numbers makes a column of text, and the model would learn its numbers as categories. */
    void warnOfNumbers(Consumer<String> warn) {
        types.forEach((column, type) -> {
            String identifier = Duck.identifier(column);
            if (type.equals("VARCHAR") && files.format() instanceof Channel.Format.Csv) {
                long values = count("count(" + identifier + ")");
                long numbers = count("count(TRY_CAST(" + identifier + " AS DOUBLE))");
                if (numbers < values && numbers > 0.9 * values) {
                    String other = duck.texts(
                                    "SELECT min(" + identifier + ") FROM " + table() + " WHERE TRY_CAST(" + identifier
                                            + " AS DOUBLE) IS NULL",
                                    origin())
                            .getFirst();
                    warn.accept("Column " + column + " of channel " + name + " is learned as a category, because "
                            + (values - numbers) + " of its " + values + " values are no numbers, such as '" + other
                            + "'.");
                }
            }
        });
    }

    private long count(String aggregate) {
        return duck.count("SELECT " + aggregate + " FROM " + table(), origin());
    }

    /** Without advice on SQL that nobody wrote, and with the line of a bad row that DuckDB does not name. */
    private SmewException explain(SmewException failed) {
        boolean csv = files.format() instanceof Channel.Format.Csv;
        if (failed.fault() != Fault.DATA || !csv) {
            return failed;
        }
        String message = failed.getMessage();
        if (message.startsWith("Reading ") && !message.contains(" line ")) {
            List<Problem> bad = new ArrayList<>();
            files.files()
                    .forEach(file -> CsvInspection.firstBadRow(file)
                            .ifPresent(found -> bad.add(new Problem(
                                    "Reading " + file, found + ". Fix the row, or check that the file is whole."))));
            if (!bad.isEmpty()) {
                return SmewException.of(Fault.DATA, "Reading the files of channel " + name, bad);
            }
        }
        return new SmewException(
                Fault.DATA,
                message.replaceFirst(", or add .* to read_csv in channel .*$", ".")
                        .replaceFirst(
                                "Check that .* read_csv in channel .*$",
                                "Check that the file is whole, in UTF-8, and has commas between its columns."),
                failed);
    }

    private static boolean isNumber(String type) {
        return type.endsWith("INT")
                || type.endsWith("INTEGER")
                || type.startsWith("DECIMAL")
                || type.equals("FLOAT")
                || type.equals("DOUBLE");
    }
}
