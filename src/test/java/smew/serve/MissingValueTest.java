package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static smew.serve.ProblemAnswer.detail;
import static smew.serve.ProblemAnswer.problem;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Relation;
import smew.serve.TestStore.Model;
import tools.jackson.databind.JsonNode;

/** Entities without a value, asked of a model that allows none. */
class MissingValueTest extends OnServer {

    private static final String JSON = "application/json";

    @BeforeAll
    static void start() {
        serve(strict());
    }

    /** Entities 97 to 99 have no label, so that nothing is learned from them; 98 lacks its amount, 99 both inputs. */
    private static Model strict() {
        long[] id = new long[100];
        double[] amount = new double[100];
        boolean[] member = new boolean[100];
        long[] bad = new long[100];
        for (int row = 0; row < 100; row++) {
            id[row] = row;
            amount[row] = row < 98 ? row : Double.NaN;
            member[row] = row % 3 == 0;
            bad[row] = row % 2;
        }
        BitSet last = new BitSet();
        last.set(99);
        BitSet unlabelled = new BitSet();
        unlabelled.set(97, 100);
        Table table = new Table(
                List.of(
                        TestStore.integers("id", id),
                        TestStore.doubles("amount", amount),
                        new Column.Booleans("member", member, last),
                        new Column.Integers("bad", bad, unlabelled)),
                100);
        Relation.Model lenient = TestStore.definition("strict", List.of("id"), List.of(), "bad", Map.of());
        return new Model(TestStore.strict(lenient), table);
    }

    @Test
    void namesEveryIdOfAListThatLacksAValue() {
        JsonNode refused = problem(422, client.post("/predictions", JSON, "{\"ids\":[-5,1,98,2,\"99\"]}"));
        assertEquals(
                List.of("ids[2]", "ids[4]"),
                refused.get("errors")
                        .valueStream()
                        .map(error -> error.get("where").asString())
                        .toList());
        assertEquals(
                "id 98 has no amount, and model strict allows none missing (@missing error).",
                refused.at("/errors/0/detail").asString());
        assertEquals(
                "id \"99\" has no amount and member, and model strict allows none missing (@missing error).",
                refused.at("/errors/1/detail").asString());
        JsonNode known =
                client.post("/predictions", JSON, "{\"ids\":[-5,1,97]}").json();
        assertEquals(2, known.get("predictions").size());
    }

    @Test
    void namesTheIdOfAPathThatLacksAValue() {
        detail("id '98'", problem(422, client.get("/predictions/98")));
        detail("no amount", problem(422, client.get("/models/strict/predictions/98")));
        detail("no amount", problem(422, client.get("/predictions/98?explain=true")));
        assertEquals(200, client.get("/predictions/97").status());
    }
}
