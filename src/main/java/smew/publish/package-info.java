/**
 * Feature views of a release as tables of Redshift, Athena and Hive, which read the Parquet files where they lie on S3.
 *
 * <p>In: the manifest of a release and the location of its store. Out: tables, {@code latest_*} views and {@code smew_release}
 * there, or the statements that would make them. Hides the Redshift Data API and Athena. Must not know: how releases are made,
 * how a store is read.
 *
 * <p>Way through it: {@link smew.publish.ReleasedViews} says what and where, a {@link smew.publish.Destination} where to,
 * {@code ColumnTypes} which type a column has there, {@code LatestView} which row is the newest, {@code RedshiftTable} and
 * {@code ExternalTable} write the statements, {@code Redshift} and {@code Athena} run them, {@link smew.publish.Publisher} begins.
 */
@NullMarked
package smew.publish;

import org.jspecify.annotations.NullMarked;
