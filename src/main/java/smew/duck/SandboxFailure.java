package smew.duck;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Objects;
import java.util.stream.Collectors;
import smew.base.Fault;
import smew.base.SmewException;

/** What went wrong with a stranger's query, told without anything of this machine. */
public final class SandboxFailure {

    private static final int LONGEST_MESSAGE = 500;

    private static final String EXHAUSTED = " Narrow it down, or ask with `smew sql` on the machine itself.";

    private SandboxFailure() {}

    /** Says what DuckDB refused without a file of this machine, and without what DuckDB says of its own inside. */
    static SmewException of(SQLException failed, Sandbox.Question question) {
        String message = Objects.requireNonNullElse(failed.getMessage(), "");
        if (isTime(failed)) {
            return tooSlow(question.timeMillis(), failed);
        }
        if (isMemory(failed)) {
            return tooMuchMemory(question.memoryBytes(), failed);
        }
        String found = isInside(message) ? "DuckDB failed at it" : told(message, question);
        String closed = found.endsWith(".") || found.endsWith("!") || found.endsWith("?") ? found : found + ".";
        return new SmewException(Fault.USAGE, "Running the query" + line(message) + ": " + closed, failed);
    }

    private static String told(String message, Sandbox.Question question) {
        Path folder = Path.of(question.database()).toAbsolutePath().getParent();
        String found = message.lines()
                .takeWhile(text -> !text.startsWith("LINE "))
                .filter(text -> !text.isBlank())
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replace(question.database(), "the warehouse")
                .replace(String.valueOf(folder), "the store");
        return found.length() <= LONGEST_MESSAGE ? found : found.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** The query stands on lines of its own, below the first of ours. */
    private static String line(String message) {
        return message.lines()
                .filter(text -> text.matches("LINE \\d{1,9}: .*"))
                .map(text -> Integer.parseInt(text.substring(5, text.indexOf(':'))) - 1)
                .filter(line -> line > 0)
                .findFirst()
                .map(line -> " line " + line)
                .orElse("");
    }

    /** What is said of a query that was stopped. */
    public static SmewException tooSlow(long timeMillis, Throwable cause) {
        return new SmewException(
                Fault.USAGE,
                "Running the query: it was stopped after " + timeMillis / 1e3 + " s, which is the limit of this server."
                        + EXHAUSTED,
                cause);
    }

    /** What is said of a query that needed more memory. */
    public static SmewException tooMuchMemory(long memoryBytes, Throwable cause) {
        return new SmewException(
                Fault.USAGE,
                "Running the query: it needs more than " + memoryBytes / 1_000_000
                        + " MB of memory, which is the limit of this server." + EXHAUSTED,
                cause);
    }

    /** Whether such a failure leaves the process without the room or the quiet that the next query needs. */
    public static boolean isExhausting(SmewException failed) {
        return failed.getCause() instanceof SQLException sql
                && (isTime(sql) || isMemory(sql) || isInside(String.valueOf(sql.getMessage())));
    }

    private static boolean isTime(SQLException failed) {
        return failed instanceof SQLTimeoutException
                || String.valueOf(failed.getMessage()).startsWith("INTERRUPT");
    }

    private static boolean isMemory(SQLException failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("Out of Memory") || message.contains("Java heap space");
    }

    private static boolean isInside(String message) {
        return message.startsWith("INTERNAL") || message.startsWith("FATAL") || message.contains("Stack Trace");
    }
}
