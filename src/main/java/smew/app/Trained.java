package smew.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import smew.base.Progress;
import smew.columns.Table;
import smew.features.FeatureRun;
import smew.learn.Training;
import smew.model.Card;
import smew.model.Predictor;
import smew.project.Relation;
import smew.release.Draft;
import smew.release.Releases;
import smew.serve.Expected;

/**
 * The models of a run.
 *
 * @param cards in the order of the project
 * @param expected what a server has to answer from them; empty where leaks are not looked for
 */
record Trained(List<Card> cards, List<Expected> expected) {

    Trained {
        cards = List.copyOf(cards);
        expected = List.copyOf(expected);
    }

    /** Trains one model after the other, and writes them into a draft; none where features alone are asked for. */
    static Trained of(
            RunRequest request,
            List<Relation.Model> models,
            Releases releases,
            FeatureRun features,
            Draft draft,
            Progress progress) {
        List<Card> cards = new ArrayList<>();
        List<Expected> expected = new ArrayList<>();
        for (Relation.Model model : request.featuresOnly() ? List.<Relation.Model>of() : models) {
            Table rows = features.rows(model);
            Path directory = draft.directory().resolve("models").resolve(model.name());
            Training.Terms terms = new Training.Terms(
                    request.asOf(), request.seed(), request.leakTests(), CurrentModel.of(releases, model.name()));
            cards.add(onThreads(request, () -> Training.fit(model, rows, terms, directory, progress)));
            if (request.leakTests()) {
                expected.addAll(
                        Expected.of(Predictor.load(directory), rows, draft.id().value()));
            }
        }
        return new Trained(cards, expected);
    }

    /** Parallel streams work in the pool that calls them: this is how {@code --threads} reaches the training. */
    private static <T> T onThreads(RunRequest request, Callable<T> work) {
        int threads = request.threads().orElse(Runtime.getRuntime().availableProcessors());
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            return pool.submit(work).join();
        }
    }
}
