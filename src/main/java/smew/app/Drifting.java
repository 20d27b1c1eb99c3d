package smew.app;

import java.util.List;
import java.util.Optional;
import smew.columns.ArrowFile;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import smew.model.CardFile;
import smew.model.Predictor;
import smew.model.ScoredTable;
import smew.monitor.Drift;
import smew.monitor.DriftCount;
import smew.monitor.LogFilter;
import smew.monitor.LoggedPredictions;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.Store;

/** Compares what is served with what models were learned from. */
final class Drifting {

    private Drifting() {}

    /**
     * One comparison for each model.
     *
     * @throws smew.base.SmewException NOT_READY without a release, NOT_FOUND without such a release or model, without logged
     *     predictions, or where a card says nothing of its training
     */
    static List<Drift> of(DriftRequest request) {
        try (Store store = Store.open(request.store());
                Scratch scratch = Scratch.open()) {
            Releases releases = new Releases(store);
            ReleaseId id = request.release().map(releases::find).orElseGet(releases::requireCurrent);
            Manifest manifest = releases.manifest(id);
            try (ReleaseFiles files = releases.files(manifest)) {
                List<String> models = request.model().isPresent()
                        ? List.of(EntityScores.model(manifest, request.model()))
                        : EntityScores.models(manifest);
                return models.stream()
                        .map(model -> request.predictions()
                                ? logged(request, new LoggedPredictions(store, scratch.folder()), files, model)
                                : online(files, model))
                        .toList();
            }
        }
    }

    private static Drift logged(DriftRequest request, LoggedPredictions log, ReleaseFiles files, String model) {
        Card card = CardFile.read(files.folder("models/" + model));
        return log.drift(card, files.manifest().id(), new LogFilter(model, request.since(), request.release()));
    }

    private static Drift online(ReleaseFiles files, String model) {
        Predictor predictor = Predictor.released(files.folder("models/" + model));
        Table rows = ArrowFile.read(files.file("online/" + model + ".arrow"));
        DriftCount count = DriftCount.ofRows(predictor.card());
        count.add(rows, score(predictor, rows));
        return count.drift(files.manifest().id(), "online rows");
    }

    /** What the card keeps a distribution of: the number, or the probability behind the predicted class. */
    private static Optional<Column> score(Predictor predictor, Table rows) {
        Card card = predictor.card();
        boolean number = card.task() == Relation.Task.REGRESSION;
        return number || card.positiveIndex() >= 0
                ? Optional.of(ScoredTable.outcomes(predictor, rows).get(number ? 0 : 1))
                : Optional.empty();
    }
}
