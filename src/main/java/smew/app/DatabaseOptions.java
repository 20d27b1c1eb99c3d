package smew.app;

import picocli.CommandLine.Option;

/** Which database tables over the Parquet files of a release are made in. */
final class DatabaseOptions {

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "The database to publish to, made if it does not exist. Default: smew.")
    String database = "smew";
}
