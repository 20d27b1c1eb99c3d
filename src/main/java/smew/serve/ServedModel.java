package smew.serve;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Explanation;
import smew.model.Prediction;
import smew.model.Predictor;
import smew.model.RowPredictions;
import smew.model.ScoredRows;
import smew.online.OnlineTable;

/** One model of one release with its online rows, if it has any. */
final class ServedModel {

    /** The backend's name where the model of the release itself answers. */
    static final String LOCAL_NAME = "local";

    /** The same in JSON. */
    static final byte[] LOCAL = JsonBuffer.quoted(LOCAL_NAME);

    private final Predictor predictor;
    private final @Nullable OnlineRows rows;
    private final @Nullable RowPredictions predictions;
    private final String release;
    private final byte[] origin;
    private final OutcomeJson outcomes;
    private final @Nullable Remote remote;
    private final @Nullable ExplanationJson explanations;
    private final WrittenRows written;

    /** By outcome. A race looks the same one up twice. */
    private final AtomicReferenceArray<CounterDataPoint> counters;

    private ServedModel(
            Predictor predictor,
            @Nullable OnlineRows rows,
            @Nullable RowPredictions predictions,
            String release,
            @Nullable Remote remote,
            @Nullable ExplanationJson explanations) {
        this.predictor = predictor;
        this.rows = rows;
        this.predictions = predictions;
        this.release = release;
        this.origin = origin(predictor.card(), release);
        this.outcomes = new OutcomeJson(predictor.card());
        this.remote = remote;
        this.explanations = explanations;
        this.written = new WrittenRows(rows == null ? 0 : rows.table().entities());
        this.counters = new AtomicReferenceArray<>(
                Math.max(1, predictor.card().classes().size()));
    }

    /**
     * Joins a model with its online rows.
     *
     * @throws SmewException DATA when the rows lack an input of the model
     */
    static ServedModel of(Predictor predictor, OnlineTable table, String release) {
        Card card = predictor.card();
        List<Column> inputs = new ArrayList<>();
        for (Card.Input input : card.inputs()) {
            inputs.add(column(table, input.name()));
        }
        Column time = card.time().isEmpty() ? null : column(table, card.time().getFirst());
        return new ServedModel(
                predictor,
                new OnlineRows(table, time, inputs),
                new RowPredictions(predictor, table.table()),
                release,
                null,
                new ExplanationJson(card, inputs));
    }

    /**
     * The same over other rows, such as one that might be.
     *
     * @param other with the columns of the online rows
     */
    ServedModel over(Table other) {
        ServedModel changed = of(predictor, OnlineTable.of(table().name(), card().entity(), other), release);
        return remote == null ? changed : changed.with(remote);
    }

    /** A model without online rows. */
    static ServedModel alone(Predictor predictor, String release) {
        return new ServedModel(predictor, null, null, release, null, null);
    }

    private static byte[] origin(Card card, String release) {
        JsonBuffer origin = new JsonBuffer();
        return origin.raw(",\"model\":")
                .text(card.name())
                .raw(",\"release\":")
                .text(release)
                .toBytes();
    }

    /**
     * The online rows.
     *
     * @throws SmewException NOT_FOUND where the model has none
     */
    private OnlineRows rows() {
        if (rows == null) {
            throw alone();
        }
        return rows;
    }

    private SmewException alone() {
        return new SmewException(
                Fault.NOT_FOUND,
                "Model " + card().name() + " is served alone, without the rows of any entity. Send its inputs to"
                        + " POST /invocations.");
    }

    /**
     * What the model of the release says of online rows, in the order given.
     *
     * @throws SmewException NOT_FOUND where the model has none
     */
    ScoredRows predict(int[] online) {
        if (predictions == null) {
            throw alone();
        }
        return predictions.of(online);
    }

    /** The same with predictions by id from elsewhere. */
    ServedModel with(Remote other) {
        return new ServedModel(predictor, rows, predictions, release, other, explanations);
    }

    /** What computes predictions by id; null where the model itself does. */
    @Nullable
    Remote remote() {
        return remote;
    }

    Card card() {
        return predictor.card();
    }

    Predictor predictor() {
        return predictor;
    }

    /** The inputs without a value that keep an online row from being scored. */
    List<String> missing(int row) {
        return predictor.missing(table().table(), row);
    }

    /** How many entities it has online rows of; empty where it is served without any. */
    OptionalInt entities() {
        return rows == null ? OptionalInt.empty() : OptionalInt.of(rows.table().entities());
    }

    OnlineTable table() {
        return rows().table();
    }

    /** What an answer shows of a row beside its key: the event time, where there is one, and the inputs. */
    List<Column> shown() {
        return rows().shown();
    }

    /** Where predictions of an outcome that the model itself made are counted. A regression has one outcome. */
    CounterDataPoint counter(int outcome, Metrics metrics) {
        CounterDataPoint known = counters.get(outcome);
        if (known == null) {
            known = metrics.predictions(card(), outcome);
            counters.set(outcome, known);
        }
        return known;
    }

    /** Writes what is predicted. */
    OutcomeJson outcomes() {
        return outcomes;
    }

    /** The model's name and release as members: {@code ,"model":"credit_risk","release":"…"}. */
    byte[] origin() {
        return origin;
    }

    void writeFeatures(JsonBuffer json, int row) {
        json.raw("{\"id\":");
        rows().id(json, row);
        json.raw(origin);
        rows().timeAndFeatures(json, row);
        json.raw("}");
    }

    void writePrediction(JsonBuffer json, int row, Prediction prediction) {
        startPrediction(json, row, List.of(prediction), 0, LOCAL);
        json.raw("}");
    }

    /**
     * Writes an online row and what is said of it.
     *
     * @param index of the prediction among all
     * @param backend what computed it, in JSON
     * @param explanation null where none was asked for
     * @param reasons how many to give at most
     */
    void writePrediction(
            JsonBuffer json,
            int row,
            List<Prediction> predictions,
            int index,
            byte[] backend,
            @Nullable Explanation explanation,
            int reasons) {
        boolean elsewhere = !Arrays.equals(backend, LOCAL);
        if (explanation != null && explanations != null) {
            startPrediction(json, row, predictions, index, backend);
            explanations.write(json, row, explanation, reasons, elsewhere);
            json.raw("}");
        } else if (elsewhere) {
            startPrediction(json, row, predictions, index, backend);
            json.raw("}");
        } else {
            writeLocal(json, row, predictions, index);
        }
    }

    private void writeLocal(JsonBuffer json, int row, List<Prediction> predictions, int index) {
        byte[] known = written.of(row);
        if (known != null) {
            json.raw(known);
            return;
        }
        int from = json.length();
        startPrediction(json, row, predictions, index, LOCAL);
        json.raw("}");
        written.keep(row, json.toBytes(from));
    }

    private void startPrediction(JsonBuffer json, int row, List<Prediction> predictions, int index, byte[] backend) {
        json.raw("{\"id\":");
        rows().id(json, row);
        json.raw(origin).raw(",\"backend\":").raw(backend).raw(",");
        outcomes.write(json, predictions, index);
        rows().timeAndFeatures(json, row);
    }

    private static Column column(OnlineTable table, String name) {
        return table.table()
                .column(name)
                .orElseThrow(() -> new SmewException(
                        Fault.DATA,
                        "Loading the online rows of " + table.name() + ": they have no column " + name
                                + ", which the model reads. The release is damaged: make a new one with smew run."));
    }
}
