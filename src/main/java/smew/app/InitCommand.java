package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "init",
        description = "Writes the sample project: SQL files and data, ready to run.",
        footer = {"", "Example:  smew init my-project"})
final class InitCommand implements Callable<Integer> {

    private final Surroundings world;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "Where to write. Default: the project folder. Existing files are never overwritten.")
    private Optional<Path> target = Optional.empty();

    InitCommand(Surroundings world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Path directory = target.map(world.directory()::resolve)
                .map(Path::normalize)
                .orElseGet(() -> common.project(world.directory()));
        int files = Sample.write(directory).size();
        world.out().println("Wrote " + files + " files into " + directory + ".");
        world.err().println("Next: smew run --project " + target.orElse(directory));
        return 0;
    }
}
