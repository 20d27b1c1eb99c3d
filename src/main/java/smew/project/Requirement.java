package smew.project;

import java.util.List;

/**
 * What a model has to reach, or its release does not become current: {@code @require auc >= 0.70}.
 *
 * @param most whether the bound is the highest value allowed, not the lowest
 * @param bound which the figure may be
 * @param written the bound as somebody wrote it
 * @param line of the SQL file, from 1
 */
public record Requirement(Figure figure, boolean most, double bound, String written, int line) {

    /** Those of a model, in file order. */
    public static List<Requirement> of(SqlFile file) {
        return file.directives().stream()
                .filter(line -> line.directive() == Directive.REQUIRE)
                .map(line -> DirectiveValue.requirement(line.value(), line.line()))
                .toList();
    }

    public boolean holds(double value) {
        return most ? value <= bound : value >= bound;
    }

    /** As directives have it: {@code auc >= 0.70}. */
    public String text() {
        return figure.key() + (most ? " <= " : " >= ") + written;
    }
}
