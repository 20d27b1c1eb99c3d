package smew.project;

import java.util.regex.Matcher;

/** What a SELECT says to DuckDB: its text without comments and layout. */
public final class SqlCode {

    private SqlCode() {}

    /** The tokens, one blank between each; two texts of the same tokens are the same query. */
    public static String of(String sql) {
        StringBuilder code = new StringBuilder();
        Matcher token = SqlText.TOKEN.matcher(sql);
        for (int at = 0; token.find(at); ) {
            int start = at;
            at = token.end();
            if (token.group("block") != null) {
                int closed = SqlText.endOfBlock(sql, start);
                at = closed < 0 ? sql.length() : closed;
            } else if (token.group("dollar") != null) {
                int closing = sql.indexOf(token.group(), at);
                at = closing < 0 ? sql.length() : closing + token.group().length();
                code.append(sql, start, at).append(' ');
            } else if (token.group("line") == null && token.group("blank") == null) {
                code.append(token.group()).append(' ');
            }
        }
        return code.toString();
    }
}
