package smew.serve;

/** Online rows by id. */
final class Features {

    private Features() {}

    static Answer ofDefaultModel(Call call) {
        return features(call, call.snapshot().model());
    }

    static Answer ofModel(Call call) {
        return features(call, call.snapshot().model(call.parameter(0)));
    }

    static Answer ofView(Call call) {
        Canary.Choice<ServedView> chosen = Canary.choose(call, call.snapshot().view(call.parameter(0)));
        JsonBuffer json = call.json();
        chosen.served().write(json, chosen.row());
        return answer(chosen, json);
    }

    private static Answer features(Call call, ServedModel model) {
        Canary.Choice<ServedModel> chosen = Canary.choose(call, model);
        JsonBuffer json = call.json();
        chosen.served().json().features(json, chosen.row());
        return answer(chosen, json);
    }

    private static Answer answer(Canary.Choice<?> chosen, JsonBuffer json) {
        return chosen.named(Answer.json(json).tagged(chosen.call().snapshot().release()));
    }
}
