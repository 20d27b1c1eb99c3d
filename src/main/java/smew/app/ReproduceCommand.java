package smew.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.base.Fault;
import smew.base.SmewException;
import smew.features.Inputs.Given;

@Command(
        name = "reproduce",
        description = "Runs a release again from what it says of itself, and compares every file and figure.",
        footer = {
            "",
            "SQL, as-of, seed and variables come from the release, inputs from where it read them (a path in the project from"
                    + " --project). An input that is gone ends with exit code 3, one that changed with 4, and a release that is"
                    + " not the same with 7. What is rebuilt lies in a temporary folder, and the store stays as it is.",
            "",
            "Examples:  smew reproduce",
            "           smew reproduce 20261123T154500.123Z-1f3a5c7e9b02 --set loans=archive/loans.csv.gz"
        })
final class ReproduceCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RELEASE",
            description = "A release, as smew releases lists it. Default: the current one.")
    private Optional<String> release = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=FILE",
            description = "Says where an input of the release lies now; it must be the same to the byte. Repeatable.")
    private Map<String, String> moved = new LinkedHashMap<>();

    @Mixin
    private final CapacityOptions capacity = new CapacityOptions();

    @Option(
            names = "--keep-in",
            paramLabel = "DIR",
            description = "Keeps what was rebuilt in a new folder: the SQL, and a store named out.")
    private Optional<Path> keep = Optional.empty();

    @Option(names = "--json", fallbackValue = "true", description = "Prints the comparison as JSON.")
    private boolean json;

    ReproduceCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Path directory = world.directory();
        Map<String, Given> given = new LinkedHashMap<>();
        moved.forEach((name, file) -> given.put(name, new Given(file, "--set " + name, directory, true)));
        Reproduction found = world.engine()
                .reproduce(
                        new ReproduceRequest(
                                common.project(directory),
                                common.store(world),
                                release,
                                given,
                                capacity.threads(),
                                capacity.memory(),
                                keep.map(folder -> directory.resolve(folder).normalize())),
                        world.progress());
        ReproductionText text = new ReproductionText(found);
        text.print(world.out(), json);
        found.kept().ifPresent(folder -> world.err().println("Kept in " + folder + "."));
        if (!found.same()) {
            throw new SmewException(Fault.GATE, text.difference());
        }
        return 0;
    }
}
