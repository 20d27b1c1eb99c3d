package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.sagemaker.Hosting;
import smew.sagemaker.Machines;

final class SageMakerCommandTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/smew";

    @TempDir
    Path folder;

    private Prompt prompt;

    @BeforeEach
    void open() throws Exception {
        Path project = Files.createDirectories(folder.resolve("churn"));
        Files.writeString(project.resolve("smew.properties"), """
                store = s3://bucket/smew
                image = 1.dkr.ecr.eu-central-1.amazonaws.com/smew:1
                role = %s
                subnets = subnet-1, subnet-2
                security-groups = sg-1
                tags = team=risk
                """.formatted(ROLE));
        prompt = new Prompt(project);
    }

    @Test
    void takesSettingsOfTheFileForEveryJob() {
        prompt.environment.put("SMEW_KMS_KEY", "alias/smew");
        assertEquals(0, prompt.run("sagemaker", "train", "--max-runtime", "2h", "--spot"), prompt.err());
        SageMakerEngine.TrainOrder order = prompt.engine.sageMaker.trainings.getFirst();
        assertEquals("s3://bucket/smew", order.store().location());
        assertEquals(ROLE, order.place().orElseThrow().role());
        assertEquals(
                List.of("subnet-1", "subnet-2"), order.place().orElseThrow().subnets());
        assertEquals(Optional.of("alias/smew"), order.place().orElseThrow().kmsKey());
        assertEquals(new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)), order.machines());
        assertEquals("churn", order.owner().project());
        assertEquals(Map.of("team", "risk"), order.owner().others());
        assertTrue(prompt.out().contains("smew sagemaker train --resume job-1"), prompt.out());
    }

    @Test
    void readsWhatAnEndpointIsMadeOf() {
        assertEquals(
                0,
                prompt.run(
                        "sagemaker",
                        "deploy",
                        "--endpoint",
                        "churn",
                        "--autoscaling",
                        "1:4",
                        "--data-capture",
                        "20:s3://bucket/captured"),
                prompt.err());
        SageMakerEngine.DeployOrder order = prompt.engine.sageMaker.deployments.getFirst();
        assertEquals(new Hosting.Instances("ml.m5.large", 1), order.hosting());
        assertEquals(Optional.of(new Hosting.Scaling(1, 4, 1000)), order.scaling());
        assertEquals(Optional.of(new Hosting.Capture(20, "s3://bucket/captured")), order.capture());
        assertEquals(0, prompt.run("sagemaker", "deploy", "--endpoint", "churn", "--serverless", "2048:10"));
        assertEquals(
                new Hosting.Serverless(2048, 10),
                prompt.engine.sageMaker.deployments.getLast().hosting());
    }

    @Test
    void saysInOneSentenceWhatIsWrong() {
        refuses("--serverless holds a memory of 1000 MB", "deploy", "--endpoint", "e", "--serverless", "1000:10");
        refuses("--serverless holds 'small', expected MEMORY_MB", "deploy", "--endpoint", "e", "--serverless", "small");
        refuses("--autoscaling holds 4:1", "deploy", "--endpoint", "e", "--autoscaling", "4:1");
        refuses("--role holds 'me'", "train", "--role", "me");
        refuses("--instance-type holds 'huge'", "run", "--instance-type", "huge");
        refuses("--tags holds 'team'", "train", "--tags", "team");
        refuses("keys that do not begin with smew:", "train", "--tags", "smew:release=1");
        refuses("--dry-run and --no-wait are both set", "train", "--dry-run", "--no-wait");
        refuses("needs one of --endpoint NAME and --job NAME", "delete");
        refuses("There is no command trian. Did you mean train?", "trian");
        refuses("smew sagemaker needs a command: train, deploy, run");
        refuses("expected what SageMaker writes there", "shard", "--hosts", "absent.json");
    }

    private void refuses(String expected, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "sagemaker";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertEquals(2, prompt.run(all), prompt.err());
        assertTrue(prompt.err().contains(expected), prompt.err());
    }

    @Test
    void showsHowJobsAre() {
        assertEquals(0, prompt.run("sagemaker", "status"));
        assertTrue(prompt.out().contains("AlgorithmError"), prompt.out());
        assertEquals(0, prompt.run("sagemaker", "status", "--json"));
        assertTrue(prompt.out().startsWith("{\"endpoints\":[],\"jobs\":[{\"name\":\"job-1\""), prompt.out());
    }
}
