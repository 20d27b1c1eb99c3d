package smew.sagemaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.base.Json;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Agreement;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.online.Cell;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/**
 * Compares what an endpoint says with what the model says here, on rows spread over the online rows.
 *
 * @param variant that is asked
 */
public record EndpointParity(SageMaker sageMaker, String endpoint, String variant) {

    private static final String JSON = "application/json";

    /**
     * Asks both.
     *
     * @return the first difference as a clause; empty where there is none
     * @throws SmewException OUTSIDE when the endpoint does not answer
     */
    public Optional<String> difference(Predictor predictor, Table online) {
        Card card = predictor.card();
        int[] rows = Agreement.sample(predictor, online);
        if (rows.length == 0) {
            return Optional.empty();
        }
        InvokeEndpointResponse answer = ask(body(card, online, rows));
        List<Prediction> there;
        try {
            there = AnswerBody.read(
                    "its answer is none of this model",
                    card,
                    rows.length,
                    Optional.ofNullable(answer.contentType()).orElse(JSON),
                    answer.body().asByteArrayUnsafe());
        } catch (SmewException wrong) {
            return Optional.of(wrong.getMessage().replaceFirst("\\.$", ""));
        }
        List<Prediction> here = predictor.predict(online, rows);
        return Arrays.stream(Agreement.differing(card, here, there))
                .mapToObj(i -> Agreement.clause(id(card, online, rows[i]), here.get(i), there.get(i)))
                .findFirst();
    }

    private static String body(Card card, Table online, int[] rows) {
        List<Map<String, @Nullable Object>> instances = new ArrayList<>();
        for (int row : rows) {
            Map<String, @Nullable Object> instance = new LinkedHashMap<>();
            for (Card.Input input : card.inputs()) {
                instance.put(
                        input.name(), Cell.value(online.column(input.name()).orElseThrow(), row));
            }
            instances.add(instance);
        }
        return Json.write(Map.of("instances", instances));
    }

    private InvokeEndpointResponse ask(String body) {
        return ServiceRefusal.await(
                "Comparing endpoint " + endpoint + " with the model",
                sageMaker
                        .runtime()
                        .invokeEndpoint(request -> request.endpointName(endpoint)
                                .targetVariant(variant)
                                .contentType(JSON)
                                .accept(JSON)
                                .body(SdkBytes.fromUtf8String(body))));
    }

    private static String id(Card card, Table online, int row) {
        return String.join(
                ",",
                card.entity().stream()
                        .map(name -> online.column(name)
                                .map((Column part) -> String.valueOf(Cell.value(part, row)))
                                .orElse("?"))
                        .toList());
    }
}
