package smew.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/** Cards of models. */
final class Models {

    private Models() {}

    static Answer all(Call call) {
        Snapshot snapshot = call.snapshot();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("release", snapshot.release());
        snapshot.defaultModel()
                .ifPresent(model -> all.put("default", model.card().name()));
        all.put(
                "models",
                snapshot.models().values().stream().map(ServedModel::card).toList());
        return Answer.json(all);
    }

    static Answer one(Call call) {
        return Answer.json(call.snapshot().model(call.parameter(0)).card());
    }
}
