package smew.project;

import java.util.List;
import smew.base.Near;
import smew.project.SqlFile.DirectiveLine;

/**
 * A lint rule that a file turns off, with the reason.
 *
 * @param line of the directive, from 1
 */
public record Silence(LintRule rule, String reason, int line) {

    /** What the directives of one file silence. */
    public static List<Silence> of(List<DirectiveLine> directives) {
        return directives.stream()
                .filter(line -> line.directive() == Directive.LINT)
                .map(line -> of(line.value(), line.line()))
                .toList();
    }

    /**
     * Reads {@code off select-star every column is wanted}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Silence of(String value, int line) {
        String[] words = value.split("\\s+", 3);
        if (!words[0].equals("off")) {
            throw new IllegalArgumentException("it does not begin with off");
        }
        if (words.length < 2) {
            throw new IllegalArgumentException("it names no rule");
        }
        LintRule rule = LintRule.ofKey(words[1])
                .orElseThrow(() -> new IllegalArgumentException("there is no rule " + words[1]
                        + Near.name(words[1], LintRule.silenceableKeys())
                                .map(near -> ", but " + near)
                                .orElseGet(() -> "; known are " + String.join(", ", LintRule.silenceableKeys()))));
        if (!rule.silenceable()) {
            throw new IllegalArgumentException(
                    "what " + rule.key() + " finds stops a run as well, so it cannot be silenced");
        }
        if (words.length < 3) {
            throw new IllegalArgumentException("it has no reason");
        }
        return new Silence(rule, words[2], line);
    }
}
