/**
 * The model artefact and its card; scores rows.
 *
 * <p>In: models/NAME/ of a release, rows. Out: predictions. Must not know: how models are fitted.
 */
@NullMarked
package smew.model;

import org.jspecify.annotations.NullMarked;
