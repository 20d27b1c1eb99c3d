/**
 * What every room stands on: faults and their one exception, JSON, digests, near names, progress.
 *
 * <p>In: nothing. Out: small values without state. Hides Jackson and Gson. Must not know any other room.
 */
@NullMarked
package smew.base;

import org.jspecify.annotations.NullMarked;
