/**
 * Runs sources, feature views and checks into Parquet, online rows and the warehouse.
 *
 * <p>In: a project and a draft of a release. Out: files in the draft, row counts. Must not know: models, HTTP.
 */
@NullMarked
package smew.features;

import org.jspecify.annotations.NullMarked;
