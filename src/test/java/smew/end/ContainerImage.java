package smew.end;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import smew.base.Json;
import smew.end.SmewJar.Running;
import tools.jackson.databind.JsonNode;

/**
 * The image that the Dockerfile describes, in a folder: its files are those of COPY, its command is that of ENTRYPOINT. What
 * the base image brings is this machine's.
 */
record ContainerImage(Path root, Path logs, List<String> instructions) {

    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");
    private static final String HOME = "/opt/smew";

    /** Copies what COPY names out of the build context, which the ignore file must let in. */
    static ContainerImage build(Path root, Path logs) throws IOException {
        String text = Files.readString(DOCKERFILE).replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n", " ");
        ContainerImage image = new ContainerImage(
                root, logs, text.lines().filter(line -> !line.isBlank()).toList());
        List<String> context = Files.readAllLines(DOCKERFILE.resolveSibling("Dockerfile.dockerignore"));
        for (String copy : image.all("COPY")) {
            String[] paths = copy.split(" ");
            assertTrue(context.contains("!" + paths[0]), paths[0] + " is in the build context");
            Path from = paths[0].equals("target/smew.jar") ? SmewJar.jar() : Path.of(paths[0]);
            Path to = image.inside(paths[1]);
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        }
        return image;
    }

    /** What stands behind each instruction of this kind. */
    List<String> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    private Path inside(String path) {
        return root.resolve(path.substring(1));
    }

    private List<String> command(String json) {
        List<String> words = new ArrayList<>();
        for (JsonNode word : Json.tree(json)) {
            words.add(word.asString().replace(HOME, inside(HOME).toString()));
        }
        return words;
    }

    /** As a container starts: the ENTRYPOINT and these arguments, in its WORKDIR. */
    Running start(Map<String, String> environment, String... arguments) {
        List<String> command = command(all("ENTRYPOINT").getFirst());
        command.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", command.getFirst())
                        .toString());
        command.addAll(List.of(arguments));
        return start(environment, command);
    }

    /** One run of the HEALTHCHECK; its exit code. */
    int health(int port) throws InterruptedException {
        String check = all("HEALTHCHECK").getFirst().replaceFirst(".*? CMD ", "");
        return start(Map.of("SAGEMAKER_BIND_TO_PORT", Integer.toString(port)), command(check))
                .process()
                .waitFor();
    }

    private Running start(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(inside(all("WORKDIR").getFirst()).toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> Stream.of("SMEW_", "JAVA_", "SM_", "SAGEMAKER_").anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        try {
            Path out = Files.createTempFile(logs, "out", ".txt");
            Path err = Files.createTempFile(logs, "err", ".txt");
            return new Running(
                    builder.redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
