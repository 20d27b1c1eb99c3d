package smew.app;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.model.ScoredTable;
import smew.store.StoreSettings;

@Command(
        name = "score",
        description = "Predicts for every entity of a release, into Parquet, CSV or JSON.",
        footer = {
            "",
            "One row per entity, in the order of the entities: its key and event time, then model, release, prediction, and for"
                    + " a classification probability (of the positive class of two, or of the predicted one of more) and"
                    + " probability_CLASS for each class. The same release gives the same bytes.",
            "An entity that the model refuses (@missing error) has no prediction, and is counted.",
            "",
            "Examples:  smew score --output scores.parquet",
            "           smew score --model credit_risk --output s3://bucket/scores.csv.gz"
        })
final class ScoreCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "A model of the release. Default: the first.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--release", paramLabel = "ID", description = "A release of the store. Default: the current one.")
    private Optional<String> release = Optional.empty();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    ScoreCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        // A name that tells no format is refused before the work.
        output.fileFormat();
        StoreSettings store = common.store(world);
        Scores scores = world.engine().score(new ScoreRequest(store, model, release));
        ScoredTable scored = scores.scored();
        output.bring(world, Answer.Rows.of(world.engine(), scored.table()), store);
        int rows = scored.table().rows();
        double seconds = scores.took().toNanos() / 1e9;
        world.err()
                .println(String.format(
                        Locale.ROOT,
                        "Scored %,d rows with %s of release %s in %.3f s (%,.0f rows/s).",
                        rows,
                        scores.model(),
                        scores.release(),
                        seconds,
                        rows / Math.max(seconds, 1e-9)));
        if (scored.refused() > 0) {
            world.err()
                    .println(String.format(
                            Locale.ROOT,
                            "%,d of them have no prediction: they lack %s, and model %s allows none missing (@missing error).",
                            scored.refused(),
                            String.join(" or ", scored.lacking()),
                            scores.model()));
        }
        return 0;
    }
}
