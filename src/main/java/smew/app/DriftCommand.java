package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;
import smew.monitor.Drift;

@Command(
        name = "drift",
        description = "Compares what is served, or was, with what each model was learned from.",
        footer = {
            "",
            "PSI compares shares of ten ranges or of the most frequent levels, that without a value among them: below 0.1 hardly"
                    + " anything moved, above 0.25 much has. KS is the greatest distance of the two distribution functions; a"
                    + " category has none. (score) is what the model says.",
            "Below 100 rows there is no verdict. A feature beyond a threshold ends the command with exit code 7.",
            "",
            "Examples:  smew drift",
            "           smew drift --predictions --since 7 --threshold 0.2"
        })
final class DriftCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final LoggedOptions logged = new LoggedOptions();

    @Option(
            names = "--predictions",
            fallbackValue = "true",
            description = "Looks at logged predictions instead of the online rows of the release.")
    private boolean predictions;

    @Option(
            names = "--threshold",
            paramLabel = "PSI",
            description = "Above which PSI a feature has drifted. Default: 0.25.")
    private Optional<Converters.Share> threshold = Optional.empty();

    @Option(
            names = "--ks-threshold",
            paramLabel = "KS",
            description = "Above which KS a feature has drifted too. Default: KS is shown, and decides nothing.")
    private Optional<Converters.Share> ksThreshold = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the comparison as JSON.")
    private boolean json;

    DriftCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (!predictions && logged.since.isPresent()) {
            throw new SmewException(Fault.USAGE, "--since is about logged predictions: say --predictions too.");
        }
        List<Drift> drifts = world.engine()
                .drift(new DriftRequest(
                        common.store(world), logged.model, logged.release, predictions, logged.since(world)));
        DriftVerdict verdict = new DriftVerdict(
                threshold.map(Converters.Share::value).orElse(DriftVerdict.USUAL.psi()),
                ksThreshold.map(Converters.Share::value));
        verdict.print(world.out(), drifts, json);
        verdict.require(drifts);
        return 0;
    }
}
