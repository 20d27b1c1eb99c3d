package smew.serve;

import java.util.List;
import java.util.Map;
import smew.model.Card;

/** Cards of models. */
final class Models {

    private Models() {}

    static Answer all(Call call) {
        List<Card> cards = call.snapshot().models().values().stream()
                .map(ServedModel::card)
                .toList();
        return Answer.json(Map.of("models", cards));
    }

    static Answer one(Call call) {
        return Answer.json(call.snapshot().model(call.parameter(0)).card());
    }
}
