package smew.lint;

import java.util.List;
import java.util.Set;

/**
 * Before which tokens a line begins. Where the author broke a line it stays broken, as nobody knows better what belongs together; a query
 * whose clauses stand on several lines has each on a line of its own, and so has a list of columns.
 */
final class Breaks {

    private static final Set<String> SET_OPERATIONS = Set.of("UNION", "INTERSECT", "EXCEPT");

    private final List<Token> tokens;
    private final Structure structure;
    private final boolean[] broken;

    Breaks(List<Token> tokens, Structure structure) {
        this.tokens = tokens;
        this.structure = structure;
        this.broken = new boolean[tokens.size()];
        for (int index = 1; index < broken.length; index++) {
            broken[index] = tokens.get(index).lines() > 0;
        }
        move();
    }

    boolean before(int index) {
        return index < broken.length && broken[index];
    }

    /** Lines do not begin with a comma, and not end with AND. */
    private void move() {
        for (int index = 1; index < broken.length; index++) {
            Token token = tokens.get(index);
            boolean glued = Set.of(Token.Type.COMMA, Token.Type.DOT, Token.Type.SEMICOLON)
                            .contains(token.type())
                    || tokens.get(index - 1).type() == Token.Type.DOT
                    || token.text().equals("::")
                    || tokens.get(index - 1).text().equals("::");
            if (glued && broken[index] && tokens.get(index - 1).type() != Token.Type.LINE_COMMENT) {
                broken[index] = false;
                if (token.type() == Token.Type.COMMA && index + 1 < broken.length) {
                    broken[index + 1] |= tokens.get(index + 1).type() != Token.Type.LINE_COMMENT;
                }
            }
            if (broken[index] && structure.isConnective(index - 1) && isCondition(index - 1)) {
                broken[index] = false;
                broken[index - 1] = true;
            }
        }
    }

