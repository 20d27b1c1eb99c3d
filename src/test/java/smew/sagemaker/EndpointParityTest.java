package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Agreement;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.serve.TestStore;

/** What an endpoint says beside what the model says. */
final class EndpointParityTest extends OnStubEndpoint {

    private final Predictor predictor = Fitted.model(TestStore.loans(1, "loans", 60), folder);

    private Optional<String> difference(Reply reply) {
        stub.on(INVOKE, call -> reply);
        try (SageMaker sageMaker = SageMaker.open(stub.settings())) {
            return new EndpointParity(sageMaker, "churn", "main").difference(predictor, table);
        }
    }

    /** The model's own answers, those from a row on with another probability. */
    private Reply answers(int from) {
        List<Prediction> own = predictor.predict(table, Agreement.sample(predictor, table));
        return Reply.json(Map.of(
                "predictions",
                IntStream.range(0, own.size())
                        .mapToObj(i -> {
                            double first = own.get(i).probabilities().getFirst();
                            double told = i < from ? first : 1 - first / 2;
                            Map<String, Object> answer = new LinkedHashMap<>();
                            answer.put("prediction", own.get(i).value());
                            answer.put("probabilities", Map.of("0", told, "1", 1 - told));
                            return answer;
                        })
                        .toList()));
    }

    @Test
    void findsNoDifferenceWhereThereIsNoneAndElseNamesTheFirstEntity() {
        assertEquals(Optional.empty(), difference(answers(60)));
        int row = Agreement.sample(predictor, table)[7];
        String found = difference(answers(7)).orElseThrow();
        assertTrue(found.startsWith("of entity " + (1000 + row) + " it says "), found);
        assertEquals(2, stub.calls().size());
    }

    @Test
    void anAnswerThatIsNoneOfTheModelIsADifference() {
        for (Reply other : List.of(
                numbers(3),
                Reply.json("{}"),
                Reply.json("no JSON"),
                Reply.json(Map.of("predictions", List.of(List.of(1, 2, 3)))))) {
            String found = difference(other).orElseThrow();
            assertTrue(found.startsWith("its answer is none of this model: "), found);
            assertTrue(found.endsWith("It has to serve model loans of this release"), found);
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerFails() {
        SmewException failed = assertThrows(
                SmewException.class,
                () -> difference(Reply.error(400, "ValidationError", "Endpoint churn not found.")));
        assertEquals(Fault.OUTSIDE, failed.fault(), failed.getMessage());
        assertTrue(failed.getMessage().startsWith("Comparing endpoint churn with the model"), failed.getMessage());
    }
}
