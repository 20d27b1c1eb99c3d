package smew.project;

import java.util.ArrayList;
import java.util.List;
import smew.project.SqlFile.DirectiveLine;

/**
 * Which columns of a model's SELECT are its inputs, besides those that have another role: {@code @features}.
 *
 * @param choice what the names are for
 * @param columns as written, upper and lower case being the same; none: every column is an input
 */
public record ModelFeatures(Choice choice, List<String> columns) {

    /** Either the named columns are no inputs, or no others are. */
    public enum Choice {
        DROP,
        KEEP
    }

    public ModelFeatures {
        columns = List.copyOf(columns);
    }

    /** Reads {@code drop a, b}. */
    static ModelFeatures of(String value) {
        String[] words = value.split("\\s+", 2);
        Choice choice = DirectiveValue.choice(Choice.class, words[0]);
        if (words.length < 2) {
            throw new IllegalArgumentException("no column is named");
        }
        return new ModelFeatures(choice, DirectiveValue.columns(words[1]));
    }

    /** What a model's file says, all of its lines together. */
    static ModelFeatures of(SqlFile file) {
        ModelFeatures all = new ModelFeatures(Choice.DROP, List.of());
        for (DirectiveLine line : file.directives()) {
            if (line.directive() == Directive.FEATURES) {
                ModelFeatures more = of(line.value());
                List<String> columns = new ArrayList<>(all.columns);
                columns.addAll(more.columns);
                all = new ModelFeatures(more.choice, columns);
            }
        }
        return all;
    }

    /**
     * Reports lines that name a column twice or one that is no input anyway, or of which one drops and another keeps.
     *
     * @param roles columns that are something else
     */
    static void check(Draft draft, List<String> roles, Findings findings) {
        ModelFeatures before = new ModelFeatures(Choice.DROP, List.of());
        for (DirectiveLine line : draft.header().directives()) {
            if (line.directive() != Directive.FEATURES) {
                continue;
            }
            ModelFeatures more = of(line.value());
            if (!before.columns.isEmpty() && before.choice != more.choice) {
                findings.add(
                        draft.path(),
                        line.line(),
                        "One @features line drops and another keeps. Say it with one of the two words.");
                return;
            }
            for (String column : more.columns) {
                if (before.names(column)) {
                    findings.add(
                            draft.path(),
                            line.line(),
                            "Column " + column + " stands in an @features line already. Name it once.");
                }
                if (roles.stream().anyMatch(column::equalsIgnoreCase)) {
                    findings.add(
                            draft.path(),
                            line.line(),
                            "Column " + column + " is entity, event time or label, which are no inputs anyway. Leave it"
                                    + " out of this line.");
                }
            }
            List<String> columns = new ArrayList<>(before.columns);
            columns.addAll(more.columns);
            before = new ModelFeatures(more.choice, columns);
        }
    }

    /** Whether a column may be an input. */
    public boolean uses(String column) {
        return columns.isEmpty() || names(column) == (choice == Choice.KEEP);
    }

    private boolean names(String column) {
        return columns.stream().anyMatch(column::equalsIgnoreCase);
    }

    /** As a directive has it: {@code drop a, b}. */
    public String text() {
        return DirectiveValue.word(choice) + " "
                + String.join(
                        ", ", columns.stream().map(DirectiveValue::columnWord).toList());
    }

    /** The directives of a file whose model has these columns for inputs as well. */
    List<DirectiveLine> using(List<String> more, List<DirectiveLine> directives) {
        List<DirectiveLine> using = new ArrayList<>(directives);
        if (choice == Choice.KEEP && !columns.isEmpty() && !more.isEmpty()) {
            using.add(new DirectiveLine(Directive.FEATURES, new ModelFeatures(Choice.KEEP, more).text(), 1));
        }
        return using;
    }
}
