package smew.project;

import smew.base.Problem;

/**
 * One thing that is wrong with a file.
 *
 * @param path relative to the project, with slashes
 * @param detail what was found, what was expected and what to do
 */
public record Finding(LintRule rule, String path, Place place, String detail) {

    /** The same for who only needs the line. */
    public Problem problem() {
        return new Problem(path + ":" + place.line(), detail);
    }
}
