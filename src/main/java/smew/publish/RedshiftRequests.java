package smew.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import smew.aws.RequestJson;
import smew.base.Json;
import smew.release.Manifest;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.redshiftdata.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.redshiftdata.model.SqlParameter;

/** What is asked of the Redshift Data API: once which columns are there, then one batch, which is one transaction, for each view. */
record RedshiftRequests(ReleasedViews release, Destination.Redshift into) {

    List<RedshiftTable> tables() {
        return release.views().stream()
                .map(view -> new RedshiftTable(release, view, into))
                .toList();
    }

    /** The columns of the tables that exist already. Redshift keeps names in lower case. */
    ExecuteStatementRequest columns() {
        List<SqlParameter> parameters = new ArrayList<>();
        parameters.add(parameter("schema", into.schema()));
        List<Manifest.View> views = release.views();
        for (int index = 0; index < views.size(); index++) {
            parameters.add(parameter("table" + index, views.get(index).name()));
        }
        List<String> names = IntStream.range(0, views.size())
                .mapToObj(index -> ":table" + index)
                .toList();
        return ExecuteStatementRequest.builder()
                .workgroupName(into.workgroup().orElse(null))
                .clusterIdentifier(into.cluster().orElse(null))
                .dbUser(into.dbUser().orElse(null))
                .secretArn(into.secretArn().orElse(null))
                .database(into.database())
                .statementName("smew publish: columns")
                .sql(
                        "SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale\n"
                                + "FROM svv_columns\nWHERE lower(table_schema) = :schema AND lower(table_name) IN ("
                                + String.join(", ", names) + ")\nORDER BY table_name, ordinal_position")
                .parameters(parameters)
                .build();
    }

    BatchExecuteStatementRequest load(RedshiftTable table) {
        return BatchExecuteStatementRequest.builder()
                .workgroupName(into.workgroup().orElse(null))
                .clusterIdentifier(into.cluster().orElse(null))
                .dbUser(into.dbUser().orElse(null))
                .secretArn(into.secretArn().orElse(null))
                .database(into.database())
                .statementName("smew publish: " + table.view().name() + " of " + release.release())
                .sqls(table.steps().stream().map(RedshiftTable.Step::sql).toList())
                .build();
    }

    /** All of them as JSON, in the order in which they are sent. */
    String json() {
        List<Sent> sent = new ArrayList<>();
        sent.add(new Sent("ExecuteStatement", columns()));
        tables().forEach(table -> sent.add(new Sent("BatchExecuteStatement", load(table))));
        return Json.pretty(sent.stream()
                .map(one -> new Shown(one.operation(), RequestJson.of(one.request())))
                .toList());
    }

    private record Sent(String operation, SdkPojo request) {}

    private record Shown(String operation, Object request) {}

    private static SqlParameter parameter(String name, String value) {
        return SqlParameter.builder()
                .name(name)
                .value(value.toLowerCase(Locale.ROOT))
                .build();
    }
}
