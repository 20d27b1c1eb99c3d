package smew.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import smew.columns.Column;
import smew.model.Card;

/** What requests and answers look like, as JSON Schema, for the models and feature views of a release. */
final class Schemas {

    private static final Map<String, Object> ANYTHING = Map.of();
    private static final Map<String, Object> TEXT = type("string");
    private static final Map<String, Object> NUMBER = type("number");

    private Schemas() {}

    /** All components: those of {@link Shape}, and what they are made of. */
    static Map<String, Object> of(Snapshot snapshot) {
        Map<String, Object> schemas = new TreeMap<>();
        schemas.put("Problem", problem());
        schemas.put("Id", Map.of("oneOf", List.of(type("integer"), TEXT, list(ANYTHING))));
        snapshot.models().forEach((name, model) -> schemas.put("inputs_" + name, inputs(model.card(), true)));
        snapshot.models().forEach((name, model) -> schemas.put("changes_" + name, inputs(model.card(), false)));
        snapshot.views().forEach((name, view) -> schemas.put("view_" + name, columns(view)));
        for (Shape shape : Shape.values()) {
            if (shape != Shape.NOTHING) {
                schemas.put(shape.component(), schema(shape, snapshot));
            }
        }
        return schemas;
    }

    static Map<String, Object> reference(String component) {
        return Map.of("$ref", "#/components/schemas/" + component);
    }

    private static Map<String, Object> schema(Shape shape, Snapshot snapshot) {
        Map<String, Object> features = any("inputs_", snapshot.models(), ANYTHING);
        return switch (shape) {
            case NOTHING, OBJECT -> type("object");
            case TEXT -> TEXT;
            case IDS -> object(Map.of("ids", list(reference("Id"))), "ids");
            case CHANGES -> object(Map.of("features", any("changes_", snapshot.models(), ANYTHING)), "features");
            case ROWS -> rows(features);
            case TENSORS ->
                object(
                        Map.of(
                                "id",
                                TEXT,
                                "inputs",
                                list(tensor()),
                                "outputs",
                                list(object(Map.of("name", TEXT), "name"))),
                        "inputs");
            case PREDICTION -> prediction(features);
            case PREDICTIONS, INVOCATION, INFERENCE -> predictions(shape);
            case FEATURES -> features("model", features);
            case VIEW_FEATURES -> features("view", any("view_", snapshot.views(), ANYTHING));
            case CARDS ->
                object(
                        Map.of("release", TEXT, "default", TEXT, "models", list(reference("Card"))),
                        "release",
                        "models");
            case CARD -> object(Map.of("name", TEXT, "inputs", list(type("object"))), "name");
            case TENSOR_MODEL ->
                object(
                        Map.of(
                                "name", TEXT,
                                "versions", list(TEXT),
                                "platform", TEXT,
                                "inputs", list(type("object")),
                                "outputs", list(type("object"))),
                        "name",
                        "inputs",
                        "outputs");
            case QUERY -> object(Map.of("sql", TEXT, "parameters", list(ANYTHING), "limit", type("integer")), "sql");
            case TABLE ->
                object(
                        Map.of(
                                "release",
                                TEXT,
                                "columns",
                                list(object(Map.of("name", TEXT, "type", TEXT), "name", "type")),
                                "rows",
                                list(list(ANYTHING)),
                                "truncated",
                                type("boolean")),
                        "release",
                        "columns",
                        "rows",
                        "truncated");
            case RELEASES ->
                object(
                        Map.of("served", TEXT, "current", TEXT, "releases", list(object(Map.of("id", TEXT), "id"))),
                        "releases");
            case RELEASE -> object(Map.of("id", TEXT, "created", TEXT, "as_of", TEXT), "id", "created", "as_of");
            case CURRENT -> object(Map.of("current", TEXT), "current");
            case STATUS -> object(Map.of("status", TEXT, "release", TEXT), "status");
        };
    }

    /** Answers for several rows. */
    private static Map<String, Object> predictions(Shape shape) {
        if (shape == Shape.PREDICTIONS) {
            return object(
                    Map.of("predictions", list(reference("Prediction")), "unknown", list(reference("Id"))),
                    "predictions",
                    "unknown");
        }
        return shape == Shape.INFERENCE
                ? object(
                        Map.of("model_name", TEXT, "model_version", TEXT, "id", TEXT, "outputs", list(tensor())),
                        "model_name",
                        "model_version",
                        "outputs")
                : object(
                        Map.of("predictions", list(object(outcome(), "prediction")), "model", TEXT, "release", TEXT),
                        "predictions",
                        "model",
                        "release");
    }

