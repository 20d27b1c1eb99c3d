package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** One error shape, over all routes and over everything that can be wrong with a request. */
class ProblemsTest extends OnServer {

    private static final int BODY_LIMIT = 4_000;

    private static final String JSON = "application/json";

    @BeforeAll
    static void start() {
        serve(
                ServeSettings.DEFAULT.withPort(0).with(new ServeSettings.Limits(BODY_LIMIT, 100, 100)),
                TestStore.loans(1, "loans", 200));
    }

    private static String path(Route route) {
        return route.template()
                .replace("{name}", "loans")
                .replace("{view}", "loans")
                .replace("{version}", TestStore.id(1).value())
                .replace("{release}", TestStore.id(1).value())
                .replace("{file}", "app.js")
                .replace("{id}", "1000");
    }

    @Test
    void everyRouteRefusesOtherMethodsAndSaysWhichItAnswers() {
        for (Route route : Routes.table()) {
            Set<Route.Method> methods = Routes.table().stream()
                    .filter(other -> other.template().equals(route.template()))
                    .map(Route::method)
                    .collect(Collectors.toSet());
            String allowed = methods.equals(Set.of(Route.Method.POST))
                    ? "POST"
                    : methods.size() == 1 ? "GET, HEAD" : "GET, HEAD, POST";
            for (String method : List.of("PUT", "DELETE", "OPTIONS", "PATCH", "BREW")) {
                Reply reply = client.send(method, path(route));
                problem(405, reply);
                assertEquals(allowed, reply.header("Allow"));
            }
            String other = route.method() == Route.Method.GET ? "POST" : "GET";
            if (methods.size() == 1) {
                assertEquals(405, client.send(other, path(route)).status());
            }
        }
    }

    @Test
    void everyRouteRefusesAClientThatAcceptsNothingOfIt() {
        for (Route route : Routes.table()) {
            for (String accept : List.of("image/png", "application/json;q=0, text/csv;q=0", "text/html, */*;q=0")) {
                if (!(accept.contains("text/html") && route.writes().contains("text/html"))) {
                    Reply reply =
                            client.send(route.method().name(), path(route), "Accept", accept, "Content-Type", JSON);
                    problem(406, reply);
                }
            }
        }
    }

