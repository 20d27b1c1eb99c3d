package smew.serve;

import java.util.List;
import java.util.stream.IntStream;
import smew.model.Card;
import smew.model.Outcomes;
import smew.model.Prediction;
import smew.model.ScoredRows;

/** Writes what a model predicts as members of an object. Names and classes are encoded once. */
final class OutcomeJson {

    private final byte[][] classes;

    /** By outcome, up to its probability. */
    private final byte[][] predicted;

    OutcomeJson(Card card) {
        this.classes = card.classes().stream().map(JsonBuffer::name).toArray(byte[][]::new);
        Outcomes outcomes = new Outcomes(card);
        this.predicted = IntStream.range(0, classes.length)
                .mapToObj(i -> new JsonBuffer()
                        .raw("\"prediction\":")
                        .value(outcomes.value(i))
                        .raw(",\"probability\":")
                        .toBytes())
                .toArray(byte[][]::new);
    }

    /** Writes one of several, without making an object of it where that can be. */
    void write(JsonBuffer json, List<Prediction> predictions, int index) {
        if (!(predictions instanceof ScoredRows scored)) {
            write(json, predictions.get(index));
            return;
        }
        if (classes.length == 0) {
            json.raw("\"prediction\":").number(scored.number(index));
            return;
        }
        int spokenOf = scored.spokenOf(index);
        json.raw(predicted[scored.predicted(index)]);
        int from = json.length();
        json.number(scored.probability(index, spokenOf));
        int to = json.length();
        json.raw(",\"probabilities\":{");
        for (int i = 0; i < classes.length; i++) {
            json.raw(i == 0 ? "" : ",").raw(classes[i]);
            if (i == spokenOf) {
                json.again(from, to);
            } else {
                json.number(scored.probability(index, i));
            }
        }
        json.raw("}");
    }

    /** {@code "prediction":0,"probability":0.03,"probabilities":{"0":0.97,"1":0.03}}; the first alone for a regression. */
    private void write(JsonBuffer json, Prediction prediction) {
        json.raw("\"prediction\":").value(prediction.value());
        Double probability = prediction.probability();
        if (probability == null) {
            return;
        }
        json.raw(",\"probability\":").number(probability).raw(",\"probabilities\":{");
        for (int i = 0; i < classes.length; i++) {
            json.raw(i == 0 ? "" : ",")
                    .raw(classes[i])
                    .number(prediction.probabilities().get(i));
        }
        json.raw("}");
    }
}
