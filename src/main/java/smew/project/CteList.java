package smew.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;

/** Cuts the CTEs in front of a SELECT from the query that follows them; DuckDB's parser does not tell where they stand. */
final class CteList {

    /** What the next word at the outermost level has to be. */
    private enum Place {
        WITH,
        NAME,
        HEAD,
        BODY,
        BEHIND,
        QUERY
    }

    private final List<Cte> ctes = new ArrayList<>();
    private Place place = Place.WITH;
    private String before = "";
    private int depth;
    private int query;

    /**
     * One CTE.
     *
     * @param line of its name, from 1
     */
    record Cte(String name, int line) {}

    private CteList() {}

    static CteList of(SqlText sql) {
        CteList list = new CteList();
        list.query = sql.start();
        Matcher token = SqlText.TOKEN.matcher(sql.text());
        for (int at = sql.start(); list.place != Place.QUERY && token.find(at); ) {
            at = token.end();
            if (token.group("block") != null) {
                int closed = SqlText.endOfBlock(sql.text(), token.start());
                at = closed < 0 ? sql.text().length() : closed;
            } else if (token.group("dollar") != null) {
                int closing = sql.text().indexOf(token.group("dollar"), at);
                at = closing < 0
                        ? sql.text().length()
                        : closing + token.group("dollar").length();
            } else if (token.group("line") == null && token.group("blank") == null) {
                list.token(token.group(), token.start(), sql);
            }
        }
        return list;
    }

    private void token(String token, int from, SqlText sql) {
        String word = token.toUpperCase(Locale.ROOT);
        depth -= token.equals(")") ? 1 : 0;
        if (depth == 0) {
            switch (place) {
                case WITH -> place = word.equals("WITH") ? Place.NAME : Place.QUERY;
                case NAME -> {
                    if (!word.equals("RECURSIVE")) {
                        ctes.add(new Cte(ColumnComments.unquoted(token), sql.line(from)));
                        place = Place.HEAD;
                    }
                }
                case HEAD ->
                    place = token.equals("(") && Set.of("AS", "MATERIALIZED").contains(before)
                            ? Place.BODY
                            : Place.HEAD;
                case BODY -> place = Place.BEHIND;
                case BEHIND -> {
                    place = token.equals(",") ? Place.NAME : Place.QUERY;
                    query = from;
                }
                case QUERY -> {}
            }
        }
        depth += token.equals("(") ? 1 : 0;
        before = word;
    }

    List<Cte> ctes() {
        return ctes;
    }

    /** Where the query behind them starts, as an offset into the text. */
    int query() {
        return query;
    }
}
