package smew.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;
import smew.model.Prediction;
import tools.jackson.databind.JsonNode;

/**
 * The Open Inference Protocol, version 2, as KServe, Triton, MLServer and their clients speak it. The version of a model is the
 * release that it is of.
 */
final class OpenInference {

    private static final String PREDICTION = "prediction";
    private static final String PROBABILITIES = "probabilities";

    private OpenInference() {}

    static boolean isAskedFor(String path) {
        return path.startsWith("/v2/");
    }

    /** The problem with the one member in which clients of this protocol look for words. */
    static Answer problem(Answer problem) {
        return Problems.extended(
                problem,
                (told, json) -> json.raw(",\"error\":").text(told.get("detail").asString()));
    }

    static Answer server(Call call) {
        return Answer.json(Map.of("name", "smew", "version", call.snapshot().release(), "extensions", List.of()));
    }

    static Answer live(Call call) {
        return Answer.json(Map.of("live", true));
    }

    static Answer ready(Call call) {
        Probes.requireStaying(call);
        return Answer.json(Map.of("ready", true));
    }

    static Answer modelReady(Call call) {
        Probes.requireStaying(call);
        ServedModel model = model(call);
        return Answer.json(Map.of("name", model.card().name(), "ready", true));
    }

    static Answer metadata(Call call) {
        Card card = model(call).card();
        List<Map<String, Object>> outputs = new ArrayList<>();
        outputs.add(described(PREDICTION, outcomeType(card), List.of(-1)));
        if (!card.classes().isEmpty()) {
            outputs.add(
                    described(PROBABILITIES, "FP64", List.of(-1, card.classes().size())));
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", card.name());
        told.put("versions", List.of(call.snapshot().release()));
        told.put("platform", "smew");
        told.put(
                "inputs",
                card.inputs().stream()
                        .map(input -> described(input.name(), inputType(input), List.of(-1)))
                        .toList());
        told.put("outputs", outputs);
        return Answer.json(told);
    }

    static Answer infer(Call call) {
        ServedModel model = model(call);
        JsonNode body = JsonBody.read(call.body().bytes());
        JsonNode id = body.get("id");
        if (id != null && !id.isString()) {
            throw new SmewException(
                    Fault.USAGE, "Reading the body: id is " + Text.shown(id.toString()) + ", expected a text.");
        }
        TensorRows tensors = TensorRows.read(body, model.card(), call.limits().rows());
        List<Prediction> predictions = model.predictor().predict(tensors.rows());
        call.service().metrics().predicted(model, ServedModel.LOCAL_NAME, predictions);
        JsonBuffer json = call.json();
        json.raw("{\"model_name\":").text(model.card().name());
        json.raw(",\"model_version\":").text(call.snapshot().release());
        if (id != null) {
            json.raw(",\"id\":").text(id.stringValue());
        }
        json.raw(",\"outputs\":[");
        List<String> wanted = wanted(body, model.card());
        for (int i = 0; i < wanted.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            if (wanted.get(i).equals(PREDICTION)) {
                predictions(json, model.card(), predictions);
            } else {
                probabilities(json, model.card(), predictions);
            }
        }
        return Answer.json(json.raw("]}"));
    }

    /** The outputs that are asked for; all of them where none is named. */
    private static List<String> wanted(JsonNode body, Card card) {
        List<String> known = card.classes().isEmpty() ? List.of(PREDICTION) : List.of(PREDICTION, PROBABILITIES);
        JsonNode outputs = body.path("outputs");
        List<String> wanted = new ArrayList<>();
        for (JsonNode output : outputs) {
            String name = output.path("name").asString("");
            if (!known.contains(name)) {
                throw new SmewException(
                        Fault.USAGE,
                        "Reading outputs: model " + card.name() + " has no output " + Text.shown(name) + ", expected "
                                + String.join(" or ", known) + ".");
            }
            wanted.add(name);
        }
        return wanted.isEmpty() ? known : wanted;
    }

    private static void predictions(JsonBuffer json, Card card, List<Prediction> predictions) {
        json.raw("{\"name\":\"prediction\",\"shape\":[").number((long) predictions.size());
        json.raw("],\"datatype\":").text(outcomeType(card)).raw(",\"data\":[");
        for (int i = 0; i < predictions.size(); i++) {
            json.raw(i == 0 ? "" : ",").value(predictions.get(i).value());
        }
        json.raw("]}");
    }

    private static void probabilities(JsonBuffer json, Card card, List<Prediction> predictions) {
        json.raw("{\"name\":\"probabilities\",\"shape\":[").number((long) predictions.size());
        json.raw(",").number((long) card.classes().size());
        json.raw("],\"datatype\":\"FP64\",\"parameters\":{\"classes\":").text(String.join(",", card.classes()));
        json.raw("},\"data\":[");
        boolean first = true;
        for (Prediction prediction : predictions) {
            for (double probability : prediction.probabilities()) {
                json.raw(first ? "" : ",").number(probability);
                first = false;
            }
        }
        json.raw("]}");
    }

    /** The model of the path, which may name the version, and then the one that is served. */
    private static ServedModel model(Call call) {
        ServedModel model = call.snapshot().model(call.parameter(0));
        @Nullable String version = call.raw().size() > 1 ? call.parameter(1) : null;
        if (version != null && !version.equals(call.snapshot().release())) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Version " + Text.shown(version) + " of model "
                            + model.card().name() + " is not served, but "
                            + call.snapshot().release() + ".");
        }
        return model;
    }

    private static Map<String, Object> described(String name, String type, List<Integer> shape) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", name);
        tensor.put("datatype", type);
        tensor.put("shape", shape);
        return tensor;
    }

    private static String inputType(Card.Input input) {
        return switch (input.type()) {
            case NUMBER -> "FP64";
            case BOOLEAN -> "BOOL";
            case CATEGORY -> "BYTES";
        };
    }

    private static String outcomeType(Card card) {
        if (card.classes().isEmpty()) {
            return "FP64";
        }
        return switch (card.labelType()) {
            case INTEGER -> "INT64";
            case NUMBER -> "FP64";
            case BOOLEAN -> "BOOL";
            case TEXT -> "BYTES";
        };
    }
}
