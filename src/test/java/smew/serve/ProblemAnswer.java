package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import smew.serve.Client.Reply;
import tools.jackson.databind.JsonNode;

/** The one shape of a failure, asserted. */
final class ProblemAnswer {

    private ProblemAnswer() {}

    /** Asserts status, media type and members; gives the body. */
    static JsonNode problem(int status, Reply reply) {
        assertEquals(status, reply.status(), reply.body());
        assertEquals("application/problem+json", reply.header("Content-Type"));
        JsonNode json = reply.json();
        Set<String> names = new TreeSet<>(json.propertyNames());
        names.remove("errors");
        if (!reply.header("x-amzn-ErrorType").isEmpty()) {
            assertTrue(
                    json.get("Message").asString().startsWith(json.get("detail").asString()));
            names.removeAll(Set.of("Message", "OriginalStatusCode"));
        }
        if (names.remove("error")) {
            assertEquals(json.get("detail"), json.get("error"));
        }
        assertEquals(Set.of("type", "title", "status", "detail", "instance"), names);
        assertTrue(json.get("type").asString().startsWith("urn:smew:fault:"));
        assertEquals(status, json.get("status").asInt());
        assertEquals(reply.header("X-Request-Id"), json.get("instance").asString());
        for (JsonNode error : json.path("errors")) {
            assertEquals(Set.of("where", "detail"), Set.copyOf(error.propertyNames()));
        }
        assertFalse(
                reply.body().matches("(?s).*(\\.java|Exception|/tmp|SELECT|\\bat smew\\.|jackson).*"), reply.body());
        return json;
    }

    /** Asserts that the detail says so. */
    static void detail(String expected, JsonNode problem) {
        assertTrue(problem.get("detail").asString().contains(expected), problem.toString());
    }
}
