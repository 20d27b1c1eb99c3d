package smew.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import smew.base.Json;
import smew.starter.StarterRequest;

@Command(
        name = "init",
        description = "Writes the sample project, or with --from a project for a file of yours.",
        footer = {
            "",
            "With --from, the file is looked at: types, ids, dates, columns that give the label away. What is assumed is printed and"
                    + " stands in the SQL, which is yours to change. The file is not copied.",
            "",
            "Examples:  smew init my-project",
            "           smew init --from churn.csv --entity customerID --label Churn my-project",
            "           smew init --from loans.csv.gz --entity id --label status --time loan_date my-project"
        })
final class InitCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where to write. Default: the project folder. Existing files are never overwritten.")
    private Optional<Path> target = Optional.empty();

    @Mixin
    private final StarterOptions starter = new StarterOptions();

    @Option(names = "--json", fallbackValue = "true", description = "Prints what was written and assumed as JSON.")
    private boolean json;

    InitCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Path directory = target.map(world.directory()::resolve)
                .map(Path::normalize)
                .orElseGet(() -> common.project(world.directory()));
        Optional<StarterRequest> request = starter.request(world, directory);
        if (request.isPresent()) {
            new StarterFiles(world, directory, target.orElse(directory).toString())
                    .write(world.engine().starter(request.get(), world.progress()), json);
            return 0;
        }
        List<String> files = Sample.write(directory);
        if (json) {
            world.out().println(Json.write(new Written(directory.toString(), files)));
            return 0;
        }
        world.out().println("Wrote " + files.size() + " files into " + directory + ".");
        world.err().println("Next: smew run --project " + target.orElse(directory));
        return 0;
    }

    /** What {@code --json} prints of the sample. */
    private record Written(String project, List<String> files) {}
}
