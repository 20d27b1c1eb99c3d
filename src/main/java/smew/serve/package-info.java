/**
 * Routes, request and answer shapes, graceful stop, following new releases.
 *
 * <p>In: a store. Out: HTTP. Must not know: DuckDB, training.
 */
@NullMarked
package smew.serve;

import org.jspecify.annotations.NullMarked;