    private static Map<String, Object> features(String of, Map<String, Object> features) {
        return object(
                Map.of("id", reference("Id"), of, TEXT, "release", TEXT, "time", ANYTHING, "features", features),
                "id",
                of,
                "release",
                "features");
    }

    private static Map<String, Object> prediction(Map<String, Object> features) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("id", reference("Id"));
        properties.put("model", TEXT);
        properties.put("release", TEXT);
        properties.put("backend", TEXT);
        properties.putAll(outcome());
        properties.put("time", ANYTHING);
        properties.put("features", features);
        properties.put("explanation", type("object"));
        properties.put("reasons", list(type("object")));
        return object(properties, "id", "model", "release", "backend", "prediction", "features");
    }

    private static Map<String, Object> outcome() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("prediction", Map.of("type", List.of("integer", "number", "boolean", "string")));
        properties.put("probability", Map.of("type", "number", "minimum", 0, "maximum", 1));
        properties.put("probabilities", Map.of("type", "object", "additionalProperties", NUMBER));
        return properties;
    }

    private static Map<String, Object> rows(Map<String, Object> features) {
        Map<String, Object> list = list(Map.of("anyOf", List.of(features, list(ANYTHING))));
        Map<String, Object> split = object(Map.of("columns", list(TEXT), "data", list(list(ANYTHING))), "data");
        return Map.of(
                "oneOf",
                List.of(
                        object(Map.of("instances", list), "instances"),
                        object(Map.of("inputs", Map.of("anyOf", List.of(list, type("object")))), "inputs"),
                        object(Map.of("dataframe_split", split), "dataframe_split"),
                        object(Map.of("dataframe_records", list(features)), "dataframe_records")));
    }

    private static Map<String, Object> tensor() {
        return object(
                Map.of(
                        "name",
                        TEXT,
                        "shape",
                        list(type("integer")),
                        "datatype",
                        Map.of(
                                "type",
                                "string",
                                "enum",
                                List.of(
                                        "BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32",
                                        "INT64", "FP16", "FP32", "FP64", "BYTES")),
                        "data",
                        list(ANYTHING)),
                "name",
                "shape",
                "datatype",
                "data");
    }

    /** The inputs of a model by name; a string may be any, because a category that training never saw is legal. */
    private static Map<String, Object> inputs(Card card, boolean all) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Card.Input input : card.inputs()) {
            String type = switch (input.type()) {
                case NUMBER -> "number";
                case BOOLEAN -> "boolean";
                case CATEGORY -> "string";
            };
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("type", List.of(type, "null"));
            input.description().ifPresent(text -> property.put("description", text));
            if (!input.levels().isEmpty()) {
                property.put("examples", input.levels());
            }
            properties.put(input.name(), property);
        }
        String[] required = all ? card.inputs().stream().map(Card.Input::name).toArray(String[]::new) : new String[] {};
        return object(properties, required);
    }

    private static Map<String, Object> columns(ServedView view) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Column column : view.features()) {
            String type = switch (column) {
                case Column.Integers _ -> "integer";
                case Column.Doubles _ -> "number";
                case Column.Booleans _ -> "boolean";
                case Column.Texts _, Column.Dates _, Column.Timestamps _ -> "string";
            };
            properties.put(column.name(), Map.of("type", List.of(type, "null")));
        }
        return object(properties);
    }

    private static Map<String, Object> any(String prefix, Map<String, ?> named, Map<String, Object> otherwise) {
        List<Map<String, Object>> all =
                named.keySet().stream().map(name -> reference(prefix + name)).toList();
        return all.isEmpty() ? otherwise : all.size() == 1 ? all.getFirst() : Map.of("anyOf", all);
    }

    private static Map<String, Object> problem() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", Map.of("type", "string", "format", "uri-reference"));
        properties.put("title", TEXT);
        properties.put("status", type("integer"));
        properties.put("detail", TEXT);
        properties.put("instance", TEXT);
        properties.put("errors", list(object(Map.of("where", TEXT, "detail", TEXT), "where", "detail")));
        return object(properties, "type", "title", "status", "detail", "instance");
    }

    private static Map<String, Object> type(String name) {
        return Map.of("type", name);
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        return Map.of("type", "array", "items", items);
    }

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("properties", new TreeMap<>(properties));
        if (required.length > 0) {
            object.put("required", List.of(required));
        }
        return object;
    }
}
