package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import smew.base.Json;
import smew.base.Progress;
import smew.store.RemoteFiles;
import tools.jackson.databind.JsonNode;

/** The machines of processing jobs: what SageMaker does before a container starts, and the container. */
final class ProcessingMachines {

    private final CloudProject cloud;
    private int job;

    ProcessingMachines(CloudProject cloud) {
        this.cloud = cloud;
    }

    /** What SageMaker does with a processing job: files to each machine, then the container with its arguments. */
    void work(JsonNode request) {
        int machines =
                request.at("/ProcessingResources/ClusterConfig/InstanceCount").asInt();
        for (int machine = 0; machine < machines; machine++) {
            Path root = cloud.folder.resolve("job-" + job + "/algo-" + (machine + 1));
            for (JsonNode input : request.path("ProcessingInputs")) {
                boolean spread =
                        input.at("/S3Input/S3DataDistributionType").asString().equals("ShardedByS3Key");
                bring(
                        input.at("/S3Input/S3Uri").asString(),
                        root.resolve(input.at("/S3Input/LocalPath").asString().substring(1)),
                        spread ? machines : 1,
                        spread ? machine : 0);
            }
            container(request, root, "algo-" + (machine + 1));
        }
        job++;
    }

    private void bring(String address, Path to, int machines, int machine) {
        try (RemoteFiles remote = new RemoteFiles(cloud.store())) {
            List<RemoteFiles.File> files = remote.fetch(address).files();
            for (int i = machine; i < files.size(); i += machines) {
                Path target = to.resolve(files.get(i).uri().substring(address.length()));
                Files.createDirectories(target.getParent());
                Files.copy(files.get(i).copy(), target);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void container(JsonNode request, Path root, String host) {
        List<String> arguments = new ArrayList<>();
        request.at("/AppSpecification/ContainerArguments")
                .forEach(argument ->
                        arguments.add(argument.asString().replace("/opt/ml/", root.resolve("opt/ml") + "/")));
        boolean shard = arguments.contains("shard");
        if (shard) {
            Path hosts = root.resolve("resourceconfig.json");
            try {
                Files.write(hosts, Json.bytes(Map.of("current_host", host, "hosts", List.of("algo-1", "algo-2"))));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            arguments.addAll(List.of("--hosts", hosts.toString()));
        }
        Prompt prompt = new Prompt(root);
        assertEquals(0, prompt.run(arguments.toArray(String[]::new)), prompt.err());
        RunRequest parsed = shard ? prompt.engine.sageMaker.shards.getLast() : prompt.engine.runs.getLast();
        RunRequest reached = new RunRequest(
                parsed.project(),
                cloud.store(parsed.store().location()),
                parsed.asOf(),
                parsed.variables(),
                parsed.seed(),
                parsed.threads(),
                parsed.memory(),
                parsed.featuresOnly(),
                parsed.leakTests(),
                RunRequest.Orders.NONE);
        if (shard) {
            cloud.wiring.sageMaker().shard(reached, Progress.NONE);
        } else {
            cloud.wiring.run(reached, Progress.NONE);
        }
    }
}
