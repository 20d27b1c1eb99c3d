package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/** The document of the interface. */
class OpenApiTest extends OnTestStore {

    @Test
    void isValidAndHasEveryRouteAndTheModelsOfTheRelease() {
        store.publishModels(1, TestStore.loans(1, "loans", 60), TestStore.loans(1, "second", 60));
        String token = "secret";
        try (Server server = Server.start(settings.withToken(Optional.of(token)), store.releases())) {
            String text = new Client(server)
                    .get("/openapi.json", "Authorization", "Bearer " + token)
                    .body();
            SwaggerParseResult read = new OpenAPIV3Parser().readContents(text, null, null);
            assertEquals(List.of(), read.getMessages());
            OpenAPI document = read.getOpenAPI();
            assertEquals("3.1.0", document.getOpenapi());
            Set<String> documented = new TreeSet<>();
            document.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        documented.add(method + " " + path);
                        boolean open = operation.getSecurity() == null;
                        assertEquals(
                                Set.of(
                                                "/ping",
                                                "/livez",
                                                "/readyz",
                                                "/v2/health/live",
                                                "/v2/health/ready",
                                                "/",
                                                "/page/{file}")
                                        .contains(path),
                                open,
                                path);
                    }));
            Set<String> routes = new TreeSet<>();
            Routes.table().forEach(route -> routes.add(route.method() + " " + route.template()));
            assertEquals(routes, documented);
            JsonNode schemas = Json.tree(text).get("components").get("schemas");
            assertTrue(schemas.has("inputs_second"));
            assertEquals(
                    "[\"string\",\"null\"]",
                    schemas.get("inputs_loans")
                            .get("properties")
                            .get("city")
                            .get("type")
                            .toString());
        }
    }

    @Test
    void everyAnswerHasTheMembersThatItsSchemaRequires() {
        publish(1);
        try (Server server = Server.start(settings, store.releases())) {
            Client client = new Client(server);
            JsonNode schemas =
                    client.get("/openapi.json").json().get("components").get("schemas");
            for (Route route : Routes.table()) {
                String path = route.template()
                        .replace("{name}", "loans")
                        .replace("{id}", "1000")
                        .replace("{version}", TestStore.id(1).value())
                        .replace("{release}", TestStore.id(1).value());
                if (route.method() == Route.Method.GET
                        && route.gives() != Shape.TEXT
                        && !path.contains("{view}")
                        && !path.equals("/sql")) {
                    JsonNode answer = client.get(path).json();
                    for (JsonNode name : schemas.get(route.gives().component()).path("required")) {
                        assertTrue(answer.has(name.asString()), path + " lacks " + name);
                    }
                }
            }
        }
    }
}
