package smew.lint;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Which tokens belong together: brackets, CASE, and the clauses of queries and windows. */
final class Structure {

    /** Outside of all brackets. */
    static final int OUTSIDE = -1;

    private static final Set<String> CLAUSES = Set.of(
            "WITH",
            "SELECT",
            "FROM",
            "WHERE",
            "HAVING",
            "WINDOW",
            "QUALIFY",
            "LIMIT",
            "OFFSET",
            "UNION",
            "INTERSECT",
            "EXCEPT",
            "VALUES");

    private static final Set<String> JOINED =
            Set.of("LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL", "ASOF", "POSITIONAL", "SEMI", "ANTI");

    private static final Set<String> WINDOW_CLAUSES = Set.of("PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS");

    private final List<Token> tokens;
    private final int[] match;
    private final int[] parent;
    private final int[] cases;
    private final int[] clauses;

    Structure(List<Token> tokens) {
        this.tokens = tokens;
        match = new int[tokens.size()];
        parent = new int[tokens.size()];
        cases = new int[tokens.size()];
        clauses = new int[tokens.size()];
        Arrays.fill(match, OUTSIDE);
        nest();
        divide();
    }

    private void nest() {
        Deque<Integer> open = new ArrayDeque<>(List.of(OUTSIDE));
        Deque<Integer> inCase = new ArrayDeque<>(List.of(OUTSIDE));
        for (int index = 0; index < tokens.size(); index++) {
            Token token = tokens.get(index);
            if (token.type() == Token.Type.CLOSE && open.size() > 1) {
                int opened = open.pop();
                match[opened] = index;
                match[index] = opened;
            }
            parent[index] = open.element();
            boolean ends = token.is("END") && isKeyword(index) && inCase.element() > open.element();
            if (ends) {
                match[index] = inCase.pop();
                match[match[index]] = index;
            }
            cases[index] = inCase.element() > open.element() ? inCase.element() : OUTSIDE;
            if (token.type() == Token.Type.OPEN) {
                open.push(index);
            } else if (token.is("CASE") && isKeyword(index)) {
                inCase.push(index);
            }
        }
    }

    private void divide() {
        int[] latest = new int[tokens.size() + 1];
        Arrays.fill(latest, OUTSIDE);
        for (int index = 0; index < tokens.size(); index++) {
            int scope = parent[index];
            if (beginsClause(index)) {
                latest[scope + 1] = index;
            }
            clauses[index] = latest[scope + 1];
        }
    }

    private boolean beginsClause(int index) {
        Token token = tokens.get(index);
        if (token.type() != Token.Type.WORD || cases[index] != OUTSIDE || !isKeyword(index)) {
            return false;
        }
        if (isWindow(parent[index])) {
            return WINDOW_CLAUSES.contains(token.word());
        }
        if (!isQuery(parent[index])) {
            return false;
        }
        String word = token.word();
        boolean by = word(index + 1).equals("BY");
        return (CLAUSES.contains(word)
                        && !(word.equals("FROM") && word(before(index)).equals("DISTINCT")))
                || ((word.equals("GROUP") || word.equals("ORDER")) && by)
                || (word.equals("USING") && word(index + 1).equals("SAMPLE"))
                || beginsJoin(index);
    }

    private boolean beginsJoin(int index) {
        String word = word(index);
        if (JOINED.contains(word(before(index))) || (!word.equals("JOIN") && !JOINED.contains(word))) {
            return false;
        }
        int last = index;
        while (JOINED.contains(word(last))) {
            last++;
        }
        return word(last).equals("JOIN");
    }

    /** Whether a word is no part of a name: {@code history.order}, {@code AS end}. */
    boolean isKeyword(int index) {
        int before = before(index);
        return before < 0
                || (tokens.get(before).type() != Token.Type.DOT
                        && !tokens.get(before).is("AS"));
    }

    /** Whether what stands in these brackets is a query. */
    boolean isQuery(int scope) {
        return scope == OUTSIDE || Set.of("SELECT", "WITH", "FROM", "VALUES").contains(word(after(scope)));
    }

    /** Whether what stands in these brackets says how a window looks. */
    boolean isWindow(int scope) {
        if (scope == OUTSIDE) {
            return false;
        }
        String before = word(before(scope));
        String first = word(after(scope));
        return before.equals("OVER")
                || (before.equals("AS") && WINDOW_CLAUSES.contains(first))
                || first.equals("PARTITION");
    }

    /** The next token that is no comment. */
    int after(int index) {
        int next = index + 1;
        while (next < tokens.size() && tokens.get(next).isComment()) {
            next++;
        }
        return next;
    }

    /** The last token before that is no comment; negative where there is none. */
    int before(int index) {
        int last = index - 1;
        while (last >= 0 && tokens.get(last).isComment()) {
            last--;
        }
        return last;
    }

    /** A word in upper case, or empty text where there is none. */
    String word(int index) {
        return index >= 0 && index < tokens.size() && tokens.get(index).type() == Token.Type.WORD
                ? tokens.get(index).word()
                : "";
    }

    /** The bracket, or CASE, that a closing one closes, and the other way round. */
    int match(int index) {
        return match[index];
    }

    /** The opening bracket around a token. */
    int parent(int index) {
        return parent[index];
    }

    /** The CASE that a token is part of, within the same brackets. */
    int caseOf(int index) {
        return cases[index];
    }

    /** The word that begins the clause of a token; {@link #OUTSIDE} where it is in none. */
    int clause(int index) {
        return clauses[index];
    }

    boolean isClause(int index) {
        return clauses[index] == index;
    }

    /** The first word of a token's clause, in upper case. */
    String clauseWord(int index) {
        return word(clauses[index]);
    }

    /** Whether a token begins an item of a list, a clause or brackets. */
    boolean beginsItem(int index) {
        int before = before(index);
        return before < 0
                || tokens.get(before).type() == Token.Type.COMMA
                || tokens.get(before).type() == Token.Type.OPEN
                || before == clauses[index]
                || (clauses[index] >= 0 && before == lastOfHead(clauses[index]));
    }

    /** The last word that belongs to the beginning of a clause: {@code SELECT DISTINCT ON (…)}, {@code GROUP BY}. */
    int lastOfHead(int clause) {
        int last = clause;
        if (Set.of("GROUP", "ORDER", "PARTITION").contains(word(clause))) {
            return after(clause);
        }
        if (word(clause).equals("SELECT") && Set.of("DISTINCT", "ALL").contains(word(after(clause)))) {
            last = after(clause);
            if (word(after(last)).equals("ON") && tokens.get(after(after(last))).type() == Token.Type.OPEN) {
                last = match[after(after(last))];
            }
        }
        return last;
    }

    /** Whether a word joins conditions: not the AND of BETWEEN. */
    boolean isConnective(int index) {
        if (word(index).equals("OR")) {
            return isKeyword(index);
        }
        if (!word(index).equals("AND") || !isKeyword(index)) {
            return false;
        }
        for (int back = before(index); back >= 0 && parent[back] >= parent[index]; back = before(back)) {
            if (parent[back] == parent[index]) {
                if (word(back).equals("BETWEEN")) {
                    return false;
                }
                if (Set.of("AND", "OR", "WHEN", "THEN", "ELSE", "ON").contains(word(back)) || isClause(back)) {
                    return true;
                }
            }
        }
        return true;
    }
}
