package smew.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.aws.Shape;
import smew.aws.StubAws;
import smew.aws.StubAws.Call;
import smew.aws.StubAws.Reply;
import software.amazon.awssdk.services.athena.model.GetDatabaseRequest;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetTableMetadataRequest;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;

/** Plays Athena: the database exists and is empty, every query succeeds at once, unless a test says otherwise. */
final class AthenaStub {

    static final String START = "AmazonAthena.StartQueryExecution";
    static final String STOP = "AmazonAthena.StopQueryExecution";

    final Map<String, Object> tables = new HashMap<>();
    boolean hasDatabase = true;
    boolean catalogueDenied;

    /** What GetQueryExecution answers one after the other; afterwards SUCCEEDED. */
    final Deque<String> states = new ArrayDeque<>();

    /** Whether the last of the states stays. */
    boolean stays;

    String reason = "";
    int throttled;

    @Nullable
    Reply refusal;

    AthenaStub(StubAws stub) {
        stub.on(
                        "AmazonAthena.GetDatabase",
                        Shape.of(GetDatabaseRequest.builder(), "CatalogName", "DatabaseName"),
                        call -> catalogueDenied
                                ? Reply.error(
                                        400,
                                        "MetadataException",
                                        "User: x is not authorized to perform: glue:GetDatabase (Service: AWSGlue; Error Code:"
                                                + " AccessDeniedException)")
                                : hasDatabase
                                        ? Reply.json(Map.of("Database", Map.of("Name", "features")))
                                        : absent("Database features"))
                .on(
                        "AmazonAthena.GetTableMetadata",
                        Shape.of(GetTableMetadataRequest.builder(), "CatalogName", "DatabaseName", "TableName"),
                        this::table)
                .on(
                        START,
                        Shape.of(StartQueryExecutionRequest.builder(), "QueryString")
                                .with(Map.of("QueryString", "(?s)[^;]+")),
                        call -> Optional.ofNullable(refusal)
                                .orElseGet(() -> Reply.json(Map.of("QueryExecutionId", "query-1"))))
                .on(
                        "AmazonAthena.GetQueryExecution",
                        Shape.of(GetQueryExecutionRequest.builder(), "QueryExecutionId"),
                        call -> state())
                .on(
                        STOP,
                        Shape.of(StopQueryExecutionRequest.builder(), "QueryExecutionId"),
                        call -> Reply.json(Map.of()));
    }

    private Reply table(Call call) {
        String name = call.json().get("TableName").asString();
        return tables.containsKey(name)
                ? Reply.json(Map.of("TableMetadata", tables.get(name)))
                : absent("Table " + name);
    }

    private static Reply absent(String what) {
        return Reply.error(
                400, "MetadataException", what + " not found. (Service: AWSGlue; Error Code: EntityNotFoundException)");
    }

    private Reply state() {
        if (throttled > 0) {
            throttled--;
            return Reply.error(400, "TooManyRequestsException", "Rate exceeded");
        }
        String state = states.isEmpty() ? "SUCCEEDED" : stays ? states.getFirst() : states.removeFirst();
        return Reply.json(
                Map.of("QueryExecution", Map.of("Status", Map.of("State", state, "StateChangeReason", reason))));
    }
}
