package smew.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Problem;
import smew.base.SmewException;
import smew.model.Prediction;
import tools.jackson.databind.JsonNode;

/** Predictions by id. */
final class Predictions {

    private Predictions() {}

    static Answer one(Call call) {
        return one(call, call.snapshot().model());
    }

    static Answer oneOfModel(Call call) {
        return one(call, call.snapshot().model(call.parameter(0)));
    }

    static Answer many(Call call) {
        return many(call, call.snapshot().model());
    }

    static Answer manyOfModel(Call call) {
        return many(call, call.snapshot().model(call.parameter(0)));
    }

    private static Answer one(Call call, ServedModel model) {
        int row = Ids.row(call, model.table());
        Prediction prediction = model.predictor()
                .predict(model.table().table(), new int[] {row})
                .getFirst();
        JsonBuffer json = new JsonBuffer();
        model.writePrediction(json, row, prediction);
        return Answer.json(json);
    }

    private static Answer many(Call call, ServedModel model) {
        JsonNode ids = ids(call);
        List<JsonNode> unknown = new ArrayList<>();
        int[] rows = rows(ids, model, unknown);
        List<Prediction> predictions = model.predictor().predict(model.table().table(), rows);
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"predictions\":[");
        for (int i = 0; i < rows.length; i++) {
            if (i > 0) {
                json.raw(",");
            }
            model.writePrediction(json, rows[i], predictions.get(i));
        }
        json.raw("],\"unknown\":[");
        for (int i = 0; i < unknown.size(); i++) {
            if (i > 0) {
                json.raw(",");
            }
            json.raw(Json.bytes(unknown.get(i)));
        }
        return Answer.json(json.raw("]}"));
    }

    private static JsonNode ids(Call call) {
        JsonNode body = JsonBody.read(call.body());
        JsonNode ids = body.get("ids");
        if (ids == null || !ids.isArray()) {
            throw new SmewException(
                    Fault.USAGE, "Reading the body: expected {\"ids\":[…]}, an object whose ids are an array.");
        }
        if (ids.size() > call.idLimit()) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading ids: found " + ids.size() + ", and one request may ask for " + call.idLimit()
                            + ". Send several requests, or score all entities with smew score.");
        }
        return ids;
    }

    private static int[] rows(JsonNode ids, ServedModel model, List<JsonNode> unknown) {
        int[] rows = new int[ids.size()];
        int known = 0;
        Refusals refusals = new Refusals();
        for (int i = 0; i < ids.size(); i++) {
            try {
                OptionalInt row = Ids.row(ids.get(i), model.table());
                if (row.isPresent()) {
                    rows[known++] = row.getAsInt();
                } else {
                    unknown.add(ids.get(i));
                }
            } catch (SmewException malformed) {
                String where = "ids[" + i + "]";
                refusals.add(() -> new Problem(where, malformed.getMessage()));
            }
        }
        refusals.check(Fault.USAGE, "Reading ids");
        return Arrays.copyOf(rows, known);
    }
}
