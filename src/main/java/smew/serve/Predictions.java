package smew.serve;

import java.util.List;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Explanation;
import smew.model.Prediction;

/** Predictions by id. */
final class Predictions {

    /** How answers for several begin. */
    static final byte[] BEFORE = new JsonBuffer().raw("{\"predictions\":[").toBytes();

    private Predictions() {}

    static Answered one(Call call) {
        return one(call, call.snapshot().model());
    }

    static Answered oneOfModel(Call call) {
        return one(call, call.snapshot().model(call.parameter(0)));
    }

    static Answered many(Call call) {
        return many(call, call.snapshot().model());
    }

    static Answered manyOfModel(Call call) {
        return many(call, call.snapshot().model(call.parameter(0)));
    }

    private static Answered one(Call call, ServedModel model) {
        Canary.Choice<ServedModel> chosen = Canary.choose(call, model);
        return chosen.named(one(chosen.call(), chosen.served(), chosen.row()));
    }

    /** The prediction for one of the rows that a model has at hand. */
    static Answered one(Call call, ServedModel model, int row) {
        Explaining explaining = Explaining.of(call.query());
        List<String> missing = model.missing(row);
        if (!missing.isEmpty()) {
            throw new SmewException(
                    Fault.DATA,
                    "Scoring id '" + Text.shown(Percent.decode(call.rawId())) + "': it " + lacks(missing, model));
        }
        return answered(call, model, new int[] {row}, explaining, (json, told, scored) -> {
            told.write(json, 0, scored);
            return Answer.json(json);
        });
    }

    private static Answered many(Call call, ServedModel model) {
        Explaining explaining = Explaining.of(call.query());
        int limit = explaining.wanted()
                ? Math.min(Explaining.IDS, call.limits().ids())
                : call.limits().ids();
        Canary canary = call.snapshot().canary();
        if (canary != null) {
            return new CanaryBatch(call, model, canary).answer(limit, explaining);
        }
        AskedIds ids = AskedIds.read(call, model.table(), new Online(model), limit, explaining);
        int[] rows = model.numbers(ids.found());
        ServedModel picked = model.at(ids.found());
        if (call.writes().type().equals(Answer.ARROW_STREAM)) {
            return PredictionColumns.answer(call, picked, rows, ids.unknown(), explaining);
        }
        byte[] behind = new JsonBuffer()
                .raw("],\"unknown\":[")
                .raw(ids.unknown())
                .raw("]}")
                .toBytes();
        return answered(
                call,
                picked,
                rows,
                explaining,
                (_, told, scored) ->
                        new Answered.InPieces(Answer.JSON, new RowPieces(BEFORE, rows.length, behind, (json, row) -> {
                            json.raw(row == 0 ? "" : ",");
                            told.write(json, row, scored);
                        })));
    }

    /** Entities as rows of a model. */
    private record Online(ServedModel model) implements AskedIds.Entities {

        @Override
        public int find(List<String> parts) {
            return model.table().find(parts).orElse(UNKNOWN);
        }

        @Override
        public int find(long id) {
            return model.table().find(id);
        }

        @Override
        public List<String> missing(int row) {
            return model.missing(row);
        }

        @Override
        public String lacks(List<String> missing) {
            return Predictions.lacks(missing, model);
        }
    }

    /**
     * What an answer tells of its rows.
     *
     * @param explanations one per row, or none at all
     */
    private record Told(ServedModel model, int[] rows, List<Explanation> explanations, int reasons) {

        void write(JsonBuffer json, int index, Remote.Scored scored) {
            model.json()
                    .prediction(
                            json,
                            rows[index],
                            scored.predictions(),
                            index,
                            scored.json(),
                            explanations.isEmpty() ? null : explanations.get(index),
                            reasons);
        }
    }

    /** How predictions become an answer. */
    private interface Writing {
        Answered of(JsonBuffer json, Told told, Remote.Scored scored);
    }

    /**
     * Scores rows, here or elsewhere. Explained they are here: a backend that answers the same has the same reasons.
     *
     * @throws SmewException USAGE for explanations of a backend that may answer otherwise
     */
    private static Answered answered(Call call, ServedModel model, int[] rows, Explaining explaining, Writing writing) {
        if (!explaining.wanted()) {
            return answered(call, new Told(model, rows, List.of(), 0), writing);
        }
        Remote remote = model.remote();
        if (remote != null && remote.chosen().allowDifference()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Explaining predictions of " + remote.chosen().backend().name()
                            + ": the server was told to use it even if it answers otherwise than the model of the release"
                            + " (--allow-difference), and that model alone can be explained. Ask without explain=true.");
        }
        return new Answered.Work(() -> {
            List<Explanation> explanations = IntStream.of(rows)
                    .parallel()
                    .mapToObj(row -> model.predictor().explain(model.values(), row))
                    .toList();
            return answered(call, new Told(model, rows, explanations, explaining.reasons()), writing);
        });
    }

    private static Answered answered(Call call, Told told, Writing writing) {
        ServedModel model = told.model;
        Remote remote = model.remote();
        if (remote != null && told.rows.length > 0) {
            // The thread that hears of the answer is not the one that sends it, so it needs a buffer of its own.
            return new Answered.Later(remote.predict(model, told.rows).thenApply(scored -> {
                call.predicted(model, told.rows, scored.predictions(), scored.backend());
                return writing.of(new JsonBuffer(), told, scored);
            }));
        }
        List<Prediction> predictions = model.predict(told.rows);
        call.predicted(model, told.rows, predictions, ServedModel.LOCAL_NAME);
        return writing.of(call.json(), told, Remote.Scored.local(predictions));
    }

    /** Says which inputs an entity lacks. */
    static String lacks(List<String> missing, ServedModel model) {
        return "has no " + String.join(" and ", missing) + ", and model "
                + model.card().name() + " allows none missing (@missing error).";
    }
}
