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
import smew.online.OnlineTable;
import tools.jackson.databind.JsonNode;

/** Predictions by id. */
final class Predictions {

    private Predictions() {}

    static Answered one(Call call) {
        return one(call, call.snapshot().model());
    }

    static Answered oneOfModel(Call call) {
        return one(call, call.snapshot().model(call.parameter(0)));
    }

    static Answered many(Call call) {
        return many(call, call.snapshot().model());
    }

    static Answered manyOfModel(Call call) {
        return many(call, call.snapshot().model(call.parameter(0)));
    }

    private static Answered one(Call call, ServedModel model) {
        int row = Ids.row(call, model.table());
        List<String> missing = model.missing(row);
        if (!missing.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Scoring id '" + Text.shown(Percent.decode(call.rawId())) + "': it " + lacks(missing, model));
        }
        int[] rows = {row};
        Remote remote = model.remote();
        if (remote != null) {
            return new Answered.Later(remote.predict(model, rows)
                    .thenApply(scored -> one(model, row, scored.predictions(), scored.backend())));
        }
        return one(model, row, model.predictor().predict(model.table().table(), rows), ServedModel.LOCAL);
    }

    private static Answer one(ServedModel model, int row, List<Prediction> predictions, byte[] backend) {
        JsonBuffer json = new JsonBuffer();
        model.writePrediction(json, row, predictions.getFirst(), backend);
        return Answer.json(json);
    }

    private static Answered many(Call call, ServedModel model) {
        JsonNode ids = ids(call);
        List<JsonNode> unknown = new ArrayList<>();
        int[] rows = rows(ids, model, unknown);
        Remote remote = model.remote();
        if (remote != null && rows.length > 0) {
            return new Answered.Later(remote.predict(model, rows)
                    .thenApply(scored -> many(model, rows, scored.predictions(), scored.backend(), unknown)));
        }
        List<Prediction> predictions = model.predictor().predict(model.table().table(), rows);
        return many(model, rows, predictions, ServedModel.LOCAL, unknown);
    }

    private static Answer many(
            ServedModel model, int[] rows, List<Prediction> predictions, byte[] backend, List<JsonNode> unknown) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"predictions\":[");
        for (int i = 0; i < rows.length; i++) {
            if (i > 0) {
                json.raw(",");
            }
            model.writePrediction(json, rows[i], predictions.get(i), backend);
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
        OnlineTable table = model.table();
        int[] rows = new int[ids.size()];
        int known = 0;
        Refusals malformed = new Refusals();
        Refusals incomplete = new Refusals();
        for (int i = 0; i < ids.size(); i++) {
            String where = "ids[" + i + "]";
            JsonNode id = ids.get(i);
            try {
                OptionalInt row = Ids.row(id, table);
                if (row.isEmpty()) {
                    unknown.add(id);
                    continue;
                }
                rows[known++] = row.getAsInt();
                List<String> missing = model.missing(row.getAsInt());
                if (!missing.isEmpty()) {
                    incomplete.add(
                            () -> new Problem(where, "id " + Text.shown(id.toString()) + " " + lacks(missing, model)));
                }
            } catch (SmewException refused) {
                malformed.add(() -> new Problem(where, refused.getMessage()));
            }
        }
        malformed.check(Fault.USAGE, "Reading ids");
        incomplete.check(Fault.DATA, "Scoring ids");
        return Arrays.copyOf(rows, known);
    }

    private static String lacks(List<String> missing, ServedModel model) {
        return "has no " + String.join(" and ", missing) + ", and model "
                + model.card().name() + " allows none missing (@missing error).";
    }
}
