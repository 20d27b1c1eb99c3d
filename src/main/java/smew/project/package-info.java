/**
 * The analyst's folder: SQL files, their directives, and the order in which they run.
 *
 * <p>In: a folder with {@code sql/}. Out: {@link smew.project.Project}, whose relations are validated and ordered, or one
 * error that gathers every problem with file and line. Must not know how SQL is executed: the parser comes in as a function.
 */
@NullMarked
package smew.project;

import org.jspecify.annotations.NullMarked;
