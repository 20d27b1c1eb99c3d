package smew.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Problem;
import smew.base.SmewException;
import smew.model.Explanation;
import smew.model.Prediction;
import tools.jackson.databind.JsonNode;

/**
 * Many ids while a canary is tried: each is answered by its own release, in the order asked. Models answer here, because a canary goes
 * with no backend elsewhere.
 *
 * @param chosen one per known id
 */
record CanaryBatch(Call call, List<Canary.Choice<ServedModel>> chosen, List<JsonNode> unknown) {

    /**
     * Reads ids.
     *
     * @param model of the current release
     * @throws SmewException USAGE naming all that are malformed, DATA naming all that cannot be scored
     */
    static CanaryBatch read(Call call, ServedModel model, Canary canary, int limit, Explaining explaining) {
        JsonNode ids = ids(call, limit, explaining);
        List<Canary.Choice<ServedModel>> chosen = new ArrayList<>();
        List<JsonNode> unknown = new ArrayList<>();
        Refusals malformed = new Refusals();
        Refusals incomplete = new Refusals();
        for (int i = 0; i < ids.size(); i++) {
            String where = "ids[" + i + "]";
            JsonNode id = ids.get(i);
            try {
                Canary.Choice<ServedModel> found = canary.find(call, model, Ids.parts(id, model.table()));
                if (found == null) {
                    unknown.add(id);
                    continue;
                }
                chosen.add(found);
                List<String> missing = found.served().missing(found.row());
                if (!missing.isEmpty()) {
                    incomplete.add(() -> new Problem(
                            where, "id " + Text.shown(id.toString()) + " " + Predictions.lacks(missing, model)));
                }
            } catch (SmewException refused) {
                malformed.add(() -> new Problem(where, refused.getMessage()));
            }
        }
        malformed.check(Fault.USAGE, "Reading ids");
        incomplete.check(Fault.DATA, "Scoring ids");
        return new CanaryBatch(call, chosen, unknown);
    }

    private static JsonNode ids(Call call, int limit, Explaining explaining) {
        boolean arrow = call.writes().type().equals(Answer.ARROW_STREAM)
                || call.contentType()
                        .filter(type -> type.type().equals(Answer.ARROW_STREAM))
                        .isPresent();
        if (arrow) {
            throw new SmewException(
                    Fault.NOT_ACCEPTABLE,
                    "Answering ids while a canary is tried: columns of an Arrow stream have one release, and these may come"
                            + " from two. Send and ask for application/json.");
        }
        JsonNode ids = JsonBody.read(call.body().bytes()).get("ids");
        if (ids == null || !ids.isArray()) {
            throw new SmewException(Fault.USAGE, AskedIds.ASKED);
        }
        if (ids.size() > limit) {
            throw AskedIds.tooMany(ids.size(), limit, explaining);
        }
        return ids;
    }

    Answered answer(Explaining explaining) {
        if (!explaining.wanted()) {
            return answer(List.of(), 0);
        }
        return new Answered.Work(() -> answer(
                chosen.parallelStream()
                        .map(each -> each.served()
                                .predictor()
                                .explain(each.served().table().table(), each.row()))
                        .toList(),
                explaining.reasons()));
    }

    private Answer answer(List<Explanation> explanations, int reasons) {
        List<Prediction> predictions = predictions();
        JsonBuffer json = call.json();
        json.raw("{\"predictions\":[");
        for (int i = 0; i < chosen.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            @Nullable Explanation explanation = explanations.isEmpty() ? null : explanations.get(i);
            chosen.get(i)
                    .served()
                    .writePrediction(
                            json, chosen.get(i).row(), predictions, i, ServedModel.LOCAL, explanation, reasons);
        }
        json.raw("],\"unknown\":[");
        for (int i = 0; i < unknown.size(); i++) {
            json.raw(i == 0 ? "" : ",").raw(Json.bytes(unknown.get(i)));
        }
        Answer answer = Answer.json(json.raw("]}"));
        return chosen.isEmpty() ? answer : answer.with(Map.of(Canary.HEADER, releases()));
    }

    private String releases() {
        return chosen.stream()
                .map(each -> each.call().snapshot().release())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** Scores the rows of each side together. */
    private List<Prediction> predictions() {
        Map<Trial.Side, List<Integer>> sides = new EnumMap<>(Trial.Side.class);
        for (int i = 0; i < chosen.size(); i++) {
            sides.computeIfAbsent(side(i), _ -> new ArrayList<>()).add(i);
        }
        Prediction[] all = new Prediction[chosen.size()];
        sides.forEach((_, places) -> {
            Canary.Choice<ServedModel> first = chosen.get(places.getFirst());
            ServedModel model = first.served();
            int[] rows =
                    places.stream().mapToInt(place -> chosen.get(place).row()).toArray();
            List<Prediction> predictions = model.predict(rows);
            first.call().predicted(model, rows, predictions, ServedModel.LOCAL_NAME);
            IntStream.range(0, rows.length).forEach(i -> all[places.get(i)] = predictions.get(i));
        });
        return Arrays.asList(all);
    }

    private Trial.Side side(int index) {
        Trial trial = chosen.get(index).call().snapshot().trial();
        return trial == null ? Trial.Side.CURRENT : trial.side();
    }
}
