package smew.serve;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import smew.columns.Table;
import smew.model.Explanation;
import smew.model.Prediction;

/** Writes online rows and what a model says of them. */
final class PredictionJson {

    private final OnlineRows rows;
    private final byte[] origin;
    private final OutcomeJson outcomes;
    private final ExplanationJson explanations;
    private final @Nullable WrittenRows written;

    /**
     * Joins what writes the parts.
     *
     * @param origin the model's name and release as members
     * @param written keeps what was written of a row; null where row numbers mean nothing beyond one request
     */
    PredictionJson(
            OnlineRows rows,
            byte[] origin,
            OutcomeJson outcomes,
            ExplanationJson explanations,
            @Nullable WrittenRows written) {
        this.rows = rows;
        this.origin = origin;
        this.outcomes = outcomes;
        this.explanations = explanations;
        this.written = written;
    }

    /** The same for some of the rows, by numbers of their own. */
    PredictionJson over(Table picked) {
        OnlineRows some = rows.over(picked);
        return new PredictionJson(some, origin, outcomes, explanations.over(some.features()), null);
    }

    OnlineRows rows() {
        return rows;
    }

    void features(JsonBuffer json, int row) {
        rows.write(json, row, origin);
    }

    /** Writes a row and what the model of the release says of it, from nothing that was written before and for nobody after. */
    void anew(JsonBuffer json, int row, Prediction prediction) {
        start(json, row, List.of(prediction), 0, ServedModel.LOCAL);
        json.raw("}");
    }

    /**
     * Writes a row and what is said of it.
     *
     * @param index of the prediction among all
     * @param backend what computed it, in JSON
     * @param explanation null where none was asked for
     * @param reasons how many to give at most
     */
    void prediction(
            JsonBuffer json,
            int row,
            List<Prediction> predictions,
            int index,
            byte[] backend,
            @Nullable Explanation explanation,
            int reasons) {
        boolean elsewhere = !Arrays.equals(backend, ServedModel.LOCAL);
        if (explanation != null) {
            start(json, row, predictions, index, backend);
            explanations.write(json, row, explanation, reasons, elsewhere);
            json.raw("}");
        } else if (elsewhere || written == null) {
            start(json, row, predictions, index, backend);
            json.raw("}");
        } else {
            local(json, row, predictions, index, written);
        }
    }

    private void local(JsonBuffer json, int row, List<Prediction> predictions, int index, WrittenRows kept) {
        byte[] known = kept.of(row);
        if (known != null) {
            json.raw(known);
            return;
        }
        int from = json.length();
        start(json, row, predictions, index, ServedModel.LOCAL);
        json.raw("}");
        kept.keep(row, json.toBytes(from));
    }

    private void start(JsonBuffer json, int row, List<Prediction> predictions, int index, byte[] backend) {
        json.raw("{\"id\":");
        rows.id(json, row);
        json.raw(origin).raw(",\"backend\":").raw(backend).raw(",");
        outcomes.write(json, predictions, index);
        rows.timeAndFeatures(json, row);
    }
}
