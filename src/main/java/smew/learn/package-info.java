/**
 * Training rows, split, resampling, fitting, evaluation.
 *
 * <p>In: a model's definition and its rows as columns. Out: model artefact and card. Must not know: SQL, HTTP.
 */
@NullMarked
package smew.learn;

import org.jspecify.annotations.NullMarked;
