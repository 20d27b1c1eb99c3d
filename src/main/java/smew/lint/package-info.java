/**
 * Looks at SQL files before they run, and lays them out.
 *
 * <p>In: the SQL files of a project, saved or not; DuckDB, which parses them and binds what can be bound. Out: diagnostics with
 * their places, and files laid out anew. No input has to be there, and nothing is run.
 *
 * <p>A rule reads DuckDB's tree of a file, never its text; what the tree leaves open is not reported. Files are laid out from tokens,
 * because the tree knows no comments. The room must not know of stores, releases or models.
 */
@NullMarked
package smew.lint;

import org.jspecify.annotations.NullMarked;
