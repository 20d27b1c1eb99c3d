package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class InvocationsTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    @BeforeAll
    static void start() {
        serve(TestStore.loans(1, "loans", 300));
    }

    /** What the model says of 900 in Oslo, and of nothing known in Łódź. */
    private static JsonNode expected() {
        JsonNode answer = client.post(
                        "/invocations", JSON, "{\"instances\":[[900,\"Oslo\",true,1],[null,\"Łódź\",false,1]]}")
                .json()
                .get("predictions");
        assertEquals(2, answer.size());
        assertEquals(1, answer.at("/0/prediction").asInt());
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"instances\":[{\"amount\":900,\"city\":\"Oslo\",\"member\":true,\"marker\":1},{\"marker\":1,\"amount\":null,\"city\":\"Łódź\",\"member\":false}]}",
                "{\"inputs\":[[900.0,\"Oslo\",1,1],[null,\"Łódź\",0,1]]}",
                "{\"inputs\":{\"amount\":[900,null],\"city\":[\"Oslo\",\"Łódź\"],\"member\":[true,false],\"marker\":[1,1]}}",
                "{\"dataframe_split\":{\"columns\":[\"id\",\"marker\",\"member\",\"city\",\"amount\"],\"index\":[0,1],\"data\":[[5,1,true,\"Oslo\",900],[[],1,false,\"Łódź\",null]]}}",
                "{\"dataframe_records\":[{\"amount\":900,\"city\":\"Oslo\",\"member\":true,\"marker\":1,\"bad\":0},{\"marker\":1,\"amount\":null,\"city\":\"Łódź\",\"member\":false}]}",
            })
    void everyJsonShapeGetsTheSameAnswer(String body) {
        assertEquals(expected(), client.post("/invocations", JSON, body).json().get("predictions"));
        assertEquals(
                expected(),
                client.post("/models/loans/invocations", JSON, body).json().get("predictions"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900,Oslo,true,1\n,Łódź,false,1",
                "900,Oslo,1,1\r\n,\"Łódź\",0,1\r\n",
                "\uFEFFamount,city,member,marker\n900,Oslo,true,1\n,Łódź,false,1\n\n",
                "id,marker,member,city,amount\n,1,TRUE,\"Oslo\",\"900\"\n7,1,False,Łódź,\n",
            })
    void everyCsvShapeGetsTheSameAnswer(String body) {
        assertEquals(expected(), client.post("/invocations", CSV, body).json().get("predictions"));
    }

    @Test
    void answersInTheTypeThatTheClientLikesBest() {
        String body = "900,Oslo,true,1\n,Łódź,false,1\n";
        JsonNode expected = expected();
        String csv = "%s,%s\n%s,%s\n"
                .formatted(
                        expected.at("/0/prediction"),
                        expected.at("/0/probability"),
                        expected.at("/1/prediction"),
                        expected.at("/1/probability"));
        assertEquals(
                csv,
                client.post("/invocations", CSV, body, "Accept", "text/csv").body());
        assertEquals(
                "prediction,probability\n" + csv,
                client.post("/invocations", CSV, body, "Accept", "text/csv; header=present")
                        .body());
        for (String accept : List.of("application/json;q=0.2, text/*;q=0.3", "TEXT/CSV", "text/csv, */*;q=0.1")) {
            assertEquals(
                    csv,
                    client.post("/invocations", CSV, body, "Accept", accept).body(),
                    accept);
        }
        for (String accept :
                List.of("*/*", "application/*", "text/csv;q=0.5, application/json", "text/html, */*;q=0.1")) {
            assertEquals(
                    JSON,
                    client.post("/invocations", CSV, body, "Accept", accept).header("Content-Type"),
                    accept);
        }
    }

    @Test
    void takesAHeaderByItsMediaTypeAlone() {
        assertEquals(
                422,
                client.post("/invocations", "text/csv; header=absent", "amount,city,member,marker\n1,Oslo,true,1")
                        .status());
        assertEquals(
                422,
                client.post("/invocations", "text/csv; header=present", "1,Oslo,true,1\n2,Oslo,true,1")
                        .status());
    }

    @Test
    void scoresThousandsOfRowsInOneRequest() {
        JsonNode answer = client.post("/invocations", CSV, "900,Oslo,true,1\n".repeat(20_000))
                .json();
        assertEquals(20_000, answer.get("predictions").size());
        assertEquals("loans", answer.get("model").asString());
    }
}
