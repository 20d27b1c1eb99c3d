/**
 * Opens DuckDB, runs SQL with progress and errors that name file and line, hands out columns.
 *
 * <p>{@link smew.duck.Sandbox} runs a stranger's query.
 *
 * <p>In: SQL text. Out: tables, Parquet and Arrow files. Must not know: projects, releases, models.
 */
@NullMarked
package smew.duck;

import org.jspecify.annotations.NullMarked;
