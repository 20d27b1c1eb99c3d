/**
 * Where outputs live, a folder or a prefix of an S3 bucket: read, list, write and replace atomically, one writer before others.
 *
 * <p>In: a location as the user wrote it. Out: files and bytes. Hides S3. Must not know: what a release is.
 */
@NullMarked
package smew.store;

import org.jspecify.annotations.NullMarked;
