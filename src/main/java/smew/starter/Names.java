package smew.starter;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import smew.duck.Duck;
import smew.duck.Origin;

/**
 * Names as SQL, directives and comments write them: quoted where they have to be, and only there.
 *
 * @param keywords in lower case, those that cannot be the name of a column without quotes
 * @param reserved of these, those that cannot be the name of a relation either
 */
record Names(Set<String> keywords, Set<String> reserved) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** As directives have them. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    /** Words that mean a value of the session where no column has the name, and are no keywords. */
    private static final Set<String> VALUES = Set.of(
            "user",
            "current_user",
            "session_user",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_schema",
            "current_catalog");

    static Names of(Duck duck) {
        Origin origin = Origin.engine("Asking for", "the words of SQL");
        List<String> keywords = duck.texts(
                "SELECT DISTINCT keyword_name FROM duckdb_keywords() WHERE keyword_category <> 'unreserved'", origin);
        List<String> reserved = duck.texts(
                "SELECT DISTINCT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')",
                origin);
        Set<String> quoted = new HashSet<>(keywords);
        quoted.addAll(VALUES);
        return new Names(quoted, Set.copyOf(reserved));
    }

    /** A column in SQL. */
    String sql(String column) {
        boolean plain = PLAIN.matcher(column).matches() && !keywords.contains(column.toLowerCase(Locale.ROOT));
        return plain ? column : Duck.identifier(column);
    }

    /** A column in a directive. */
    static String directive(String column) {
        return WORD.matcher(column).matches() ? column : Duck.identifier(column);
    }

    /**
     * A name that a file and its relation can have, of whatever is written.
     *
     * @param suffix goes behind a name that is a word of SQL or taken
     */
    String relation(String wanted, Set<String> taken, String suffix) {
        String letters = java.text.Normalizer.normalize(wanted, java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]+", "_")
                .replaceAll("^_+|_+$", "");
        String named = letters.isEmpty() ? "data" : letters;
        String begun = Character.isDigit(named.charAt(0)) ? "data_" + named : named;
        boolean free = !reserved.contains(begun) && !begun.equals("as_of") && !taken.contains(begun);
        String unused = free ? begun : begun + suffix;
        for (int number = 2; taken.contains(unused); number++) {
            unused = begun + suffix + "_" + number;
        }
        return unused;
    }

    /** Names that are handed out once, upper and lower case being the same. */
    static final class Unused {

        private final Set<String> used = new HashSet<>();

        Unused(List<String> used) {
            used.forEach(name -> this.used.add(name.toLowerCase(Locale.ROOT)));
        }

        /** The wanted name, with a number behind it if it was used before. */
        String name(String wanted) {
            String name = wanted;
            for (int number = 2; !used.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = wanted + "_" + number;
            }
            return name;
        }
    }
}
