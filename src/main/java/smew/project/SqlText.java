package smew.project;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of one SQL file, cut just far enough to tell comments, strings and statements apart; DuckDB parses the rest.
 *
 * @param text with {@code \n} at the end of every line
 * @param comments where {@code --} comments start
 * @param statements where statements start
 * @param semicolons where statements end
 */
record SqlText(String text, List<Integer> comments, List<Integer> statements, List<Integer> semicolons) {

    /** Tries longer openings first; the last alternative is any character. */
    static final Pattern TOKEN = Pattern.compile("""
            (?<line>--[^\\n]*)|(?<block>/\\*)|(?<text>(?<![\\p{L}\\p{N}_])[eE]'(?:[^'\\\\]|\\\\.|'')*+'?|'[^']*+'?)\
            |(?<quoted>"[^"]*+"?)|(?<dollar>\\$(?<tag>[\\p{L}\\p{N}_]*)\\$)|(?<end>;)|(?<word>[\\p{L}\\p{N}_]++)|(?<blank>\\s+)|(?<other>.)""", Pattern.DOTALL);

    private static final Pattern BLOCK_EDGE = Pattern.compile("/\\*|\\*/");

    static SqlText of(String raw) {
        String unmarked = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
        String lines = unmarked.replace("\r\n", "\n").replace('\r', '\n');
        String text = lines.endsWith("\n") ? lines : lines + "\n";
        List<Integer> comments = new ArrayList<>();
        List<Integer> statements = new ArrayList<>();
        List<Integer> semicolons = new ArrayList<>();
        boolean open = false;
        Matcher token = TOKEN.matcher(text);
        for (int at = 0; token.find(at); ) {
            at = token.end();
            if (token.group("line") != null) {
                comments.add(token.start());
            } else if (token.group("block") != null) {
                int closed = endOfBlock(text, token.start());
                if (closed < 0) {
                    // DuckDB says best what is wrong with a comment that stays open.
                    statements.add(token.start());
                }
                at = closed < 0 ? text.length() : closed;
            } else if (token.group("end") != null) {
                semicolons.add(token.start());
                open = false;
            } else if (token.group("blank") == null) {
                if (!open) {
                    statements.add(token.start());
                    open = true;
                }
                if (token.group("dollar") != null) {
                    int closing = text.indexOf(token.group("dollar"), at);
                    at = closing < 0
                            ? text.length()
                            : closing + token.group("dollar").length();
                }
            }
        }
        return new SqlText(text, comments, statements, semicolons);
    }

    /** The statement without its closing semicolon, every other character where it was. */
    String sql() {
        StringBuilder sql = new StringBuilder(text);
        for (int semicolon : semicolons) {
            sql.setCharAt(semicolon, ' ');
        }
        return sql.toString();
    }

    /** The line, from 1, of an offset into the text. */
    int line(int offset) {
        return 1
                + (int) text.substring(0, Math.min(offset, text.length()))
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    /**
     * The stretch of some bytes: DuckDB counts in UTF-8.
     *
     * @param bytes how long it is
     */
    Place place(long offset, long bytes) {
        return places().bytes(offset, bytes);
    }

    Places places() {
        return new Places(text);
    }

    /** A line, from 1, without blanks around it. */
    String lineText(int line) {
        return text.lines().skip(line - 1L).findFirst().orElse("").strip();
    }

    /** Where the SQL starts, or the end of the text when there is none. */
    int start() {
        return statements.isEmpty() ? text.length() : statements.getFirst();
    }

    /** Block comments nest in DuckDB. Negative when one stays open. */
    static int endOfBlock(String text, int start) {
        Matcher edge = BLOCK_EDGE.matcher(text);
        int depth = 0;
        for (int at = start; edge.find(at); at = edge.end()) {
            depth += edge.group().equals("/*") ? 1 : -1;
            if (depth == 0) {
                return edge.end();
            }
        }
        return -1;
    }
}
