package smew.lint;

import java.util.List;
import java.util.Set;

/** Which words are written in capitals: those that are part of SQL where they stand, and no name or function. */
final class Keywords {

    /** Words that DuckDB keeps for itself, so that no column can be called so without quotes. */
    private static final Set<String> RESERVED = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "OFFSET",
            "WINDOW",
            "QUALIFY",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "WITH",
            "AS",
            "AND",
            "OR",
            "NOT",
            "IN",
            "NULL",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "ON",
            "USING",
            "DISTINCT",
            "ALL",
            "CAST",
            "DESC",
            "ASC",
            "LATERAL");

    /** Words that may be names; these stand where a name cannot. */
    private static final Set<String> USUAL = Set.of(
            "JOIN",
            "INNER",
            "CROSS",
            "NATURAL",
            "ASOF",
            "POSITIONAL",
            "SEMI",
            "ANTI",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "SIMILAR",
            "ESCAPE",
            "IS",
            "ISNULL",
            "NOTNULL",
            "OVER",
            "RECURSIVE",
            "MATERIALIZED",
            "UNBOUNDED",
            "PRECEDING",
            "FOLLOWING",
            "TRY_CAST",
            "EXISTS",
            "TABLESAMPLE");

    private final List<Token> tokens;
    private final Structure structure;

    Keywords(List<Token> tokens, Structure structure) {
        this.tokens = tokens;
        this.structure = structure;
    }

    boolean isKeyword(int index) {
        String word = structure.word(index);
        if (word.isEmpty()) {
            return false;
        }
        String before = structure.word(structure.before(index));
        String after = structure.word(structure.after(index));
        if (before.equals("AS")) {
            return word.equals("MATERIALIZED") || (word.equals("NOT") && after.equals("MATERIALIZED"));
        }
        if (!structure.isKeyword(index) || isDot(structure.after(index))) {
            return false;
        }
        return RESERVED.contains(word)
                || (USUAL.contains(word)
                        && !(isCall(index)
                                && !Set.of("OVER", "EXISTS", "BETWEEN", "TRY_CAST")
                                        .contains(word)))
                || inContext(word, before, after, index);
    }

    private boolean inContext(String word, String before, String after, int index) {
        boolean opens = isCall(index);
        return switch (word) {
            case "BY" -> Set.of("GROUP", "ORDER", "PARTITION").contains(before);
            case "PARTITION" -> after.equals("BY");
            case "LEFT", "RIGHT", "FULL" ->
                Set.of("JOIN", "OUTER", "SEMI", "ANTI").contains(after) || after.equals("JOIN");
            case "OUTER" -> after.equals("JOIN");
            case "ROWS", "RANGE", "GROUPS" -> structure.isWindow(structure.parent(index)) && structure.isClause(index);
            case "CURRENT" -> after.equals("ROW");
            case "ROW" -> before.equals("CURRENT");
            case "TIES" -> before.equals("EXCLUDE");
            case "EXCLUDE" -> opens || Set.of("GROUP", "TIES", "CURRENT", "NO").contains(after);
            case "REPLACE", "RENAME" -> opens && isBehindStar(index);
            case "FILTER", "WITHIN" ->
                structure.before(index) >= 0
                        && tokens.get(structure.before(index)).type() == Token.Type.CLOSE;
            case "NULLS" -> Set.of("FIRST", "LAST").contains(after);
            case "FIRST", "LAST" -> before.equals("NULLS");
            case "VALUES" -> opens;
            case "SAMPLE" -> before.equals("USING");
            case "TO" -> before.equals("SIMILAR");
            case "DATE", "TIMESTAMP", "TIME", "TIMESTAMPTZ", "INTERVAL" ->
                isText(structure.after(index)) || (word.equals("INTERVAL") && !opens);
            default -> false;
        };
    }

    private boolean isBehindStar(int index) {
        int before = structure.before(index);
        return before >= 0
                && (tokens.get(before).text().equals("*")
                        || (tokens.get(before).type() == Token.Type.CLOSE
                                && Set.of("EXCLUDE", "REPLACE", "RENAME")
                                        .contains(structure.word(structure.before(structure.match(before))))));
    }

    /** Whether an opening bracket follows. */
    private boolean isCall(int index) {
        int after = structure.after(index);
        return after < tokens.size() && tokens.get(after).text().equals("(");
    }

    private boolean isText(int index) {
        return index < tokens.size() && tokens.get(index).type() == Token.Type.TEXT;
    }

    private boolean isDot(int index) {
        return index < tokens.size() && tokens.get(index).type() == Token.Type.DOT;
    }
}
