package smew.serve;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.Predictor;
import smew.model.RowPredictions;
import smew.model.ScoredRows;
import smew.online.OnlineTable;

/**
 * One model of one release with its online rows, if it has any. Rows that are mapped can be found here, and are scored and written by
 * what {@link #at} gives.
 */
final class ServedModel {

    /** The backend's name where the model of the release itself answers. */
    static final String LOCAL_NAME = "local";

    /** The same in JSON. */
    static final byte[] LOCAL = JsonBuffer.quoted(LOCAL_NAME);

    private final Predictor predictor;
    private final @Nullable Online online;
    private final String release;
    private final byte[] origin;
    private final OutcomeJson outcomes;
    private final @Nullable Remote remote;

    /** By outcome. A race looks the same one up twice. */
    private final AtomicReferenceArray<CounterDataPoint> counters;

    /**
     * The online rows.
     *
     * @param values the rows that are at hand
     * @param mapped they are none, and have to be picked
     * @param predictions remembers what is said of them; null where their numbers mean nothing beyond one request
     */
    private record Online(
            OnlineTable table,
            Table values,
            boolean mapped,
            PredictionJson json,
            @Nullable RowPredictions predictions) {}

    private ServedModel(
            Predictor predictor,
            @Nullable Online online,
            String release,
            byte[] origin,
            OutcomeJson outcomes,
            @Nullable Remote remote,
            AtomicReferenceArray<CounterDataPoint> counters) {
        this.predictor = predictor;
        this.online = online;
        this.release = release;
        this.origin = origin;
        this.outcomes = outcomes;
        this.remote = remote;
        this.counters = counters;
    }

    /** The same with other rows and another backend. */
    private ServedModel(ServedModel same, @Nullable Online online, @Nullable Remote remote) {
        this(same.predictor, online, same.release, same.origin, same.outcomes, remote, same.counters);
    }

    /** A model without online rows. */
    static ServedModel alone(Predictor predictor, String release) {
        Card card = predictor.card();
        return new ServedModel(
                predictor,
                null,
                release,
                origin(card, release),
                new OutcomeJson(card),
                null,
                new AtomicReferenceArray<>(Math.max(1, card.classes().size())));
    }

    /**
     * Joins a model with its online rows.
     *
     * @throws SmewException DATA when the rows lack an input of the model
     */
    static ServedModel of(Predictor predictor, OnlineTable table, String release) {
        ServedModel alone = alone(predictor, release);
        Card card = predictor.card();
        List<Column> inputs = new ArrayList<>();
        for (Card.Input input : card.inputs()) {
            inputs.add(column(table, input.name()));
        }
        Column time = card.time().isEmpty() ? null : column(table, card.time().getFirst());
        PredictionJson json = new PredictionJson(
                new OnlineRows(table.key(), time, inputs),
                alone.origin,
                alone.outcomes,
                new ExplanationJson(card, inputs),
                new WrittenRows(table.entities()));
        Table columns = table.columns();
        RowPredictions predictions = table.isMapped() ? null : new RowPredictions(predictor, columns);
        return new ServedModel(alone, new Online(table, columns, table.isMapped(), json, predictions), null);
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

    private static byte[] origin(Card card, String release) {
        JsonBuffer origin = new JsonBuffer();
        return origin.raw(",\"model\":")
                .text(card.name())
                .raw(",\"release\":")
                .text(release)
                .toBytes();
    }

    /**
     * A model that has these online rows, under the numbers that {@link #numbers} tells: this one unless they are mapped.
     *
     * @throws SmewException NOT_FOUND where the model has no online rows
     */
    ServedModel at(int... rows) {
        Online all = online();
        if (!all.mapped) {
            return this;
        }
        Table picked = all.table.pick(rows);
        return new ServedModel(this, new Online(all.table, picked, false, all.json.over(picked), null), remote);
    }

    /** The numbers of online rows in what {@link #at} gives for them. */
    int[] numbers(int[] rows) {
        return online().mapped ? online().table.numbers(rows) : rows;
    }

    /** The number of one. */
    int number(int row) {
        return online().mapped ? 0 : row;
    }

    /**
     * The online rows.
     *
     * @throws SmewException NOT_FOUND where the model has none
     */
    private Online online() {
        if (online == null) {
            throw new SmewException(
                    Fault.NOT_FOUND,
                    "Model " + card().name() + " is served alone, without the rows of any entity. Send its inputs to"
                            + " POST /invocations.");
        }
        return online;
    }

    /**
     * What the model of the release says of online rows, in the order given.
     *
     * @throws SmewException NOT_FOUND where the model has none
     */
    ScoredRows predict(int[] rows) {
        Online known = online();
        if (known.mapped) {
            return at(rows).predict(numbers(rows));
        }
        return known.predictions == null ? predictor.predict(known.values, rows) : known.predictions.of(rows);
    }

    /** The same with predictions by id from elsewhere. */
    ServedModel with(Remote other) {
        return new ServedModel(this, online, other);
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
        if (online().mapped && predictor.refusesMissing()) {
            return at(row).missing(0);
        }
        return predictor.missing(values(), row);
    }

    /** How many entities it has online rows of; empty where it is served without any. */
    OptionalInt entities() {
        return online == null ? OptionalInt.empty() : OptionalInt.of(online.table.entities());
    }

    /** How much of a file is mapped for them; 0 where they lie in memory, or there are none. */
    long mappedBytes() {
        return online == null ? 0 : online.table.mappedBytes();
    }

    /** Finds entities: the rows of the release, whatever this model was picked for. */
    OnlineTable table() {
        return online().table;
    }

    /** The rows that are at hand; of a mapped table those that {@link #at} picked. */
    Table values() {
        return online().values;
    }

    /** The key columns of these. */
    List<Column> key() {
        return online().json.rows().key();
    }

    /** What an answer shows of a row beside its key: the event time, where there is one, and the inputs. */
    List<Column> shown() {
        return online().json.rows().shown();
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

    /** Writes its online rows and what is said of them. */
    PredictionJson json() {
        return online().json;
    }

    private static Column column(OnlineTable table, String name) {
        return table.columns()
                .column(name)
                .orElseThrow(() -> new SmewException(
                        Fault.DATA,
                        "Loading the online rows of " + table.name() + ": they have no column " + name
                                + ", which the model reads. The release is damaged: make a new one with smew run."));
    }
}
