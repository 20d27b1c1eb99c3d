package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.app.Engine.AlgorithmLine;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;

@Command(
        name = "algorithms",
        description = "Lists what @algorithm knows, with parameters, ranges and defaults.",
        footer = {"", "Example:  smew algorithms random-forest"})
final class AlgorithmsCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    @SuppressWarnings("unused") // every command takes them, and this one needs none
    private final CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Only this one.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "Prints them as JSON.")
    private boolean json;

    AlgorithmsCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        List<AlgorithmLine> known = world.engine().algorithms();
        List<AlgorithmLine> wanted = known.stream()
                .filter(algorithm -> name.map(algorithm.name()::equals).orElse(true))
                .toList();
        if (wanted.isEmpty() && name.isPresent()) {
            List<String> names = known.stream().map(AlgorithmLine::name).toList();
            throw new SmewException(
                    Fault.NOT_FOUND, "There is no algorithm " + name.get() + "." + Near.hint(name.get(), names));
        }
        Printing.algorithms(world.out(), wanted, json);
        return 0;
    }
}
