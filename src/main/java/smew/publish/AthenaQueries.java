package smew.publish;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.athena.AthenaAsyncClient;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionResponse;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.TableMetadata;

/** Runs statements in Athena, one at a time, and looks at its catalogue. */
final class AthenaQueries {

    private static final String CATALOG = "AwsDataCatalog";

    private final AthenaAsyncClient client;
    private final Destination.Athena into;
    private final Patience patience;

    AthenaQueries(AthenaAsyncClient client, Destination.Athena into, Patience patience) {
        this.client = client;
        this.into = into;
        this.patience = patience;
    }

    /** Whether the database exists. */
    boolean hasDatabase() {
        String doing = "Looking for database " + into.database() + " in Athena";
        try {
            client.getDatabase(request -> request.catalogName(CATALOG)
                            .databaseName(into.database())
                            .workGroup(into.workgroup().orElse(null)))
                    .join();
            return true;
        } catch (CompletionException failed) {
            if (isAbsent(failed)) {
                return false;
            }
            throw refused(doing, failed);
        }
    }

    /** The table or view of that name. */
    Optional<TableMetadata> table(String name) {
        String doing = "Looking for table " + into.database() + "." + name + " in Athena";
        try {
            return Optional.of(client.getTableMetadata(request -> request.catalogName(CATALOG)
                            .databaseName(into.database())
                            .tableName(name)
                            .workGroup(into.workgroup().orElse(null)))
                    .join()
                    .tableMetadata());
        } catch (CompletionException failed) {
            if (isAbsent(failed)) {
                return Optional.empty();
            }
            throw refused(doing, failed);
        }
    }

    /**
     * Runs one statement to its end.
     *
     * @param doing such as {@code Creating table smew.credit_history in Athena}
     */
    void run(String doing, String sql) {
        String id;
        try {
            id = client.startQueryExecution(request(sql)).join().queryExecutionId();
        } catch (CompletionException failed) {
            throw refused(doing, failed);
        }
        QueryExecutionStatus ended = patience.until(
                        doing + ", asking how query " + id + " is, which goes on in Athena",
                        () -> client.getQueryExecution(request -> request.queryExecutionId(id)),
                        answer -> hasEnded(answer))
                .map(answer -> answer.queryExecution().status())
                .orElseThrow(() -> stopped(doing, id));
        if (ended.state() != QueryExecutionState.SUCCEEDED) {
            throw failed(doing, ended);
        }
    }

    private StartQueryExecutionRequest request(String sql) {
        StartQueryExecutionRequest.Builder request = StartQueryExecutionRequest.builder()
                .queryString(sql)
                .workGroup(into.workgroup().orElse(null))
                .queryExecutionContext(context -> context.catalog(CATALOG));
        into.output().ifPresent(output -> request.resultConfiguration(result -> result.outputLocation(output)));
        return request.build();
    }

    private static boolean hasEnded(GetQueryExecutionResponse answer) {
        return switch (answer.queryExecution().status().state()) {
            case SUCCEEDED, FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, UNKNOWN_TO_SDK_VERSION -> false;
        };
    }

    private SmewException stopped(String doing, String id) {
        Aws.await(
                doing + ", stopping query " + id + ", which took longer than --timeout",
                client.stopQueryExecution(request -> request.queryExecutionId(id)));
        return new SmewException(
                Fault.OUTSIDE_SLOW,
                doing + ": query " + id + " took longer than "
                        + patience.limit().toSeconds()
                        + " s, and was stopped. Give --timeout more, or look at its workgroup.");
    }

    private static SmewException failed(String doing, QueryExecutionStatus ended) {
        String reason = ended.stateChangeReason() == null
                ? "Athena gave no reason"
                : ended.stateChangeReason().strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
        String said = reason.toLowerCase(Locale.ROOT);
        String cure = said.contains("access denied") || said.contains("not authorized")
                ? "Let the role or user of these credentials do it in the Glue catalogue, and read the bucket."
                : "Correct that, and publish again.";
        return new SmewException(
                Fault.OUTSIDE,
                doing + ": the query "
                        + (ended.state() == QueryExecutionState.CANCELLED ? "was cancelled" : "failed") + " (" + reason
                        + "). Tables before it are published, the others are as they were. " + cure);
    }

    private SmewException refused(String doing, CompletionException failed) {
        SmewException known = AwsFailure.of(doing, failed);
        String said = known.getMessage().toLowerCase(Locale.ROOT);
        if (said.contains("workgroup") && said.contains("not found")) {
            return new SmewException(
                    Fault.NOT_FOUND,
                    doing + ": there is no workgroup " + into.workgroup().orElse("primary")
                            + " in this region. Check --workgroup and the region.",
                    failed);
        }
        if (said.contains("output location")) {
            return new SmewException(
                    Fault.CONFIGURATION,
                    doing
                            + ": Athena does not know where to leave results. Give --output s3://bucket/results/, or set a"
                            + " place in the workgroup.",
                    failed);
        }
        return known;
    }

    /** The catalogue says so in an error of its own inside one of Athena. */
    private static boolean isAbsent(CompletionException failed) {
        String said = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return AwsFailure.code(failed).equals("MetadataException")
                && (said.contains("entitynotfound") || said.contains("not found") || said.contains("does not exist"));
    }
}
