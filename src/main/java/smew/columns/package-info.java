/**
 * Columns of plain Java arrays, and the Arrow files and streams they come from.
 *
 * <p>In: an Arrow stream or an Arrow IPC file. Out: {@link smew.columns.Table}, and Arrow again; or
 * {@link smew.columns.MappedTable}, whose rows stay in the file until they are asked for. Hides Arrow: no other room but {@code duck},
 * which fills a stream, imports it. Must not know DuckDB, so that a server can load a release without it.
 */
@NullMarked
package smew.columns;

import org.jspecify.annotations.NullMarked;
