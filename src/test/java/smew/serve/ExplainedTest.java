package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.serve.TestStore.Model;
import tools.jackson.databind.JsonNode;

/** Predictions with reasons. */
class ExplainedTest extends OnServer {

    private static final String JSON = "application/json";

    @BeforeAll
    static void start() {
        serve(described(TestStore.loans(1, "loans", 300)), TestStore.loans(1, "plain", 300));
    }

    /** Several trees, and comments that say what two of the columns hold. */
    private static Model described(Model model) {
        Relation.Model plain = model.definition();
        SqlFile file = plain.file();
        SqlFile commented = new SqlFile(
                file.name(),
                file.path(),
                file.sql(),
                file.description(),
                file.directives(),
                file.reads(),
                file.digest(),
                Map.of("amount", "what was lent, in \"thousands\"", "city", "where the branch is"));
        return new Model(
                new Relation.Model(
                        commented,
                        plain.entity(),
                        plain.time(),
                        plain.label(),
                        plain.task(),
                        plain.positive(),
                        new Relation.Algorithm("random-forest", Map.of("trees", "7")),
                        plain.split(),
                        plain.resample(),
                        plain.missing(),
                        plain.seed(),
                        Optional.empty(),
                        Optional.empty()),
                model.table());
    }

    @Test
    void addContributionsAndReasonsToWhatIsAnsweredAnyway() {
        JsonNode plain = client.get("/predictions/1005").json();
        JsonNode answer = client.get("/predictions/1005?explain=true").json();
        List<String> members = new ArrayList<>(plain.propertyNames());
        members.addAll(List.of("explanation", "reasons"));
        assertEquals(members, List.copyOf(answer.propertyNames()));
        plain.propertyNames().forEach(member -> assertEquals(plain.get(member), answer.get(member)));
        JsonNode explanation = answer.get("explanation");
        assertEquals(
                List.of("explains", "of", "baseline", "value", "contributions"),
                List.copyOf(explanation.propertyNames()));
        assertEquals("probability", explanation.get("explains").asString());
        assertEquals(1, explanation.get("of").asInt());
        assertEquals(answer.get("probability"), explanation.get("value"));
        JsonNode contributions = explanation.get("contributions");
        assertEquals(List.of("amount", "city", "member", "marker"), List.copyOf(contributions.propertyNames()));
        double sum = explanation.get("baseline").asDouble()
                + contributions.valueStream().mapToDouble(JsonNode::asDouble).sum();
        assertEquals(answer.get("probability").asDouble(), sum, 1e-9);
    }

    @Test
    void giveTheStrongestInputsFirstWithValueDirectionAndText() {
        JsonNode answer =
                client.get("/predictions/1005?reasons=100&explain=true").json();
        JsonNode contributions = answer.at("/explanation/contributions");
        double last = Double.POSITIVE_INFINITY;
        for (JsonNode reason : answer.get("reasons")) {
            String feature = reason.get("feature").asString();
            double amount = reason.get("contribution").asDouble();
            assertEquals(contributions.get(feature).asDouble(), amount);
            assertEquals(answer.get("features").get(feature), reason.get("value"));
            assertEquals(
                    amount > 0 ? "raises" : "lowers", reason.get("direction").asString());
            assertTrue(Math.abs(amount) <= last);
            last = Math.abs(amount);
        }
        JsonNode first = answer.at("/reasons/0");
        assertEquals("amount", first.get("feature").asString());
        assertEquals("what was lent, in \"thousands\"", first.get("text").asString());
        assertFalse(features(answer).contains("marker"), "an input that is the same everywhere is no reason");
        JsonNode unsaid =
                client.get("/models/plain/predictions/1005?explain=true").json();
        assertFalse(unsaid.at("/reasons/0").has("text"));
    }

    private static List<String> features(JsonNode answer) {
        return answer.get("reasons")
                .valueStream()
                .map(reason -> reason.get("feature").asString())
                .toList();
    }

    @Test
    void giveAsManyReasonsAsAreAskedFor() {
        List<String> all = features(client.get("/predictions/1016?explain=true").json());
        assertTrue(all.size() > 1, "several inputs count");
        assertEquals(
                all.subList(0, 1),
                features(client.get("/predictions/1016?explain=true&reasons=1").json()));
    }

    /** A value that was replaced is shown as it is: nothing. */
    @Test
    void tellOfAMissingValue() {
        JsonNode amount = client.get("/predictions/1016?explain=true&reasons=9")
                .json()
                .get("reasons")
                .valueStream()
                .filter(reason -> reason.get("feature").asString().equals("amount"))
                .findFirst()
                .orElseThrow();
        assertTrue(amount.get("value").isNull());
    }

    @Test
    void explainManyAsTheyExplainOne() {
        JsonNode many = client.post("/predictions?explain=true&reasons=2", JSON, "{\"ids\":[1007,-1,1003]}")
                .json();
        assertEquals(2, many.get("predictions").size());
        assertEquals(client.get("/predictions/1003?explain=true&reasons=2").json(), many.at("/predictions/1"));
        assertEquals("[-1]", many.get("unknown").toString());
        assertEquals(
                client.get("/models/plain/predictions/1003?explain=true").json(),
                client.post("/models/plain/predictions?explain=true", JSON, "{\"ids\":[1003]}")
                        .json()
                        .at("/predictions/0"));
        assertEquals(
                "{\"predictions\":[],\"unknown\":[]}",
                client.post("/predictions?explain=true", JSON, "{\"ids\":[]}").body());
    }

    @Test
    void refuseMoreExplanationsThanOneRequestMayHave() {
        String ids =
                IntStream.rangeClosed(0, Explaining.IDS).mapToObj(_ -> "1003").collect(Collectors.joining(","));
        detail(
                "found 1001, and one request may ask for 1000 explanations.",
                problem(413, client.post("/predictions?explain=true", JSON, "{\"ids\":[" + ids + "]}")));
        assertEquals(
                200,
                client.post("/predictions?explain=false", JSON, "{\"ids\":[" + ids + "]}")
                        .status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "explain=yes | Reading explain=yes in the query: expected explain=true or explain=false.",
                "explain | Reading explain in the query: expected explain=true or explain=false.",
                "explain= | Reading explain= in the query",
                "explain=true&reasons=0 | Reading reasons=0 in the query: expected a whole number from 1, such as reasons=3.",
                "explain=true&reasons=-1 | Reading reasons=-1",
                "explain=true&reasons=9999999999 | expected a whole number from 1",
                "explain=true&reasons | Reading reasons in the query",
                "reasons=3 | Reading reasons=3 in the query: reasons are given with an explanation only. Add explain=true.",
                "explain=true&explain=false | explain=true stands there already. Keep one of them.",
            })
    void refuseAQueryThatIsNone(String query, String said) {
        detail(said, problem(400, client.get("/predictions/1003?" + query)));
        detail(said, problem(400, client.post("/predictions?" + query, JSON, "{\"ids\":[1003]}")));
    }

    @Test
    void leaveOtherParametersAlone() {
        assertEquals(
                client.get("/predictions/1003").body(),
                client.get("/predictions/1003?explained=true&x").body());
    }

    @Test
    void keepTheErrorsOfWhatCannotBePredicted() {
        detail("has no such entity", problem(404, client.get("/predictions/7?explain=true")));
        problem(400, client.post("/predictions?explain=true", JSON, "{\"ids\":[{}]}"));
    }
}
