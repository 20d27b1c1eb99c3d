package smew.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import smew.base.Version;

/** What the server answers as OpenAPI 3.1, from the table of routes and the models of the release. */
final class OpenApi {

    private static final String BEARER = "token";

    private OpenApi() {}

    static Answer document(Call call) {
        boolean guarded = call.service().settings().access().isTokenNeeded();
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : Routes.table()) {
            paths.computeIfAbsent(route.template(), _ -> new LinkedHashMap<>())
                    .put(route.method().name().toLowerCase(Locale.ROOT), operation(route, call.snapshot(), guarded));
        }
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", Schemas.of(call.snapshot()));
        components.put(
                "responses",
                Map.of(
                        "Problem",
                        Map.of(
                                "description",
                                "What went wrong (RFC 9457).",
                                "content",
                                content(List.of(Answer.PROBLEM), "Problem"))));
        components.put("securitySchemes", Map.of(BEARER, Map.of("type", "http", "scheme", "bearer")));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Smew",
                        "version",
                        Version.SMEW,
                        "description",
                        "Predictions and features by id, from release "
                                + call.snapshot().release() + "."));
        document.put("paths", paths);
        document.put("components", components);
        return Answer.json(document).tagged(call.snapshot().release());
    }

    private static Map<String, Object> operation(Route route, Snapshot snapshot, boolean guarded) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", operationId(route));
        operation.put("summary", route.doc());
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (String segment : route.segments()) {
            if (segment.startsWith("{")) {
                parameters.add(inPath(segment.substring(1, segment.length() - 1), route, snapshot));
            }
        }
        route.queries().forEach(query -> parameters.add(inQuery(query)));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (!route.reads().isEmpty()) {
            operation.put(
                    "requestBody",
                    Map.of(
                            "required",
                            true,
                            "content",
                            content(route.reads(), route.takes().component())));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(
                "200",
                Map.of(
                        "description",
                        "The answer.",
                        "content",
                        content(route.writes(), route.gives().component())));
        responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
        operation.put("responses", responses);
        if (guarded && route.access() == Route.Access.TOKEN) {
            operation.put("security", List.of(Map.of(BEARER, List.of())));
        }
        return operation;
    }

    /** {@code getModelsByNamePredictionsById}. */
    private static String operationId(Route route) {
        StringBuilder id = new StringBuilder(route.method().name().toLowerCase(Locale.ROOT));
        for (String segment : route.segments()) {
            boolean parameter = segment.startsWith("{");
            String name = parameter ? segment.substring(1, segment.length() - 1) : segment;
            id.append(parameter ? "By" : "");
            for (String word : name.split("[^A-Za-z0-9]", -1)) {
                if (!word.isEmpty()) {
                    id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
                }
            }
        }
        return id.toString();
    }

    private static Map<String, Object> inPath(String name, Route route, Snapshot snapshot) {
        Map<String, Object> schema = new LinkedHashMap<>(Map.of("type", "string"));
        List<String> known = switch (name) {
            case "name" ->
                route.template().startsWith("/endpoints/")
                        ? List.of()
                        : List.copyOf(snapshot.models().keySet());
            case "view" -> List.copyOf(snapshot.views().keySet());
            case "version" -> List.of(snapshot.release());
            default -> List.of();
        };
        if (!known.isEmpty()) {
            schema.put("enum", known);
        }
        return Map.of("name", name, "in", "path", "required", true, "schema", schema);
    }

    private static Map<String, Object> inQuery(Route.Query query) {
        return Map.of(
                "name",
                query.name(),
                "in",
                "query",
                "description",
                query.doc(),
                "schema",
                Map.of("type", query.type()));
    }

    private static Map<String, Object> content(List<String> types, String component) {
        Map<String, Object> content = new LinkedHashMap<>();
        for (String type : types) {
            boolean json = type.endsWith("json");
            content.put(type, Map.of("schema", json ? Schemas.reference(component) : Map.of("type", "string")));
        }
        return content;
    }
}
