package smew.project;

/**
 * One thing that is wrong with a file.
 *
 * @param path relative to the project, with slashes
 * @param detail what was found, what was expected and what to do
 */
public record Finding(LintRule rule, String path, Place place, String detail) {}
