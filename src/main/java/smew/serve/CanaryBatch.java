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
import smew.base.SmewException;
import smew.model.Explanation;
import smew.model.Prediction;

/**
 * Many ids while a canary is tried: each is answered by its own release, in the order asked. Models answer here, because a canary goes
 * with no backend elsewhere.
 */
final class CanaryBatch implements AskedIds.Entities {

    private final Call call;
    private final ServedModel model;
    private final Canary canary;
    private final List<Canary.Choice<ServedModel>> chosen = new ArrayList<>();

    /**
     * Knows no id yet.
     *
     * @param model of the current release
     */
    CanaryBatch(Call call, ServedModel model, Canary canary) {
        this.call = call;
        this.model = model;
        this.canary = canary;
    }

    @Override
    public int find(List<String> parts) {
        Canary.Choice<ServedModel> found = canary.find(call, model, parts);
        if (found == null) {
            return UNKNOWN;
        }
        chosen.add(found);
        return chosen.size() - 1;
    }

    @Override
    public List<String> missing(int entity) {
        Canary.Choice<ServedModel> found = chosen.get(entity);
        return found.served().missing(found.row());
    }

    @Override
    public String lacks(List<String> missing) {
        return Predictions.lacks(missing, model);
    }

    /**
     * Reads the ids of the body and answers them.
     *
     * @throws SmewException as {@link AskedIds#read}; NOT_ACCEPTABLE for columns, which have one release for all rows
     */
    Answered answer(int limit, Explaining explaining) {
        byte[] unknown =
                AskedIds.read(call, model.table(), this, limit, explaining).unknown();
        if (call.writes().type().equals(Answer.ARROW_STREAM)) {
            throw new SmewException(
                    Fault.NOT_ACCEPTABLE,
                    "Answering ids while a canary is tried: columns of an Arrow stream have one release, and these may come"
                            + " from two. Ask with Accept: application/json.");
        }
        pick();
        if (!explaining.wanted()) {
            return answer(unknown, List.of(), 0);
        }
        return new Answered.Work(() -> answer(
                unknown,
                chosen.parallelStream()
                        .map(each ->
                                each.served().predictor().explain(each.served().values(), each.row()))
                        .toList(),
                explaining.reasons()));
    }

    private Answer answer(byte[] unknown, List<Explanation> explanations, int reasons) {
        List<Prediction> predictions = predictions();
        JsonBuffer json = call.json();
        json.raw("{\"predictions\":[");
        for (int i = 0; i < chosen.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            @Nullable Explanation explanation = explanations.isEmpty() ? null : explanations.get(i);
            chosen.get(i)
                    .served()
                    .json()
                    .prediction(json, chosen.get(i).row(), predictions, i, ServedModel.LOCAL, explanation, reasons);
        }
        Answer answer = Answer.json(json.raw("],\"unknown\":[").raw(unknown).raw("]}"));
        return chosen.isEmpty() ? answer : answer.with(Map.of(Canary.HEADER, releases()));
    }

    private String releases() {
        return chosen.stream()
                .map(each -> each.call().snapshot().release())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** Which of the ids each side answers. */
    private Map<Trial.Side, List<Integer>> sides() {
        Map<Trial.Side, List<Integer>> sides = new EnumMap<>(Trial.Side.class);
        for (int i = 0; i < chosen.size(); i++) {
            sides.computeIfAbsent(side(i), _ -> new ArrayList<>()).add(i);
        }
        return sides;
    }

    private int[] rows(List<Integer> places) {
        return places.stream().mapToInt(place -> chosen.get(place).row()).toArray();
    }

    /** Has the rows of each side at hand. */
    private void pick() {
        sides().forEach((_, places) -> {
            ServedModel all = chosen.get(places.getFirst()).served();
            int[] rows = rows(places);
            ServedModel picked = all.at(rows);
            int[] numbers = all.numbers(rows);
            IntStream.range(0, rows.length)
                    .forEach(i -> chosen.set(
                            places.get(i),
                            new Canary.Choice<>(chosen.get(places.get(i)).call(), picked, numbers[i])));
        });
    }

    /** Scores the rows of each side together. */
    private List<Prediction> predictions() {
        Prediction[] all = new Prediction[chosen.size()];
        sides().forEach((_, places) -> {
            Canary.Choice<ServedModel> first = chosen.get(places.getFirst());
            ServedModel model = first.served();
            int[] rows = rows(places);
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
