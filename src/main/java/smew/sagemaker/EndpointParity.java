package smew.sagemaker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Json;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.online.Cell;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Compares what an endpoint says with what the model says here, on rows spread over the online rows.
 *
 * @param variant that is asked
 */
public record EndpointParity(SageMaker sageMaker, String endpoint, String variant) {

    private static final int ROWS = 50;

    /** How far probabilities may lie apart; numbers, in proportion where they are greater than 1. */
    private static final double TOLERANCE = 1e-9;

    /**
     * Asks both.
     *
     * @return the first difference as a clause; empty where there is none
     * @throws smew.base.SmewException OUTSIDE when the endpoint does not answer
     */
    public Optional<String> difference(Predictor predictor, Table online) {
        int count = Math.min(ROWS, online.rows());
        int[] rows = IntStream.range(0, count)
                .map(i -> (int) ((long) i * online.rows() / count))
                .filter(row -> predictor.missing(online, row).isEmpty())
                .toArray();
        if (rows.length == 0) {
            return Optional.empty();
        }
        List<Prediction> here = predictor.predict(online, rows);
        String answer = ask(body(predictor.card(), online, rows));
        List<JsonNode> there = predictions(answer);
        if (there.size() != rows.length) {
            return Optional.of("asked for " + rows.length + " rows, it answers '"
                    + (answer.length() > 80 ? answer.substring(0, 80) + "…" : answer) + "'");
        }
        return IntStream.range(0, rows.length)
                .filter(i -> !same(predictor.card(), here.get(i), there.get(i)))
                .mapToObj(i -> "of entity " + id(predictor.card(), online, rows[i]) + " it says " + there.get(i)
                        + ", the model says " + said(here.get(i)))
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

    private String ask(String body) {
        InvokeEndpointResponse answer = ServiceRefusal.await(
                "Comparing endpoint " + endpoint + " with the model",
                sageMaker
                        .runtime()
                        .invokeEndpoint(request -> request.endpointName(endpoint)
                                .targetVariant(variant)
                                .contentType("application/json")
                                .accept("application/json")
                                .body(SdkBytes.fromUtf8String(body))));
        return answer.body().asUtf8String();
    }

    private static List<JsonNode> predictions(String answer) {
        try {
            return Json.tree(answer).path("predictions").valueStream().toList();
        } catch (JacksonException noJson) {
            return List.of();
        }
    }

    private static boolean same(Card card, Prediction here, JsonNode there) {
        JsonNode value = there.path("prediction");
        if (card.classes().isEmpty()) {
            double number = ((Number) here.value()).doubleValue();
            return value.isNumber() && Math.abs(number - value.asDouble()) <= TOLERANCE * Math.max(1, Math.abs(number));
        }
        return value.isValueNode()
                && value.asString().equals(String.valueOf(here.value()))
                && IntStream.range(0, card.classes().size()).allMatch(c -> {
                    JsonNode probability =
                            there.path("probabilities").path(card.classes().get(c));
                    return probability.isNumber()
                            && Math.abs(probability.asDouble()
                                            - here.probabilities().get(c))
                                    <= TOLERANCE;
                });
    }

    private static String said(Prediction prediction) {
        return prediction.value()
                + (prediction.probability() == null ? "" : " with probability " + prediction.probability());
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
