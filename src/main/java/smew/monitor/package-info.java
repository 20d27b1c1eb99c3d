/**
 * What becomes of a model that is served: the log of its predictions, how far what it sees has drifted from what it was learned from,
 * and how right it was once the truth is known.
 *
 * <p>In: answered predictions, cards, files of outcomes. Out: Parquet below {@code predictions/} and {@code outcomes/} of a store,
 * numbers of drift, predictions beside their outcomes. Must not know: HTTP, training, releases.
 *
 * <p>{@link smew.monitor.Recorder} writes the log, {@link smew.monitor.LoggedPredictions} reads it, {@link smew.monitor.DriftCount}
 * compares rows with a card, and {@link smew.monitor.KeptOutcomes} joins later truth.
 */
@NullMarked
package smew.monitor;

import org.jspecify.annotations.NullMarked;
