package smew.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes tokens as lines. */
final class Layout {

    private static final int STEP = 4;

    /** Longer lines are broken where they can be; comments do not count. */
    private static final int WIDTH = 120;

    /** Rounds of breaking lines that are too long. */
    private static final int ROUNDS = 10_000;

    private final List<Token> tokens;
    private final Structure structure;
    private final Keywords keywords;
    private final Spacing spacing;
    private final Breaks breaks;
    private final boolean capitals;
    /** How far the line of each token is in. */
    private final int[] indents;

    /**
     * @param capitals whether keywords are written so
     */
    private Layout(List<Token> tokens, boolean capitals) {
        this.tokens = tokens;
        this.capitals = capitals;
        this.structure = new Structure(tokens);
        this.keywords = new Keywords(tokens, structure);
        this.spacing = new Spacing(tokens, structure, keywords);
        this.breaks = new Breaks(tokens, structure);
        this.indents = new int[tokens.size()];
    }

    /** The text of one statement, ending with a line break. */
    static String of(List<Token> tokens, boolean capitals) {
        return new Layout(tokens, capitals).write();
    }

    private String write() {
        breaks.settle();
        for (int round = 0; round < ROUNDS; round++) {
            if (!shorten()) {
                break;
            }
            breaks.settle();
        }
        return new Lines(tokens, lines()).text();
    }

    private boolean shorten() {
        LongLines longLines = new LongLines(tokens, structure, breaks);
        for (Line line : lines()) {
            if (line.indent() + line.code().length() > WIDTH && longLines.shorten(line.from(), line.to())) {
                return true;
            }
        }
        return false;
    }

    /**
     * One line.
     *
     * @param from its first token
     * @param to behind its last
     * @param code without a comment at its end
     * @param blank whether an empty line stands before it
     */
    record Line(int from, int to, int indent, String code, boolean blank) {}

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (int from = 0; from < tokens.size(); ) {
            int to = from + 1;
            while (to < tokens.size() && !breaks.before(to)) {
                to++;
            }
            int indent = indent(from);
            for (int index = from; index < to; index++) {
                indents[index] = indent;
            }
            lines.add(new Line(from, to, indent, code(from, to), from > 0 && isBlank(from)));
            from = to;
        }
        return lines;
    }

    private String code(int from, int to) {
        StringBuilder code = new StringBuilder();
        for (int index = from; index < to; index++) {
            Token token = tokens.get(index);
            if (token.type() == Token.Type.LINE_COMMENT && index > from) {
                break;
            }
            if (index > from && spacing.before(index)) {
                code.append(' ');
            }
            code.append(capitals && keywords.isKeyword(index) ? token.word() : token.text());
        }
        return code.toString();
    }

    /** One empty line stays where there were some; CTEs and the query behind them stand apart. */
    private boolean isBlank(int from) {
        int first = tokens.get(from).isComment() ? structure.after(from - 1) : from;
        int before = structure.before(from);
        boolean opened = before >= 0 && tokens.get(before).type() == Token.Type.OPEN && before == from - 1;
        boolean closes = first < tokens.size() && tokens.get(first).type() == Token.Type.CLOSE;
        boolean withEnds = structure.parent(from) == Structure.OUTSIDE
                && before >= 0
                && before == from - 1
                && structure.clauseWord(before).equals("WITH")
                && (tokens.get(before).type() == Token.Type.COMMA
                        || tokens.get(before).type() == Token.Type.CLOSE);
        return withEnds || (tokens.get(from).lines() > 1 && !opened && !closes);
    }

    private int indent(int from) {
        int first = tokens.get(from).isComment() ? structure.after(from) : from;
        if (first >= tokens.size()) {
            return 0;
        }
        Token token = tokens.get(first);
        if (token.type() == Token.Type.CLOSE && structure.match(first) >= 0) {
            int open = structure.match(first);
            return first == from ? indents[open] : inside(open) + (structure.isQuery(open) ? STEP : 0);
        }
        int scope = structure.parent(first);
        int base = scope < 0 ? 0 : inside(scope);
        int inCase = structure.caseOf(first);
        if (token.is("END") && structure.match(first) >= 0 && structure.match(first) < first) {
            return indents[structure.match(first)];
        }
        if (inCase >= 0 && inCase != first) {
            return indents[inCase] + (Set.of("WHEN", "ELSE").contains(token.word()) ? STEP : 2 * STEP);
        }
        if (structure.clause(first) < 0) {
            return base + (continues(first) ? STEP : 0);
        }
        return base + inClause(first, scope);
    }

    private int inside(int open) {
        return indents[open] + STEP;
    }

    private int inClause(int first, int scope) {
        String clause = structure.clauseWord(first);
        if (structure.isClause(first)
                || clause.equals("WITH")
                || Set.of("UNION", "INTERSECT", "EXCEPT").contains(clause)) {
            return 0;
        }
        boolean values = clause.equals("VALUES") && scope >= 0 && !breaks.before(scope + 1);
        boolean list = Set.of("SELECT", "GROUP", "ORDER", "PARTITION").contains(clause);
        return (values ? 0 : STEP) + (list && continues(first) ? STEP : 0);
    }

    /** Whether a line goes on with an item that began before. */
    private boolean continues(int first) {
        return !structure.beginsItem(first)
                && !Set.of("AND", "OR").contains(tokens.get(first).word());
    }
}
