/**
 * Routes, request and answer shapes, graceful stop, following new releases.
 *
 * <p>In: the releases of a store, or the files of one model. Out: HTTP. Hides Undertow. Must not know: DuckDB, training.
 *
 * <p>{@link smew.serve.Routes} is the table of routes. A request becomes a {@code Call} in {@code RequestHandler}, a handler
 * turns it into an {@code Answer} from one {@code Snapshot}, and {@code Follower} swaps snapshots; {@code Unchanging} has one that stays. Every failure leaves through
 * {@code Problems}. Rows in a body go through {@code InvocationRows}, which scores them batch by batch as a reader of their format
 * ({@code JsonRows}, {@code CsvRows}, {@code ArrowRows}) adds them; what may be long is answered in {@code Pieces}.
 * {@code Tried} holds the releases beside the current one: {@code Canary} chooses between two snapshots by id, {@code Shadow} hears
 * what was answered before the log of predictions does.
 */
@NullMarked
package smew.serve;

import org.jspecify.annotations.NullMarked;
