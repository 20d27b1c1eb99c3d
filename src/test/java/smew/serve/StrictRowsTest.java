package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.columns.Table;
import smew.serve.TestStore.Model;
import tools.jackson.databind.JsonNode;

/** Rows that look like rows and are none: each is refused, or has no influence. */
class StrictRowsTest extends OnServer {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final String HUGE = "1" + "0".repeat(400);

    @BeforeAll
    static void start() {
        serve(TestStore.loans(1, "loans", 300), towns());
    }

    /** Every input is a category, so that any text is a value. */
    private static Model towns() {
        String[] city = new String[100];
        String[] trade = new String[100];
        long[] id = new long[100];
        long[] bad = new long[100];
        for (int row = 0; row < 100; row++) {
            id[row] = row;
            city[row] = row % 2 == 0 ? "Oslo" : "Bergen";
            trade[row] = row % 3 == 0 ? "baker" : "smith";
            bad[row] = row % 2;
        }
        Table table = new Table(
                List.of(
                        TestStore.integers("id", id),
                        TestStore.texts("city", city),
                        TestStore.texts("trade", trade),
                        TestStore.integers("bad", bad)),
                100);
        return new Model(TestStore.definition("towns", List.of("id"), List.of(), "bad", Map.of()), table);
    }

    private static String row(String amount, String more) {
        return "{\"instances\":[{\"amount\":" + amount + ",\"city\":\"Oslo\",\"member\":true,\"marker\":1" + more
                + "}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "HUGE", "-HUGE"})
    void refusesAJsonNumberThatNoDoubleHoldsUnlessTheModelDoesNotReadIt(String text) {
        String number = text.replace("HUGE", HUGE);
        JsonNode refused = problem(422, client.post("/invocations", JSON, row(number, "")));
        detail("row 0, column amount: found a number beyond", refused);
        JsonNode ignored = client.post("/invocations", JSON, row("5", ",\"zzz\":" + number))
                .json();
        assertEquals(client.post("/invocations", JSON, row("5", "")).json(), ignored);
        problem(
                422,
                client.post(
                        "/invocations",
                        JSON,
                        "{\"inputs\":{\"amount\":" + number + ",\"city\":\"\",\"member\":true,\"marker\":1}}"));
    }

    @Test
    void takesAnIntegerBeyond64BitsAsTheNumberItIs() {
        assertEquals(
                client.post("/invocations", JSON, row("1e30", "")).body(),
                client.post("/invocations", JSON, row("1" + "0".repeat(30), "")).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12f",
                "12d",
                "12D",
                "0x1p3",
                "0x10",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e400",
                ".",
                "1e",
                "+",
                "1_0",
                "१",
                "--1",
                "1.2.3"
            })
    void refusesCsvFieldsThatAreNoDecimalNumber(String number) {
        detail("row 0, column amount", problem(422, client.post("/invocations", CSV, number + ",Oslo,true,1\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "+12", " 12 ", "12.", "012.0", "1.2e1", "120E-1", "0.12e+2"})
    void takesCsvFieldsThatAreDecimalNumbers(String number) {
        assertEquals(
                client.post("/invocations", CSV, "12,Oslo,true,1\n").body(),
                client.post("/invocations", CSV, number + ",Oslo,true,1\n").body());
    }

    @Test
    void refusesAMemberThatIsThereTwice() {
        detail("amount", problem(400, client.post("/invocations", JSON, row("5", ",\"amount\":6"))));
        detail("zzz", problem(400, client.post("/invocations", JSON, row("5", ",\"zzz\":1,\"zzz\":1"))));
        detail(
                "instances",
                problem(400, client.post("/invocations", JSON, "{\"instances\":[[5,\"a\",true,1]],\"instances\":[]}")));
        detail("ids", problem(400, client.post("/predictions", JSON, "{\"ids\":[1000],\"ids\":[1001]}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amout,city,member,marker\n5,Oslo,true,1\n",
                "amout,id,city,member,marker\n5,1,Oslo,true,1\n",
                "city,amout\nOslo,5\n",
            })
    void refusesAHeaderThatLacksAnInput(String body) {
        for (String type : List.of(CSV, CSV + "; header=present")) {
            JsonNode refused = problem(422, client.post("/invocations", type, body));
            detail("Reading the header", refused);
            detail("amount", refused);
            detail("amout", refused);
        }
    }

    @Test
    void refusesAMisspelledHeaderWhereAnyTextIsAValue() {
        String path = "/models/towns/invocations";
        JsonNode refused = problem(422, client.post(path, CSV, "city,trad\nOslo,baker\n"));
        detail("trade", refused);
        detail("header=absent", refused);
        JsonNode taken = client.post(path, CSV + "; header=absent", "city,trad\nOslo,baker\n")
                .json();
        assertEquals(2, taken.get("predictions").size());
        assertTrue(client.post(path, CSV, "Oslo,trader\n").status() == 200);
    }
}
