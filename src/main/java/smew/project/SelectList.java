package smew.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Cuts the list of the outermost SELECT into its columns; DuckDB's parser does not tell of comments. */
final class SelectList {

    /** What ends a list, unless it is part of an expression or a name. */
    private static final Set<String> ENDS = Set.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "WINDOW",
            "QUALIFY",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "USING");

    private final String text;
    private final List<Item> items = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private int depth;
    private boolean inside;
    private boolean ended;
    /** Where the last token that is no comment ended. */
    private int end;

    private @Nullable String comment;

    /**
     * One column.
     *
     * @param comment at the end of the line on which the column ends, without its dashes
     */
    record Item(String name, Optional<String> comment) {}

    private SelectList(String text) {
        this.text = text;
    }

    /** The columns that have a name of their own, in order. */
    static List<Item> of(SqlText sql) {
        SelectList list = new SelectList(sql.text());
        Matcher token = SqlText.TOKEN.matcher(list.text);
        for (int at = 0; !list.ended && token.find(at); ) {
            at = token.end();
            if (token.group("line") != null) {
                list.comment(token.start(), token.group());
            } else if (token.group("block") != null) {
                int closed = SqlText.endOfBlock(list.text, token.start());
                at = closed < 0 ? list.text.length() : closed;
            } else if (token.group("dollar") != null) {
                int closing = list.text.indexOf(token.group("dollar"), at);
                at = closing < 0
                        ? list.text.length()
                        : closing + token.group("dollar").length();
                list.token("$", at);
            } else if (token.group("blank") == null) {
                list.token(token.group(), at);
            }
        }
        list.finish();
        return list.items;
    }

    private void token(String token, int to) {
        depth -= token.equals(")") || token.equals("]") || token.equals("}") ? 1 : 0;
        if (depth == 0) {
            String word = token.toUpperCase(Locale.ROOT);
            if (!inside) {
                inside = word.equals("SELECT");
            } else if (word.equals(",")) {
                finish();
            } else if (word.equals(";") || (ENDS.contains(word) && !isWithin(word))) {
                ended = true;
            } else {
                tokens.add(token);
                // What follows a comment belongs to the same column: the comment stands in the middle of it.
                comment = null;
            }
        }
        depth += token.equals("(") || token.equals("[") || token.equals("{") ? 1 : 0;
        end = to;
    }

    /** {@code IS DISTINCT FROM}, {@code WITHIN GROUP}, {@code AS limit}, {@code history.order}. */
    private boolean isWithin(String word) {
        String before = tokens.isEmpty() ? "" : tokens.getLast().toUpperCase(Locale.ROOT);
        return (word.equals("FROM") && before.equals("DISTINCT"))
                || (word.equals("GROUP") && before.equals("WITHIN"))
                || before.equals("AS")
                || before.equals(".");
    }

    private void comment(int from, String written) {
        boolean sameLine = text.indexOf('\n', end) >= from;
        if (!inside || depth > 0 || !sameLine) {
            return;
        }
        String said = written.replaceFirst("^--+", "").strip();
        if (!tokens.isEmpty()) {
            comment = said;
        } else if (!items.isEmpty() && items.getLast().comment().isEmpty()) {
            items.add(new Item(items.removeLast().name(), Optional.of(said)));
        }
    }

    /** Ends a column, at a comma or at the end of the list. */
    private void finish() {
        items.add(new Item(name(), Optional.ofNullable(comment)));
        tokens.clear();
        comment = null;
    }

    /** Its alias, or the last name in it; empty text where there is none. */
    private String name() {
        boolean aliasFirst =
                tokens.size() > 2 && tokens.get(1).equals(":") && !tokens.get(2).equals(":");
        String name = tokens.isEmpty() ? "" : aliasFirst ? tokens.getFirst() : tokens.getLast();
        return ColumnComments.isName(name) ? ColumnComments.unquoted(name) : "";
    }
}
