package smew.lint;

import java.util.List;
import java.util.Set;

/** Breaks lines that are too long: what is outside of brackets before what is in them, clauses before lists before conditions. */
record LongLines(List<Token> tokens, Structure structure, Breaks breaks) {

    /**
     * Breaks something of a line that is too long, the outermost first.
     *
     * @param from its first token
     * @param to behind its last
     * @return false where nothing is left to break
     */
    boolean shorten(int from, int to) {
        int deepest = 0;
        for (int index = from; index < to; index++) {
            deepest = Math.max(deepest, depth(index));
        }
        for (int depth = 0; depth <= deepest; depth++) {
            if (breakClauses(from, to, depth)
                    || breakLists(from, to, depth)
                    || breakConditions(from, to, depth)
                    || breakCase(from, to, depth)
                    || open(from, to, depth)) {
                return true;
            }
        }
        return false;
    }

    /** How many brackets are around a token. */
    private int depth(int index) {
        int depth = 0;
        for (int scope = structure.parent(index); scope >= 0; scope = structure.parent(scope)) {
            depth++;
        }
        return depth;
    }

    private boolean breakClauses(int from, int to, int depth) {
        for (int index = from + 1; index < to; index++) {
            int scope = structure.parent(index);
            boolean clause = structure.isClause(index) && structure.isQuery(scope) && index != structure.after(scope);
            if (clause && depth(index) == depth && breaks.set(index)) {
                return true;
            }
        }
        return false;
    }

    private boolean breakLists(int from, int to, int depth) {
        for (int index = from; index < to; index++) {
            boolean list = structure.word(index).equals("SELECT") && structure.isClause(index);
            if (list && depth(index) == depth && breaks.breakList(index)) {
                return true;
            }
        }
        return false;
    }

    private boolean breakConditions(int from, int to, int depth) {
        for (int index = from + 1; index < to; index++) {
            boolean joins = breaks.isCondition(index) && structure.isConnective(index);
            if (joins && depth(index) == depth && breaks.set(index)) {
                return true;
            }
        }
        return false;
    }

    /** Each WHEN of the first CASE that is whole on the line. */
    private boolean breakCase(int from, int to, int depth) {
        for (int index = from; index < to; index++) {
            int end = structure.match(index);
            if (tokens.get(index).is("CASE") && depth(index) == depth && end > index && end < to) {
                boolean changed = breaks.set(end);
                for (int at = index + 1; at < end; at++) {
                    boolean branch = Set.of("WHEN", "ELSE").contains(structure.word(at));
                    changed |= branch
                            && structure.caseOf(at) == index
                            && structure.parent(at) == structure.parent(index)
                            && breaks.set(at);
                }
                return changed;
            }
        }
        return false;
    }

    /** The longest brackets of one depth. */
    private boolean open(int from, int to, int depth) {
        int best = -1;
        for (int index = from; index < to; index++) {
            boolean closable = tokens.get(index).type() == Token.Type.OPEN
                    && depth(index) == depth
                    && structure.match(index) > index + 2
                    && structure.match(index) <= to
                    && !breaks.before(index + 1);
            if (closable && (best < 0 || structure.match(index) - index > structure.match(best) - best)) {
                best = index;
            }
        }
        if (best < 0) {
            return false;
        }
        int end = structure.match(best);
        breaks.set(best + 1);
        for (int index = best + 1; index < end; index++) {
            boolean comma = structure.parent(index) == best && tokens.get(index).type() == Token.Type.COMMA;
            boolean clause = structure.parent(index) == best && structure.isClause(index) && index > best + 1;
            if (comma && !structure.isWindow(best)) {
                breaks.set(breaks.afterComma(index));
            } else if (clause) {
                breaks.set(index);
            }
        }
        return true;
    }
}
