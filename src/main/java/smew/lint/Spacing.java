package smew.lint;

import java.util.List;
import java.util.Set;

/** Whether a blank stands between two tokens of one line. */
final class Spacing {

    private final List<Token> tokens;
    private final Structure structure;
    private final Keywords keywords;

    Spacing(List<Token> tokens, Structure structure, Keywords keywords) {
        this.tokens = tokens;
        this.structure = structure;
        this.keywords = keywords;
    }

    boolean before(int index) {
        Token left = tokens.get(index - 1);
        Token right = tokens.get(index);
        if (right.type() == Token.Type.OTHER || left.type() == Token.Type.OTHER) {
            return right.spaced();
        }
        if (left.isComment() || right.isComment()) {
            return true;
        }
        if (Set.of(Token.Type.COMMA, Token.Type.CLOSE, Token.Type.SEMICOLON, Token.Type.DOT)
                        .contains(right.type())
                || left.type() == Token.Type.OPEN
                || left.type() == Token.Type.DOT
                || right.text().equals("::")
                || left.text().equals("::")) {
            return false;
        }
        if (right.text().equals(":") || left.text().equals(":")) {
            return isSlice(index) ? right.spaced() : left.text().equals(":");
        }
        if (right.type() == Token.Type.OPEN) {
            return beforeOpen(index, right.text());
        }
        return !isUnary(index - 1);
    }

    private boolean isSlice(int index) {
        int scope = structure.parent(index);
        return scope >= 0 && tokens.get(scope).text().equals("[");
    }

    private boolean beforeOpen(int index, String bracket) {
        Token left = tokens.get(index - 1);
        if (isUnary(index - 1)) {
            return false;
        }
        boolean name =
                left.type() == Token.Type.NAME || (left.type() == Token.Type.WORD && !keywords.isKeyword(index - 1));
        boolean value = name || left.type() == Token.Type.CLOSE || left.type() == Token.Type.TEXT;
        return switch (bracket) {
            case "[" -> !value;
            case "(" ->
                (!name && !Set.of("CAST", "TRY_CAST").contains(structure.word(index - 1))) || isColumnList(index);
            default -> true;
        };
    }

    /** {@code AS loan (loan_id, id)}, {@code WITH loans (loan_id) AS (…)}: names of columns, and no call. */
    private boolean isColumnList(int open) {
        int name = open - 1;
        int before = structure.before(name);
        if (before < 0) {
            return false;
        }
        Token earlier = tokens.get(before);
        if (earlier.is("AS")) {
            int scope = structure.parent(open);
            return scope < 0 || !Set.of("CAST", "TRY_CAST").contains(structure.word(structure.before(scope)));
        }
        int close = structure.match(open);
        boolean cte = close >= 0
                && structure.word(structure.after(close)).equals("AS")
                && structure.clauseWord(open).equals("WITH");
        boolean alias = earlier.type() == Token.Type.CLOSE
                || earlier.type() == Token.Type.NAME
                || (earlier.type() == Token.Type.WORD && !keywords.isKeyword(before));
        return cte || (alias && structure.clauseWord(open).equals("FROM"));
    }

    /** A sign that belongs to what follows it. */
    private boolean isUnary(int index) {
        Token sign = tokens.get(index);
        if (!Set.of("-", "+", "~").contains(sign.text())) {
            return false;
        }
        int before = structure.before(index);
        if (before < 0) {
            return true;
        }
        Token left = tokens.get(before);
        return left.type() == Token.Type.OPEN
                || left.type() == Token.Type.COMMA
                || (left.type() == Token.Type.OPERATOR && !isStar(before))
                || (left.type() == Token.Type.WORD
                        && keywords.isKeyword(before)
                        && !Set.of("END", "NULL").contains(left.word()));
    }

    /** A star that stands for columns, as in {@code count(*)}. */
    private boolean isStar(int index) {
        return tokens.get(index).text().equals("*")
                && (index == 0
                        || Set.of(Token.Type.OPEN, Token.Type.COMMA, Token.Type.DOT)
                                .contains(tokens.get(index - 1).type()));
    }
}
