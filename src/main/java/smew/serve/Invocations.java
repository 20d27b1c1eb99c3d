package smew.serve;

import java.util.Map;
import smew.model.ScoredRows;

/** Predictions for rows that a client sends: the shapes of SageMaker and MLflow. */
final class Invocations {

    private Invocations() {}

    static Answered ofDefaultModel(Call call) {
        return invoke(call, call.snapshot().model());
    }

    static Answered ofModel(Call call) {
        return invoke(call, call.snapshot().model(call.parameter(0)));
    }

    static Answered ofEndpoint(Call call) {
        return invoke(call, call.snapshot().endpoint(call.parameter(0)));
    }

    /** Nothing is answered before the last row is read: a client may send all of it before it reads, and may be refused until then. */
    private static Answered invoke(Call call, ServedModel model) {
        InvocationRows rows =
                new InvocationRows(model.predictor(), call.limits().rows());
        MediaType type = call.contentType().orElse(MediaType.of(Answer.JSON));
        switch (type.type()) {
            case Answer.CSV -> CsvRows.read(call.body(), type, rows);
            case Answer.JSON_LINES -> JsonRows.readLines(call.body(), rows);
            case Answer.ARROW_STREAM ->
                ArrowRows.read(call.body(), rows, call.limits().bodyBytes());
            default -> JsonRows.read(call.body(), rows);
        }
        ScoredRows scored = rows.complete();
        call.service().metrics().predicted(model, ServedModel.LOCAL_NAME, scored);
        return switch (call.writes().type()) {
            case Answer.CSV ->
                new Answered.InPieces(Answer.CSV + "; charset=utf-8", new CsvPieces(scored, call.writes()));
            case Answer.JSON_LINES -> new Answered.InPieces(Answer.JSON_LINES, jsonLines(scored, model));
            case Answer.ARROW_STREAM ->
                new Answered.InPieces(
                        Answer.ARROW_STREAM,
                        new ArrowPieces(
                                scored.size(),
                                Map.of(
                                        "model",
                                        model.card().name(),
                                        "release",
                                        call.snapshot().release()),
                                scored::columns));
            default -> new Answered.InPieces(Answer.JSON, json(scored, model));
        };
    }

    /** The predictions of the same JSON, each on a line of its own, so that a batch transform can join them with its rows. */
    private static Pieces jsonLines(ScoredRows scored, ServedModel model) {
        return new RowPieces("", scored.size(), "", (json, row) -> {
            json.raw("{");
            model.outcomes().write(json, scored, row);
            json.raw("}\n");
        });
    }

    /** MLflow's shape for a model that answers with several columns, plus where the answer comes from. */
    private static Pieces json(ScoredRows scored, ServedModel model) {
        return new RowPieces(
                Predictions.BEFORE,
                scored.size(),
                new JsonBuffer().raw("]").raw(model.origin()).raw("}").toBytes(),
                (json, row) -> {
                    json.raw(row == 0 ? "{" : ",{");
                    model.outcomes().write(json, scored, row);
                    json.raw("}");
                });
    }
}
