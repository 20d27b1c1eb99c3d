package smew.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One token of SQL, as it stands in a file.
 *
 * @param lines how many line breaks stand before it
 * @param spaced whether a blank or a line break stands before it
 * @param column how many characters stand before it on its line
 * @param indent how many blanks that line begins with
 */
record Token(Type type, String text, int lines, boolean spaced, int column, int indent) {

    enum Type {
        WORD,
        /** A name in double quotes. */
        NAME,
        TEXT,
        NUMBER,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        DOT,
        SEMICOLON,
        LINE_COMMENT,
        BLOCK_COMMENT,
        /** What this does not know keeps the blanks it has. */
        OTHER
    }

    /** Tries longer openings first; the last alternative is any character. */
    private static final Pattern PATTERN = Pattern.compile("""
            (?<blank>\\s+)|(?<line>--[^\\n]*)|(?<block>/\\*)|(?<text>[eE]'(?:[^'\\\\]|\\\\.|'')*+'?|'(?:[^']|'')*+'?)\
            |(?<name>"(?:[^"]|"")*+"?)|(?<dollar>\\$(?<tag>[\\p{L}\\p{N}_]*)\\$)\
            |(?<number>(?:\\d[\\d_]*(?:\\.\\d[\\d_]*)?|\\.\\d[\\d_]*)(?:[eE][+-]?\\d+)?(?![\\p{L}_]))\
            |(?<word>[\\p{L}\\p{N}_]++)|(?<open>[(\\[{])|(?<close>[)\\]}])|(?<comma>,)|(?<end>;)\
            |(?<operator>::|:=|=>|->>|->|<=>|<->|<=|>=|<>|!=|==|\\|\\||\\*\\*|//|<<|>>|&&|@>|<@|\\^@|!~~\\*|~~\\*|!~~|~~|!~\\*|~\\*|!~|[-+*/%=<>~^&|:])\
            |(?<dot>\\.)|(?<other>.)""", Pattern.DOTALL);

    private static final Pattern BLOCK_EDGE = Pattern.compile("/\\*|\\*/");

    /** Every token of a text that DuckDB can parse. */
    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher found = PATTERN.matcher(text);
        int lines = 0;
        boolean spaced = false;
        int start = 0;
        int indent = 0;
        for (int at = 0; found.find(at); ) {
            boolean blank = found.group("blank") != null;
            at = blank ? found.end() : end(text, found);
            String written = text.substring(found.start(), at);
            if (!blank) {
                int column = found.start() - start;
                tokens.add(new Token(type(found), written.stripTrailing(), lines, spaced, column, indent));
            }
            int broken = breaks(written);
            lines = blank ? lines + broken : 0;
            spaced = blank;
            if (broken > 0) {
                start = found.start() + written.lastIndexOf('\n') + 1;
                indent = blanks(text, start);
            } else if (blank && found.start() == start) {
                indent = at - start;
            }
        }
        return commasFirst(tokens);
    }

    private static int breaks(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    /** How many blanks a line begins with. */
    private static int blanks(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at - start;
    }

    /** A comma behind a comment belongs before it, so that no line begins with one. */
    private static List<Token> commasFirst(List<Token> tokens) {
        for (int index = 2; index < tokens.size(); index++) {
            int comment = index - 1;
            while (comment > 0
                    && tokens.get(comment).type() == Type.LINE_COMMENT
                    && tokens.get(comment).lines() > 0) {
                comment--;
            }
            if (tokens.get(index).type() == Type.COMMA
                    && tokens.get(comment).type() == Type.LINE_COMMENT
                    && tokens.get(comment).lines() == 0) {
                Token comma = tokens.remove(index);
                tokens.add(comment, new Token(Type.COMMA, comma.text(), 0, false, comma.column(), comma.indent()));
                Token next = index + 1 < tokens.size() ? tokens.get(index + 1) : comma;
                if (index + 1 < tokens.size() && next.lines() == 0) {
                    tokens.set(index + 1, new Token(next.type(), next.text(), 1, true, next.column(), next.indent()));
                }
            }
        }
        return tokens;
    }

    /** Where a token ends that goes on behind its opening. Block comments nest. */
    private static int end(String text, Matcher found) {
        if (found.group("dollar") != null) {
            int closing = text.indexOf(found.group("dollar"), found.end());
            return closing < 0 ? text.length() : closing + found.group("dollar").length();
        }
        if (found.group("block") == null) {
            return found.end();
        }
        Matcher edge = BLOCK_EDGE.matcher(text);
        int depth = 0;
        for (int at = found.start(); edge.find(at); at = edge.end()) {
            depth += edge.group().equals("/*") ? 1 : -1;
            if (depth == 0) {
                return edge.end();
            }
        }
        return text.length();
    }

    private static Type type(Matcher found) {
        return found.group("line") != null
                ? Type.LINE_COMMENT
                : found.group("block") != null
                        ? Type.BLOCK_COMMENT
                        : found.group("text") != null || found.group("dollar") != null
                                ? Type.TEXT
                                : found.group("name") != null ? Type.NAME : plain(found);
    }

    private static Type plain(Matcher found) {
        return found.group("number") != null
                ? Type.NUMBER
                : found.group("word") != null
                        ? Type.WORD
                        : found.group("open") != null
                                ? Type.OPEN
                                : found.group("close") != null
                                        ? Type.CLOSE
                                        : found.group("comma") != null
                                                ? Type.COMMA
                                                : found.group("end") != null
                                                        ? Type.SEMICOLON
                                                        : found.group("operator") != null
                                                                ? Type.OPERATOR
                                                                : found.group("dot") != null ? Type.DOT : Type.OTHER;
    }

    boolean isComment() {
        return type == Type.LINE_COMMENT || type == Type.BLOCK_COMMENT;
    }

    /** A word in upper case; anything else as it is. */
    String word() {
        return type == Type.WORD ? text.toUpperCase(Locale.ROOT) : text;
    }

    boolean is(String word) {
        return type == Type.WORD && text.equalsIgnoreCase(word);
    }
}
