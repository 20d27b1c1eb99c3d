/**
 * The newest row of each entity, read-only, found by primitive or text key.
 *
 * <p>In: the columns of online/NAME.arrow of a release, in memory or mapped. Out: rows by id, values as JSON has them. Must not
 * know: DuckDB, HTTP, where a release lies.
 */
@NullMarked
package smew.online;

import org.jspecify.annotations.NullMarked;
