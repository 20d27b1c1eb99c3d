package smew.project;

import java.util.regex.Pattern;

/** What a SELECT can know the present day from. */
public final class PresentDay {

    private static final Pattern TODAY = Pattern.compile(
            "\\bgetvariable\\s*\\(\\s*'as_of'\\s*\\)|\\b(current_date|current_timestamp|localtimestamp"
                    + "|current_localtimestamp|get_current_timestamp|transaction_timestamp|now|today)\\b|\\bage\\s*\\(",
            Pattern.CASE_INSENSITIVE);

    private PresentDay() {}

    /** Whether a SELECT asks for it. */
    public static boolean isAskedBy(SqlFile file) {
        return TODAY.matcher(file.sql()).find();
    }
}
