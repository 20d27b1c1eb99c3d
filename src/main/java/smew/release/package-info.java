/**
 * The layout of a release, its manifest, CURRENT, the warehouse file.
 *
 * <p>In: a store. Out: a draft to write into, published at once; manifests and folders to read. Must not know: how features or models are made.
 */
@NullMarked
package smew.release;

import org.jspecify.annotations.NullMarked;
