/**
 * The newest row of each entity, read-only, found by primitive or text key.
 *
 * <p>In: online/NAME.arrow of a release. Out: rows by id. Must not know: DuckDB, HTTP.
 */
@NullMarked
package smew.online;

import org.jspecify.annotations.NullMarked;
