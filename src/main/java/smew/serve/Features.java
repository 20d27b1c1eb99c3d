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
        ServedView view = call.snapshot().view(call.parameter(0));
        Canary canary = call.snapshot().canary();
        if (canary != null) {
            Canary.Choice<ServedView> chosen = canary.choose(call, view);
            return chosen.named(features(chosen.call(), chosen.served(), chosen.row()));
        }
        return features(call, view, Ids.row(call, view.table()));
    }

    private static Answer features(Call call, ServedView view, int row) {
        JsonBuffer json = call.json();
        view.write(json, row);
        return Answer.json(json).tagged(call.snapshot().release());
    }

    private static Answer features(Call call, ServedModel model) {
        Canary canary = call.snapshot().canary();
        if (canary != null) {
            Canary.Choice<ServedModel> chosen = canary.choose(call, model);
            return chosen.named(features(chosen.call(), chosen.served(), chosen.row()));
        }
        return features(call, model, Ids.row(call, model.table()));
    }

    private static Answer features(Call call, ServedModel model, int row) {
        JsonBuffer json = call.json();
        model.writeFeatures(json, row);
        return Answer.json(json).tagged(call.snapshot().release());
    }
}
