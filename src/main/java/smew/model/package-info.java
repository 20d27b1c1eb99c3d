/**
 * The model artefact and its card; scores and explains rows.
 *
 * <p>In: models/NAME/ of a release, rows. Out: predictions and reasons, and {@link
 * smew.model.PredictionLog}, by which whoever answers predictions tells whoever keeps them. Must not know: how models are fitted.
 *
 * <p>Smile's trees are compiled into arrays when they are grown, and kept so: what serves a model has nothing of Smile in memory.
 */
@NullMarked
package smew.model;

import org.jspecify.annotations.NullMarked;
