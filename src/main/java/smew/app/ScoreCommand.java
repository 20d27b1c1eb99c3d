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
            "With --explain, explains says what is explained, and baseline and explained_value are its numbers; reason_1 is the input"
                    + " that counts most, reason_1_contribution what it adds to the baseline or takes from it, reason_1_text what a"
                    + " comment in the SQL says of it; reason_2 the next.",
            "",
            "Examples:  smew score --output scores.parquet",
            "           smew score --explain 3 --output scores.parquet",
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

    @Option(
            names = "--explain",
            paramLabel = "K",
            description = "Adds columns with the K inputs that count most for each prediction, and by how much.")
    private Optional<Converters.Count> explain = Optional.empty();

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
        Scores scores = world.engine()
                .score(
                        new ScoreRequest(
                                store,
                                model,
                                release,
                                explain.map(Converters.Count::value).orElse(0)),
                        world.progress());
        ScoredTable scored = scores.scored();
        output.bring(world, Answer.Rows.of(world.engine(), scored.table()), store);
        int rows = scored.table().rows();
        double seconds = scores.took().toNanos() / 1e9;
        world.err()
                .println(String.format(
                        Locale.ROOT,
                        "Scored%s %,d rows with %s of release %s in %.3f s (%,.0f rows/s).",
                        explain.isPresent() ? " and explained" : "",
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
