package smew.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.learn.LaterTruth;
import smew.model.Card;
import smew.model.CardFile;
import smew.monitor.Drift;
import smew.monitor.KeptOutcomes;
import smew.monitor.LogFilter;
import smew.monitor.LoggedPredictions;
import smew.monitor.Matched;
import smew.monitor.OutcomeFile;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.RemoteFiles;
import smew.store.Store;

/** Judges logged predictions by what became of them. */
final class Judging {

    private Judging() {}

    /**
     * Takes a file of outcomes in, and judges by all that were ever taken in.
     *
     * @throws smew.base.SmewException NOT_READY without a release, NOT_FOUND without such a release, model or file, or without logged
     *     predictions; DATA, naming what is wrong with the file
     */
    static LiveFigures of(OutcomesRequest request, InstantSource clock) {
        try (Store store = Store.open(request.store());
                Scratch scratch = Scratch.open()) {
            Releases releases = new Releases(store);
            ReleaseId id = request.release().map(releases::find).orElseGet(releases::requireCurrent);
            Manifest manifest = releases.manifest(id);
            String model = EntityScores.model(manifest, request.model());
            try (ReleaseFiles files = releases.files(manifest)) {
                Card card = CardFile.read(files.folder("models/" + model));
                LoggedPredictions log = new LoggedPredictions(store, scratch.folder());
                KeptOutcomes outcomes = new KeptOutcomes(log, card);
                KeptOutcomes.Loaded loaded = load(outcomes, request, clock);
                LogFilter filter = new LogFilter(model, request.since(), request.release());
                Optional<Drift> drift = card.training().map(_ -> log.drift(card, id.value(), filter));
                return figures(id.value(), card, loaded, outcomes.matched(filter), drift);
            }
        }
    }

    private static KeptOutcomes.Loaded load(KeptOutcomes outcomes, OutcomesRequest request, InstantSource clock) {
        if (!RemoteFiles.isRemote(request.file())) {
            return outcomes.load(new OutcomeFile(Path.of(request.file()), request.file()), request.time(), clock);
        }
        try (RemoteFiles remote = new RemoteFiles(request.store())) {
            List<RemoteFiles.File> found = remote.fetch(request.file()).files();
            if (found.size() != 1) {
                throw new SmewException(
                        Fault.NOT_FOUND,
                        "Reading outcomes from " + request.file() + ": found " + found.size()
                                + " files there, expected one. Name a CSV or Parquet file.");
            }
            return outcomes.load(
                    new OutcomeFile(found.getFirst().copy(), found.getFirst().uri()), request.time(), clock);
        }
    }

    private static LiveFigures figures(
            String release, Card card, KeptOutcomes.Loaded loaded, Matched matched, Optional<Drift> drift) {
        Table rows = matched.rows();
        LaterTruth truth = LaterTruth.of(
                card,
                texts(rows, Matched.LABEL),
                texts(rows, Matched.PREDICTION),
                doubles(rows, Matched.PROBABILITY),
                card.positive().isPresent()
                        ? List.of()
                        : IntStream.range(0, card.classes().size())
                                .mapToObj(code -> doubles(rows, Matched.probability(code)))
                                .toList());
        return new LiveFigures(
                card.name(),
                release,
                loaded.rows(),
                loaded.unlabelled(),
                loaded.known(),
                matched.outcomes(),
                rows.rows(),
                matched.unmatched(),
                counts(texts(rows, Matched.RELEASE)),
                truth.figures(),
                card.metrics().figures(),
                truth.calibration(),
                drift);
    }

    private static Column.Texts texts(Table rows, String name) {
        return (Column.Texts) rows.column(name).orElseThrow();
    }

    private static Column.Doubles doubles(Table rows, String name) {
        return (Column.Doubles) rows.column(name).orElseThrow();
    }

    private static Map<String, Long> counts(Column.Texts texts) {
        Map<String, Long> counts = new TreeMap<>();
        for (int row = 0; row < texts.rows(); row++) {
            counts.merge(texts.dictionary()[texts.codes()[row]], 1L, Long::sum);
        }
        return counts;
    }
}
