package smew.project;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a SELECT can know the present day from. */
public final class PresentDay {

    private static final Pattern AS_OF =
            Pattern.compile("\\bgetvariable\\s*\\(\\s*'as_of'\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK = Pattern.compile(
            "\\b(current_date|current_time|current_timestamp|localtime|localtimestamp|current_localtime"
                    + "|current_localtimestamp|get_current_time|get_current_timestamp|transaction_timestamp|now|today)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern AGE = Pattern.compile("\\bage \\(", Pattern.CASE_INSENSITIVE);

    private PresentDay() {}

    /** Whether a SELECT asks for it. */
    public static boolean isAskedBy(SqlFile file) {
        return asksForAsOf(file) || asksTheClock(file);
    }

    /** Whether a SELECT asks for the date that the run pretends to be today. */
    public static boolean asksForAsOf(SqlFile file) {
        return AS_OF.matcher(SqlCode.of(file.sql())).find();
    }

    /** Whether a SELECT asks what day it really is; a column of such a name counts, too. */
    public static boolean asksTheClock(SqlFile file) {
        String code = SqlCode.of(file.sql());
        if (CLOCK.matcher(code).find()) {
            return true;
        }
        Matcher age = AGE.matcher(code);
        while (age.find()) {
            if (!hasTwoArguments(code, age.end())) {
                return true;
            }
        }
        return false;
    }

    /** DuckDB's age of one argument counts from today. Where text is among them, nobody looked: the answer is then no. */
    private static boolean hasTwoArguments(String code, int start) {
        int depth = 0;
        for (int at = start; at < code.length(); at++) {
            switch (code.charAt(at)) {
                case '(', '[', '{' -> depth++;
                case ')', ']', '}' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                case '\'', '"' -> {
                    return false;
                }
                default -> {}
            }
            if (depth < 0) {
                return false;
            }
        }
        return false;
    }
}
