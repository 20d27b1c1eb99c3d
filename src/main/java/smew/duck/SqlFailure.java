package smew.duck;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.SmewException;

/** Says in the analyst's words what DuckDB refused. */
final class SqlFailure {

    private static final Pattern LINE = Pattern.compile("^LINE (\\d+): ", Pattern.MULTILINE);
    private static final Pattern CSV_LINE = Pattern.compile("CSV Error on Line: (\\d+)");
    private static final Pattern CSV_FILE = Pattern.compile("^  file = (.*)$", Pattern.MULTILINE);
    private static final Pattern CSV_VALUE = Pattern.compile(
            "Error when converting column \"(.*)\"\\. Could not convert string \"(.*)\" to '(.*)'", Pattern.DOTALL);
    private static final Pattern CSV_WIDTH = Pattern.compile("Expected Number of Columns: (\\d+) Found: (\\d+)");
    private static final Pattern SNIFFED = Pattern.compile("Error when sniffing file \"(.*)\"");
    private static final Pattern SNIFFED_WIDTH =
            Pattern.compile("they contain: (\\d+) columns\\. .*number of columns found by the sniffer: (\\d+)");
    private static final Pattern ABSENT =
            Pattern.compile("COLUMN_TYPES error: Columns with names: (.*) do not exist in the CSV File");
    private static final Pattern GZIP = Pattern.compile("(?:GZIP|gzip|zstd|ZSTD)[^:]*: (.*)");

    private SqlFailure() {}

    static SmewException of(SQLException failed, Origin origin) {
        String message = String.valueOf(failed.getMessage());
        Matcher line = LINE.matcher(message);
        String place = line.find() ? origin.place(Integer.parseInt(line.group(1))) : origin.path();
        Optional<String> input = input(message, place);
        if (input.isPresent()) {
            return failure(Fault.DATA, origin, place, input.get(), failed);
        }
        String found = message.lines()
                .takeWhile(text -> !text.startsWith("LINE "))
                .filter(text -> !text.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "));
        String closed = found.endsWith(".") || found.endsWith("!") || found.endsWith("?") ? found : found + ".";
        return failure(
                fault(message), origin, place, origin.doing() + " " + place + ": " + closed + advice(message), failed);
    }

    private static SmewException failure(
            Fault fault, Origin origin, String place, String message, SQLException failed) {
        return origin.isOfEngine()
                ? new SmewException(fault, message, failed)
                : SmewException.at(fault, place, message, failed);
    }

    /** What is wrong with an input file, if it is that. */
    private static Optional<String> input(String message, String place) {
        Matcher sniffed = SNIFFED.matcher(message);
        if (sniffed.find()) {
            Matcher width = SNIFFED_WIDTH.matcher(message);
            String found = width.find()
                    ? "found " + width.group(2) + " columns, expected " + width.group(1)
                    : "its rows do not look like one CSV table";
            return Optional.of("Reading " + sniffed.group(1) + ": " + found
                    + ". Check that the file is whole and that its delimiter, header and columns are those that read_csv in "
                    + place + " names.");
        }
        Matcher absent = ABSENT.matcher(message);
        if (absent.find()) {
            return Optional.of("Reading the CSV file of " + place + ": it has no column "
                    + absent.group(1).replace("\"", "").replace(",", ", ")
                    + ", which types = {...} names. Bring the column back, or take its new name into " + place + ".");
        }
        Matcher gzip = GZIP.matcher(message.lines().findFirst().orElse(""));
        if (gzip.find()) {
            return Optional.of("Reading " + gzip.group(1)
                    + ": the compressed file is damaged or cut short. Fetch or write it again; it is read by " + place
                    + ".");
        }
        Matcher line = CSV_LINE.matcher(message);
        if (!line.find()) {
            return Optional.empty();
        }
        Matcher file = CSV_FILE.matcher(message);
        String where = "Reading " + (file.find() ? file.group(1) : "a CSV file") + " line " + line.group(1) + ": ";
        return Optional.of(where + row(message, place));
    }

    private static String row(String message, String place) {
        Matcher value = CSV_VALUE.matcher(message);
        if (value.find()) {
            return "column " + value.group(1) + " holds '" + value.group(2) + "', expected " + value.group(3)
                    + ". Fix the row, or add nullstr='" + value.group(2) + "' to read_csv in " + place + ".";
        }
        Matcher width = CSV_WIDTH.matcher(message);
        if (width.find()) {
            return "found " + width.group(2) + " columns, expected " + width.group(1)
                    + ". Fix the row, or add null_padding=true to read_csv in " + place + " if short rows are meant.";
        }
        if (message.contains("not utf-8")) {
            return "the text is not UTF-8. Convert the file, or add encoding='latin-1' (or what it is) to read_csv in "
                    + place + ".";
        }
        String cause = message.lines()
                .skip(2)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("the row cannot be read");
        return cause + " Fix the row; the file is read by " + place + ".";
    }

    private static Fault fault(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("permission denied") || lower.contains("read-only")) {
            return Fault.OUTSIDE;
        }
        if (lower.contains("could not set lock on file")) {
            return Fault.NOT_READY;
        }
        if (lower.contains("could not write") || lower.contains("quota exceeded")) {
            return Fault.OUTSIDE;
        }
        if (message.startsWith("INTERNAL") || message.startsWith("FATAL")) {
            return Fault.INTERNAL;
        }
        boolean data = message.startsWith("Conversion")
                || message.startsWith("Invalid Input")
                || message.startsWith("Out of Range")
                || message.startsWith("Constraint")
                || message.startsWith("IO Error");
        return data ? Fault.DATA : Fault.CONFIGURATION;
    }

    private static String advice(String message) {
        if (message.startsWith("Out of Memory")) {
            return " Give the engine more with --memory.";
        }
        if (message.toLowerCase(Locale.ROOT).contains("no space left")) {
            return " Free some space, or give --store a folder on another disk.";
        }
        return "";
    }
}
