package smew.publish;

import smew.aws.Aws;
import smew.aws.AwsSettings;
import smew.base.Progress;
import software.amazon.awssdk.services.athena.AthenaAsyncClient;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataAsyncClient;

/** Publishes feature views to a destination, or says what that would take. */
public final class Publisher {

    private Publisher() {}

    /**
     * What would be run, without credentials, network or change: requests to Redshift as JSON, statements for Athena and Hive that
     * fit a database with or without these tables.
     *
     * @throws smew.base.SmewException DATA when columns have types that the destination cannot read; CONFIGURATION when Redshift
     *     is to read what is not on S3
     */
    public static Publication.Script script(ReleasedViews release, Destination to) {
        return new Publication.Script(
                switch (to) {
                    case Destination.Redshift redshift ->
                        requests(release, redshift).json();
                    case Destination.Athena athena -> statements("Athena", Dialect.TRINO, release, athena.database());
                    case Destination.Hive hive -> statements("Hive", Dialect.HIVE, release, hive.database());
                });
    }

    /**
     * Publishes; Hive, which nobody here can reach, gets its script.
     *
     * @param replace tables that exist with other columns, which are refused otherwise
     * @throws smew.base.SmewException also GATE when tables have other columns, OUTSIDE and NOT_FOUND as AWS has it
     */
    public static Publication publish(
            ReleasedViews release,
            Destination to,
            boolean replace,
            Progress progress,
            AwsSettings settings,
            Patience patience) {
        return switch (to) {
            case Destination.Redshift redshift -> {
                RedshiftRequests requests = requests(release, redshift);
                try (Aws aws = Aws.open(settings);
                        RedshiftDataAsyncClient client = aws.client(RedshiftDataAsyncClient.builder())) {
                    yield new Redshift(client, aws.region(), requests, patience).publish(replace, progress);
                }
            }
            case Destination.Athena athena -> {
                ColumnTypes.requireHive("Athena", release.onS3("Athena").views());
                try (Aws aws = Aws.open(settings);
                        AthenaAsyncClient client = aws.client(AthenaAsyncClient.builder())) {
                    AthenaQueries queries = new AthenaQueries(client, athena, patience);
                    yield new Athena(release, athena, queries).publish(replace, progress);
                }
            }
            case Destination.Hive hive -> script(release, hive);
        };
    }

    private static RedshiftRequests requests(ReleasedViews release, Destination.Redshift into) {
        ColumnTypes.requireRedshift(release.onS3("Redshift").views());
        return new RedshiftRequests(release, into);
    }

    private static String statements(String reader, Dialect views, ReleasedViews release, String database) {
        ColumnTypes.requireHive(reader, release.views());
        return ExternalTable.script(views, release, database);
    }
}
