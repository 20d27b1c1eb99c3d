/**
 * The analyst's folder: SQL files, their directives, and the order in which they run.
 *
 * <p>In: a folder with {@code sql/}. Out: {@link smew.project.Project}, whose relations are validated and ordered, or one
 * error that gathers every problem with file and line. Must not know how SQL is executed: the parser comes in as a function.
 *
 * <p>Way through it: {@code SqlFolder} lists, {@code Draft} reads one file ({@code Header} its directives, {@code SqlTree} what
 * DuckDB's parser tells), {@code Lookup} finds what it reads, {@code Order} sorts, {@code ProjectReader} builds the relations.
 * What is wrong goes to {@code Findings} on the way, so that one error tells all. A new directive is a constant of {@link
 * smew.project.Directive}; which kind may read which is {@link smew.project.Kind#reads()}.
 */
@NullMarked
package smew.project;

import org.jspecify.annotations.NullMarked;
