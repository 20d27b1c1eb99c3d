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
        int row = Ids.row(call, view.table());
        JsonBuffer json = call.json();
        view.write(json, row);
        return Answer.json(json).tagged(call.snapshot().release());
    }

    private static Answer features(Call call, ServedModel model) {
        int row = Ids.row(call, model.table());
        JsonBuffer json = call.json();
        model.writeFeatures(json, row);
        return Answer.json(json).tagged(call.snapshot().release());
    }
}
