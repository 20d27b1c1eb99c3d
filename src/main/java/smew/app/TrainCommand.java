package smew.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import smew.app.Engine.TrainRequest;
import smew.model.Card;

@Command(
        name = "train",
        description = "Trains a model inside a SageMaker container, on the rows of its channels.",
        footer = {
            "",
            "Reads input/config and input/data, writes the model to model/, its metrics to output/data/ and to standard output,"
                    + " and why it failed to output/failure. Hyperparameters are the directives of a model without @, and the"
                    + " parameters of its algorithm.",
            "",
            "Examples:  smew train",
            "           smew train --prefix scratch"
        })
final class TrainCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    @SuppressWarnings("unused") // picocli looks at it
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--prefix",
            paramLabel = "DIR",
            description = "The folder that SageMaker mounts into a container. Default: /opt/ml.")
    private Optional<Path> prefix = Optional.empty();

    TrainCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Optional<Card> trained = world.engine()
                .train(
                        new TrainRequest(prefix.map(world.directory()::resolve), world.environment()),
                        world.progress(),
                        world.err()::println);
        trained.ifPresent(this::print);
        return 0;
    }

    /** One line per metric, for the regular expressions of a job's MetricDefinitions. */
    private void print(Card card) {
        for (Map.Entry<String, Double> figure : card.metrics().figures().entrySet()) {
            world.out().println("smew " + figure.getKey() + "=" + figure.getValue() + ";");
        }
        world.out().flush();
    }
}
