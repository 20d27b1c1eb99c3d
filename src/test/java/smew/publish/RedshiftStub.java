package smew.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.aws.Shape;
import smew.aws.StubAws;
import smew.aws.StubAws.Call;
import smew.aws.StubAws.Reply;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.CancelStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultRequest;

/** Plays the Redshift Data API: every statement finishes at once, unless a test says otherwise. */
final class RedshiftStub {

    static final String EXECUTE = "RedshiftData.ExecuteStatement";
    static final String BATCH = "RedshiftData.BatchExecuteStatement";
    static final String DESCRIBE = "RedshiftData.DescribeStatement";
    static final String RESULT = "RedshiftData.GetStatementResult";
    static final String CANCEL = "RedshiftData.CancelStatement";

    /** Rows of svv_columns. */
    final List<List<String>> columns = new ArrayList<>();

    /** What DescribeStatement answers one after the other; afterwards FINISHED, or FAILED where a part is to fail. */
    final Deque<String> states = new ArrayDeque<>();

    /** Whether the last of the states stays. */
    boolean stays;

    /** The part of a batch that fails; -1 for none. */
    int failingPart = -1;

    String error = "";

    /** How many questions are refused because there are too many. */
    int throttled;

    @Nullable
    Reply refusal;

    RedshiftStub(StubAws stub) {
        stub.on(EXECUTE, Shape.of(ExecuteStatementRequest.builder(), "Sql"), call -> started("columns"))
                .on(
                        BATCH,
                        Shape.of(BatchExecuteStatementRequest.builder(), "Sqls"),
                        call -> started("batch-" + call.json().get("Sqls").size()))
                .on(DESCRIBE, Shape.of(DescribeStatementRequest.builder(), "Id"), this::described)
                .on(RESULT, Shape.of(GetStatementResultRequest.builder(), "Id"), this::page)
                .on(
                        CANCEL,
                        Shape.of(CancelStatementRequest.builder(), "Id"),
                        call -> Reply.json(Map.of("Status", true)));
    }

    private Reply started(String id) {
        return Optional.ofNullable(refusal).orElseGet(() -> Reply.json(Map.of("Id", id, "Database", "dev")));
    }

    private Reply described(Call call) {
        if (throttled > 0) {
            throttled--;
            return Reply.error(400, "ThrottlingException", "Rate exceeded");
        }
        String id = call.json().get("Id").asString();
        boolean batch = id.startsWith("batch-");
        String state = !states.isEmpty()
                ? stays ? states.getFirst() : states.removeFirst()
                : batch && failingPart >= 0 ? "FAILED" : "FINISHED";
        Map<String, Object> answer = new LinkedHashMap<>(Map.of("Id", id, "Status", state));
        if (batch) {
            int parts = Integer.parseInt(id.substring("batch-".length()));
            answer.put(
                    "SubStatements",
                    IntStream.range(0, parts)
                            .mapToObj(part -> part(id, part, state, parts))
                            .toList());
        }
        if (state.equals("FAILED")) {
            answer.put("Error", "Query #" + (failingPart + 1) + " failed with " + error);
        }
        return Reply.json(answer);
    }

    private Map<String, Object> part(String id, int part, String state, int parts) {
        Map<String, Object> shown = new LinkedHashMap<>(Map.of("Id", id + ":" + (part + 1)));
        boolean failed = failingPart >= 0 && part >= failingPart;
        // A batch that is under way has done half of its work.
        boolean finished =
                state.equals("FINISHED") || failingPart >= 0 || (state.equals("STARTED") && 2 * part < parts);
        if (failed) {
            shown.put("Status", part == failingPart ? "FAILED" : "ABORTED");
            shown.put("Error", part == failingPart ? error : "Connection or an prior query failed.");
        } else {
            shown.put("Status", finished ? "FINISHED" : state.equals("ABORTED") ? "ABORTED" : "SUBMITTED");
        }
        return shown;
    }

    /** One row a page. */
    private Reply page(Call call) {
        int index = call.json().has("NextToken")
                ? Integer.parseInt(call.json().get("NextToken").asString())
                : 0;
        if (columns.isEmpty()) {
            return Reply.json(Map.of("Records", List.of()));
        }
        int next = index == 0 ? 1 : columns.size();
        List<List<Map<String, Object>>> records = columns.subList(index, next).stream()
                .map(row -> row.stream().map(RedshiftStub::field).toList())
                .toList();
        return Reply.json(
                next < columns.size() ? Map.of("Records", records, "NextToken", "1") : Map.of("Records", records));
    }

    private static Map<String, Object> field(String value) {
        return value.isEmpty()
                ? Map.of("isNull", true)
                : value.matches("\\d+") ? Map.of("longValue", Long.parseLong(value)) : Map.of("stringValue", value);
    }
}
