/**
 * Where outputs live: a folder with put, get, list, replace-atomically and a lock between writers.
 *
 * <p>In: a location as the user wrote it. Out: files and bytes. Must not know: what a release is.
 */
@NullMarked
package smew.store;

import org.jspecify.annotations.NullMarked;