    @Test
    void everyRouteWithABodyRefusesOtherMediaTypesAndEmptyLargeAndMalformedBodies() {
        for (Route route : Routes.table()) {
            if (route.reads().isEmpty()) {
                continue;
            }
            String path = path(route);
            detail("Content-Type", problem(415, client.send("POST", path)));
            for (String type : List.of(
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "json",
                    ";",
                    "application/json; charset=utf-16")) {
                if (!route.reads().contains(type)) {
                    problem(415, client.post(path, type, "{}"));
                }
            }
            problem(415, client.post(path, JSON, "{}", "Content-Encoding", "br"));
            detail("gzip", problem(400, client.post(path, JSON, "{}", "Content-Encoding", "gzip")));
            detail("empty", problem(400, client.post(path, JSON, "")));
            for (String body : List.of(
                    "{",
                    "[]",
                    "1",
                    "null",
                    "\"x\"",
                    "{}",
                    "{\"a\":1}x",
                    "{'a':1}",
                    "\0",
                    "[".repeat(2_000),
                    "{\"ids\":5}",
                    "{\"instances\":{}}")) {
                problem(400, client.post(path, JSON, body));
            }
            problem(
                    400,
                    client.send(HttpRequest.newBuilder(client.uri(path))
                            .header("Content-Type", JSON)
                            .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xFF, '"', '}'}))));
            problem(413, client.post(path, JSON, " ".repeat(BODY_LIMIT + 1)));
        }
    }

    @Test
    void unknownEntitiesModelsAndRoutesAreNotFound() {
        detail("no such entity", problem(404, client.get("/predictions/1")));
        detail("no such entity", problem(404, client.get("/features/99999999999")));
        detail("Did you mean loans?", problem(404, client.get("/models/loan")));
        problem(404, client.get("/models/loan/predictions/1000"));
        problem(404, client.post("/models/loan/predictions", JSON, "{\"ids\":[]}"));
        detail("no feature view", problem(404, client.get("/features/nothing/1000")));
        for (String path : List.of(
                "/x",
                "/predictions/1000/",
                "/predictions//1000",
                "//predictions/1000",
                "/predictions/",
                "/features/",
                "/Ping",
                "/sql/",
                "/predictions/1000/x",
                "/..",
                "/predictions/../ping",
                "/models/loans/features")) {
            problem(404, client.get(path));
        }
    }

    @Test
    void malformedIdsAreToldFromUnknownOnes() {
        for (String id : List.of(
                "abc", "1.5", "%201000", "1000,2", "0x3E8", "%F0%9F%A6%86", "99999999999999999999", "1000;x=1")) {
            detail("integer", problem(400, client.get("/predictions/" + id)));
        }
        JsonNode tooLong = problem(400, client.get("/predictions/" + "9".repeat(20_000)));
        assertTrue(tooLong.toString().length() < 600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "1000%ED%A0%80"})
    void refusesIdsThatAreNoUtf8(String id) {
        detail("UTF-8", problem(400, client.get("/predictions/" + id)));
    }

    /** Undertow 2.4 refuses these before any handler hears of them, without a body, and closes the connection. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%1", "%zz", "1000%", "%G0", "%-1"})
    void refusesEscapesThatAreNoHex(String id) {
        String answer = client.rawGet("/predictions/" + id);
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @Test
    void refusesRowsThatDoNotFitTheModelNamingRowAndColumn() {
        JsonNode count = problem(422, client.post("/invocations", "text/csv", "1,Oslo,true,1\n1,Oslo,true\n"));
        detail("row 1", count);
        detail("expected 4: amount, city, member, marker", count);
        JsonNode several =
                problem(422, client.post("/invocations", "text/csv", "x,Oslo,maybe,1\n1,Oslo,true,1\n2,Oslo,no,NaN\n"));
        assertEquals(
                List.of("row 0, column amount", "row 0, column member", "row 2, column member", "row 2, column marker"),
                several.get("errors")
                        .valueStream()
                        .map(error -> error.get("where").asString())
                        .toList());
        detail(
                "row 0, column amount",
                problem(422, client.post("/invocations", JSON, "{\"instances\":[[\"x\",\"Oslo\",true,1]]}")));
        detail(
                "row 0, column city",
                problem(422, client.post("/invocations", JSON, "{\"instances\":[[1,[2],true,1]]}")));
        detail("row 1", problem(422, client.post("/invocations", JSON, "{\"instances\":[[1,\"Oslo\",true,1],[1,2]]}")));
        detail("row 0", problem(422, client.post("/invocations", JSON, "{\"instances\":[5]}")));
        detail(
                "row 0, column marker",
                problem(
                        422,
                        client.post(
                                "/invocations",
                                JSON,
                                "{\"dataframe_records\":[{\"amount\":1,\"city\":null,\"member\":false}]}")));
        detail(
                "twice",
                problem(
                        422,
                        client.post(
                                "/invocations",
                                JSON,
                                "{\"dataframe_split\":{\"columns\":[\"a\",\"a\"],\"data\":[]}}")));
        detail(
                "column member",
                problem(422, client.post("/invocations", JSON, "{\"inputs\":{\"amount\":[1,2],\"member\":[true]}}")));
    }

    @Test
    void refusesInvocationsWithoutRows() {
        for (String body : List.of(
                "{\"instances\":[]}",
                "{\"inputs\":{}}",
                "{\"dataframe_split\":{}}",
                "{\"instances\":[],\"inputs\":[]}")) {
            problem(400, client.post("/invocations", JSON, body));
        }
        problem(400, client.post("/invocations", "text/csv", "\n\n"));
        problem(400, client.post("/invocations", "text/csv", "amount,city,member,marker\n"));
        detail("line 1", problem(400, client.post("/invocations", "text/csv", "\"1,2\n3")));
        detail("line 2", problem(400, client.post("/invocations", "text/csv", "1,Oslo,true,1\n\"1\"x,2\n")));
    }

    @Test
    void survivesWhatIsNoHttp() {
        for (String garbage : List.of(
                "\0\0\0\0\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "hello\r\n\r\n",
                "POST /predictions HTTP/1.1\r\nContent-Length: x\r\n\r\n")) {
            String answer = client.raw(garbage);
            assertFalse(answer.contains("smew.") || answer.contains("Exception"), answer);
        }
        assertEquals(200, client.get("/livez").status());
    }

    @Test
    void takesOverAValidRequestIdAndReplacesAnyOther() {
        assertEquals(
                "a-1.B_2",
                client.get("/predictions/1", "X-Request-Id", "a-1.B_2")
                        .json()
                        .get("instance")
                        .asString());
        assertEquals(
                "a-1.B_2",
                client.get("/predictions/1000", "X-Request-Id", "a-1.B_2").header("X-Request-Id"));
        String traced = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1";
        assertEquals(
                traced, client.get("/predictions/1000", "X-Request-Id", traced).header("X-Request-Id"));
        for (String bad : List.of("a b", "\"", "x".repeat(129), "<script>")) {
            String given = client.get("/predictions/1", "X-Request-Id", bad)
                    .json()
                    .get("instance")
                    .asString();
            assertTrue(given.matches("[0-9a-f]{16}"), given);
        }
    }
}