    /** Breaks what has to be, until nothing changes. */
    void settle() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int index = 0; index < broken.length; index++) {
                changed |= settle(index);
            }
        }
    }

    private boolean settle(int index) {
        Token token = tokens.get(index);
        boolean changed = false;
        if (index > 0 && tokens.get(index - 1).type() == Token.Type.LINE_COMMENT) {
            changed |= set(index);
        }
        if (token.type() == Token.Type.OPEN && structure.match(index) > 0) {
            changed |= before(index + 1) && set(structure.match(index));
        }
        if (token.type() == Token.Type.CLOSE && structure.match(index) >= 0 && broken[index]) {
            int open = structure.match(index);
            boolean values = structure.word(structure.after(open)).equals("VALUES");
            changed |= structure.isQuery(open) && !values && set(open + 1);
        }
        if (structure.isClause(index)) {
            changed |= isBroken(structure.parent(index)) && settleClause(index);
            changed |= isListBroken(index) && breakList(index);
        }
        if (isCondition(index) && structure.isConnective(index) && hasBrokenCondition(index)) {
            changed |= set(index);
        }
        return changed;
    }

    /** A clause of a query of several lines begins one, and the brackets around stand apart. */
    private boolean settleClause(int index) {
        int scope = structure.parent(index);
        int first = structure.after(scope);
        boolean changed = false;
        if (index != first && (beginsPart(index) || isPartBroken(index))) {
            changed |= set(index);
        }
        if (structure.isQuery(scope) && scope >= 0 && !structure.word(first).equals("VALUES")) {
            changed |= set(scope + 1);
        }
        if (SET_OPERATIONS.contains(structure.word(index))) {
            int next = structure.word(structure.after(index)).equals("ALL") ? structure.after(index) : index;
            changed |= set(structure.after(next));
        }
        if (structure.word(index).equals("WITH")) {
            for (int at = index; at < broken.length; at++) {
                boolean comma = tokens.get(at).type() == Token.Type.COMMA
                        && structure.parent(at) == scope
                        && structure.clause(at) == index;
                changed |= comma && set(afterComma(at));
            }
        }
        return changed;
    }

    /** What follows a comma: a comment on its line belongs to what is before it. */
    int afterComma(int comma) {
        int next = comma + 1;
        while (next < broken.length && tokens.get(next).isComment() && !broken[next]) {
            next++;
        }
        return next;
    }

    /** Whether a clause begins the query behind WITH, a side of UNION, or is UNION itself. */
    private boolean beginsPart(int clause) {
        int last = previous(clause);
        return last < 0
                || SET_OPERATIONS.contains(structure.word(clause))
                || SET_OPERATIONS.contains(structure.word(last))
                || structure.word(last).equals("WITH");
    }

    private int previous(int clause) {
        int back = clause - 1;
        while (back >= 0 && !(structure.parent(back) == structure.parent(clause) && structure.isClause(back))) {
            back--;
        }
        return back;
    }

    private int next(int clause) {
        int next = clause + 1;
        int scope = structure.parent(clause);
        int end = scope < 0 ? broken.length : structure.match(scope);
        while (next < end && !(structure.parent(next) == structure.parent(clause) && structure.isClause(next))) {
            next++;
        }
        return next;
    }

    /** Whether the clauses of one part stand on several lines. */
    private boolean isPartBroken(int clause) {
        int first = clause;
        while (!beginsPart(first)) {
            first = previous(first);
        }
        boolean found = isListBroken(first);
        int scope = structure.parent(clause);
        int end = scope < 0 ? broken.length : structure.match(scope);
        for (int at = next(first); at < end && !beginsPart(at); at = next(at)) {
            found |= broken[at] && !structure.isWindow(structure.parent(at));
        }
        return found;
    }

    /** Whether clauses of a query stand on several lines; those of a window may share them. */
    private boolean isBroken(int scope) {
        int end = scope < 0 ? broken.length : structure.match(scope);
        int first = structure.after(scope);
        for (int index = scope + 1; index < end; index++) {
            if (structure.parent(index) == scope
                    && structure.isClause(index)
                    && !structure.isWindow(scope)
                    && ((index != first && broken[index])
                            || (structure.word(index).equals("SELECT") && isListBroken(index)))) {
                return true;
            }
        }
        return false;
    }

    private boolean isListBroken(int clause) {
        if (!Set.of("SELECT", "VALUES").contains(structure.word(clause))) {
            return false;
        }
        int scope = structure.parent(clause);
        for (int index = clause + 1; index < broken.length && within(index, clause, scope); index++) {
            if (structure.parent(index) == scope
                    && broken[index]
                    && (structure.beginsItem(index) || tokens.get(index).isComment())) {
                return true;
            }
        }
        return false;
    }

    private boolean within(int index, int clause, int scope) {
        boolean inside = scope < 0 || index < structure.match(scope);
        return inside && (structure.parent(index) != scope || structure.clause(index) == clause);
    }

    /** Puts each item of the list of a SELECT or VALUES on a line of its own. */
    boolean breakList(int clause) {
        int scope = structure.parent(clause);
        boolean changed = false;
        for (int index = structure.lastOfHead(clause) + 1;
                index < broken.length && within(index, clause, scope);
                index++) {
            if (structure.parent(index) == scope
                    && (index == structure.lastOfHead(clause) + 1
                            || tokens.get(index - 1).type() == Token.Type.COMMA)) {
                changed |= set(tokens.get(index - 1).type() == Token.Type.COMMA ? afterComma(index - 1) : index);
            }
        }
        return changed;
    }

    /** Whether a token stands in a condition of its own clause, outside of brackets. */
    boolean isCondition(int index) {
        return structure.caseOf(index) < 0
                && Set.of("WHERE", "HAVING", "QUALIFY").contains(structure.clauseWord(index));
    }

    private boolean hasBrokenCondition(int index) {
        int scope = structure.parent(index);
        int clause = structure.clause(index);
        for (int at = clause + 1; at < broken.length && within(at, clause, scope); at++) {
            if (broken[at] && !tokens.get(at).isComment() && at > clause + 1) {
                return true;
            }
        }
        return false;
    }

    /** Begins a line before a token; false where one begins there already, or none may. */
    boolean set(int index) {
        if (index <= 0
                || index >= broken.length
                || broken[index]
                || tokens.get(index).type() == Token.Type.COMMA) {
            return false;
        }
        broken[index] = true;
        return true;
    }
}
