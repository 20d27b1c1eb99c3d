package smew.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import smew.lint.Layout.Line;

/**
 * Puts comments at the ends of lines: those of one list stay where they stand below each other or equally
 * near, and else are brought below each other.
 */
final class Lines {

    private static final int GAP = 2;

    /** A comment this far off stands there by chance. */
    private static final int FAR = 40;

    private final List<Token> tokens;
    private final List<Line> lines;

    Lines(List<Token> tokens, List<Line> lines) {
        this.tokens = tokens;
        this.lines = lines;
    }

    String text() {
        Map<Line, Integer> columns = columns();
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append(line.blank() ? "\n" : "")
                    .append(" ".repeat(line.indent()))
                    .append(line.code());
            comment(line).ifPresent(comment -> {
                int gap = Math.max(
                        1,
                        columns.getOrDefault(line, 0)
                                - line.indent()
                                - line.code().length());
                text.append(" ".repeat(gap)).append(comment.text());
            });
            text.append('\n');
        }
        return text.toString();
    }

    /** The comment behind the code of a line. */
    private Optional<Token> comment(Line line) {
        Token last = tokens.get(line.to() - 1);
        return last.type() == Token.Type.LINE_COMMENT && line.to() - 1 > line.from()
                ? Optional.of(last)
                : Optional.empty();
    }

    /** The column of each comment: lines of one depth, until one further out, are a list. */
    private Map<Line, Integer> columns() {
        Map<Line, Integer> columns = new HashMap<>();
        Map<Integer, List<Line>> open = new HashMap<>();
        for (Line line : lines) {
            open.entrySet().removeIf(list -> {
                boolean over = list.getKey() > line.indent();
                if (over) {
                    align(list.getValue(), columns);
                }
                return over;
            });
            if (comment(line).isPresent()) {
                open.computeIfAbsent(line.indent(), _ -> new ArrayList<>()).add(line);
            }
        }
        open.values().forEach(list -> align(list, columns));
        return columns;
    }

    private void align(List<Line> list, Map<Line, Integer> columns) {
        int end = list.stream()
                .mapToInt(line -> line.indent() + line.code().length())
                .max()
                .orElse(0);
        List<Integer> written = list.stream()
                .map(line -> {
                    Token comment = tokens.get(line.to() - 1);
                    return comment.column() - comment.indent() + line.indent();
                })
                .distinct()
                .toList();
        boolean aligned = written.size() == 1 && written.getFirst() > end && written.getFirst() <= end + FAR;
        List<Integer> gaps = list.stream().map(this::gap).distinct().toList();
        boolean even = gaps.size() == 1 && gaps.getFirst() > 0 && gaps.getFirst() <= GAP;
        list.forEach(line -> columns.put(
                line,
                even
                        ? line.indent() + line.code().length() + gaps.getFirst()
                        : aligned ? written.getFirst() : end + GAP));
    }

    /** How many blanks the author left before a comment. */
    private int gap(Line line) {
        Token comment = tokens.get(line.to() - 1);
        Token before = tokens.get(line.to() - 2);
        return comment.column() - before.column() - before.text().length();
    }
}
