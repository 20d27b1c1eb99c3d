package smew.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Problem;
import smew.base.SmewException;
import smew.starter.StarterProject;
import smew.starter.StarterProject.Assumption;
import smew.starter.StarterProject.File;

/**
 * Writes a project that was made for a file, and says what was assumed.
 *
 * @param shown the folder as a person names it
 */
record StarterFiles(Surroundings world, Path directory, String shown) {

    /** What {@code --json} prints. */
    private record Written(String project, List<String> files, List<Assumption> assumptions, String example) {}

    /**
     * Writes all files, or none when one of them is there already or another one has its name.
     *
     * @throws SmewException USAGE where something is in the way
     */
    void write(StarterProject project, boolean json) {
        List<String> paths = project.files().stream().map(File::path).toList();
        NewFiles.refuseToOverwrite(paths, directory, "the project");
        refuseNamesakes(paths);
        for (File file : project.files()) {
            Path target = directory.resolve(file.path());
            NewFiles.write(target, () -> Files.writeString(target, file.text()));
        }
        if (json) {
            world.out()
                    .println(Json.write(
                            new Written(directory.toString(), paths, project.assumptions(), project.example())));
            return;
        }
        print(project, paths);
    }

    /** A relation is called as its file is, wherever that lies below sql/. */
    private void refuseNamesakes(List<String> paths) {
        List<Problem> problems = new ArrayList<>();
        for (Path file : existing()) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            paths.stream()
                    .filter(path -> path.endsWith("/" + name))
                    .forEach(path -> problems.add(new Problem(
                            file.toString(),
                            "it has the name of " + path
                                    + ", and a project has each name once. Rename it, or name another" + " folder.")));
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.USAGE, "Writing the project into " + directory, problems);
        }
    }

    private List<Path> existing() {
        Path sql = directory.resolve("sql");
        if (!Files.isDirectory(sql)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sql)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Listing " + sql + ": " + failed + ". Name another folder.", failed);
        }
    }

    private void print(StarterProject project, List<String> paths) {
        int width = project.assumptions().stream()
                .mapToInt(assumption -> assumption.about().length())
                .max()
                .orElse(0);
        world.out().println("Assumed, and yours to change in the SQL:");
        project.assumptions()
                .forEach(assumption -> world.out()
                        .println("  " + assumption.about()
                                + " ".repeat(width + 2 - assumption.about().length()) + assumption.text()));
        world.out().println("Wrote into " + shown + ":");
        paths.forEach(path -> world.out().println("  " + path));
        String named = shown.contains(" ") ? "'" + shown + "'" : shown;
        String where = shown.isEmpty() ? "" : " --project " + named;
        world.err().println("Next: smew run" + where);
        world.err()
                .println("      smew serve" + where + "   (then: curl http://127.0.0.1:8080/predictions/"
                        + project.example() + ")");
    }
}
