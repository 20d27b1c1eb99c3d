package smew.serve;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Prediction;

/** Predictions for rows that a client sends: the shapes of SageMaker and MLflow. */
final class Invocations {

    private Invocations() {}

    static Answer ofDefaultModel(Call call) {
        return invoke(call, call.snapshot().model());
    }

    static Answer ofModel(Call call) {
        return invoke(call, call.snapshot().model(call.parameter(0)));
    }

    static Answer ofEndpoint(Call call) {
        return invoke(call, call.snapshot().endpoint(call.parameter(0)));
    }

    private static Answer invoke(Call call, ServedModel model) {
        InvocationRows gathered = new InvocationRows(model.card(), call.limits().rows());
        MediaType type = call.contentType().orElse(MediaType.of(Answer.JSON));
        switch (type.type()) {
            case Answer.CSV -> CsvRows.read(call.body().bytes(), type, gathered);
            case Answer.JSON_LINES -> JsonRows.readLines(call.body().bytes(), gathered);
            default -> JsonRows.read(call.body().bytes(), gathered);
        }
        List<Map<String, @Nullable Object>> rows = gathered.complete();
        if (rows.isEmpty()) {
            throw new SmewException(Fault.USAGE, "Reading the body: it holds no row, expected at least one.");
        }
        List<Prediction> predictions = model.predictor().predict(rows);
        call.service().metrics().predicted(model, ServedModel.LOCAL_NAME, predictions);
        return switch (call.writes().type()) {
            case Answer.CSV -> csv(predictions, call.writes());
            case Answer.JSON_LINES -> jsonLines(predictions, model);
            default -> json(predictions, model);
        };
    }

    /** The predictions of the same JSON, each on a line of its own, so that a batch transform can join them with its rows. */
    private static Answer jsonLines(List<Prediction> predictions, ServedModel model) {
        JsonBuffer json = new JsonBuffer();
        for (Prediction prediction : predictions) {
            json.raw("{");
            model.outcome(json, prediction);
            json.raw("}\n");
        }
        return new Answer(200, Answer.JSON_LINES, json.toByteBuffer());
    }

    /** MLflow's shape for a model that answers with several columns, plus where the answer comes from. */
    private static Answer json(List<Prediction> predictions, ServedModel model) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"predictions\":[");
        for (int i = 0; i < predictions.size(); i++) {
            json.raw(i == 0 ? "{" : ",{");
            model.outcome(json, predictions.get(i));
            json.raw("}");
        }
        return Answer.json(json.raw("]").raw(model.origin()).raw("}"));
    }

    /** One line per row, without a header unless {@code Accept: text/csv; header=present} asks for it, as SageMaker has it. */
    private static Answer csv(List<Prediction> predictions, MediaType accepted) {
        StringBuilder csv = new StringBuilder();
        if (accepted.parameter("header", "absent").equals("present")) {
            boolean classes = predictions.getFirst().probability() != null;
            csv.append(classes ? "prediction,probability\n" : "prediction\n");
        }
        for (Prediction prediction : predictions) {
            csv.append(field(prediction.value()));
            if (prediction.probability() != null) {
                csv.append(',').append(prediction.probability());
            }
            csv.append('\n');
        }
        return Answer.csv(csv.toString());
    }

    private static String field(Object value) {
        String text = value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r') && !text.isEmpty();
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
