package smew.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What comments of one file say of the columns of its SELECT: lines {@code -- NAME: text} at its top, and comments at the end of the
 * line on which a column of the outermost SELECT ends. Of two about one column the one at the top counts, as it was written to describe
 * and not to explain a detail of the SQL.
 */
final class ColumnComments {

    private static final String NAME = "(?:[\\p{L}_][\\p{L}\\p{N}_]*|\"(?:[^\"]|\"\")+\")";

    /** {@code age: whole years}, also of several columns; a line of prose looks like this only after a single word. */
    private static final Pattern LEADING = Pattern.compile("(" + NAME + "(?:\\s*,\\s*" + NAME + ")*):\\s+(\\S.*)");

    private static final Pattern ONE_NAME = Pattern.compile(NAME);

    /** A line that goes on with the one before, because it stands further in. */
    private static final Pattern CONTINUED = Pattern.compile("\\s{2,}(\\S.*)");

    private ColumnComments() {}

    /**
     * Finds them.
     *
     * @param description the comment at the top, without directives
     * @return texts by the lower-case names of columns
     */
    static Map<String, String> of(String description, SqlText text) {
        Map<String, String> comments = new HashMap<>();
        for (SelectList.Item item : SelectList.of(text)) {
            item.comment()
                    .filter(said -> !said.isEmpty() && !item.name().isEmpty())
                    .ifPresent(said -> comments.put(key(item.name()), said));
        }
        comments.putAll(leading(description));
        return comments;
    }

    /** Names of columns are the same in upper and lower case. */
    static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> leading(String description) {
        Map<String, String> comments = new HashMap<>();
        List<String> names = List.of();
        for (String line : description.lines().toList()) {
            Matcher leading = LEADING.matcher(line);
            Matcher continued = CONTINUED.matcher(line);
            if (leading.matches()) {
                names = names(leading.group(1));
                names.forEach(name -> comments.put(name, leading.group(2).strip()));
            } else if (continued.matches()) {
                names.forEach(
                        name -> comments.merge(name, continued.group(1).strip(), (text, more) -> text + " " + more));
            } else {
                names = List.of();
            }
        }
        return comments;
    }

    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        Matcher name = ONE_NAME.matcher(list);
        while (name.find()) {
            names.add(key(unquoted(name.group())));
        }
        return names;
    }

    static boolean isName(String token) {
        return ONE_NAME.matcher(token).matches();
    }

    /** A name without quotes. */
    static String unquoted(String name) {
        return name.startsWith("\"") && name.endsWith("\"") && name.length() > 1
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
