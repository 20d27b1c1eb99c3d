/**
 * The model artefact and its card; scores and explains rows.
 *
 * <p>In: models/NAME/ of a release, rows. Out: predictions and reasons. Must not know: how models are fitted.
 */
@NullMarked
package smew.model;

import org.jspecify.annotations.NullMarked;
