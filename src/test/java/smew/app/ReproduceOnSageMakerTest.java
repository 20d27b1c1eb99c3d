package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.RunOrder;
import smew.app.SageMakerEngine.TrainOrder;
import smew.base.Progress;
import smew.features.Inputs.Given;
import smew.sagemaker.Machines;
import smew.store.RemoteFiles;

/** Releases that machines of SageMaker made are rebuilt on this one. */
class ReproduceOnSageMakerTest {

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void open() {
        cloud = new CloudProject(folder);
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private Reproduction reproduce() {
        return cloud.wiring.reproduce(
                new ReproduceRequest(
                        cloud.project(),
                        cloud.store(),
                        Optional.empty(),
                        Map.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Progress.NONE);
    }

    @Test
    void aModelThatAJobTrainedIsTrainedHereWithTheSeedThatTheJobHad() throws Exception {
        cloud.write("sql/models/amounts.sql", """
                -- @label amount
                -- @algorithm linear-ridge
                SELECT id, day, amount, status FROM history
                """);
        RunRequest plain = cloud.request(cloud.store(), true);
        cloud.wiring.run(
                new RunRequest(
                        plain.project(),
                        plain.store(),
                        plain.asOf(),
                        Map.of(),
                        OptionalLong.of(99),
                        plain.threads(),
                        plain.memory(),
                        true,
                        true,
                        RunRequest.Orders.NONE),
                Progress.NONE);
        Files.delete(cloud.project().resolve("sql/models/amounts.sql"));
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        cloud.sageMaker.states.add(Map.of("TrainingJobStatus", "Completed", "SecondaryStatus", "Completed"));
        TrainOrder order = new TrainOrder(
                cloud.store(),
                cloud.sageMaker.settings(),
                Optional.of("risk_of_loss"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudProject.PLACE),
                new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)),
                false,
                Optional.empty(),
                cloud.owner(),
                cloud.waiting());
        assertInstanceOf(JobOutcome.Released.class, cloud.wiring.sageMaker().train(order, cloud.progress));
        Reproduction found = reproduce();
        assertTrue(found.same(), () -> new ReproductionText(found).difference());
        assertTrue(
                found.files().stream().anyMatch(file -> file.path().equals("models/risk_of_loss/model.trees")),
                found.toString());
        assertEquals(1, found.reasons().size());
        assertTrue(
                found.reasons().getFirst().startsWith("Model risk_of_loss was trained on SageMaker (s3://bucket/smew/"),
                found.reasons().getFirst());
    }

    @Test
    void whatSeveralMachinesMadeIsMadeHereByOne() throws Exception {
        try (RemoteFiles remote = new RemoteFiles(cloud.store())) {
            for (int part = 0; part < 3; part++) {
                Path file = folder.resolve("part.csv");
                Files.writeString(file, CloudProject.loans(part * 20, part * 20 + 20));
                remote.put(file, "s3://bucket/in/loans/" + part + ".csv");
            }
        }
        cloud.sageMaker.work = new ProcessingMachines(cloud)::work;
        cloud.sageMaker.states.add(Map.of("ProcessingJobStatus", "Completed"));
        RunRequest plain = cloud.request(cloud.store(), false);
        RunOrder order = new RunOrder(
                new RunRequest(
                        plain.project(),
                        plain.store(),
                        plain.asOf(),
                        Map.of("loans", new Given("s3://bucket/in/loans/", "--set loans", folder, true)),
                        plain.seed(),
                        plain.threads(),
                        plain.memory(),
                        false,
                        true,
                        RunRequest.Orders.NONE),
                cloud.sageMaker.settings(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudProject.PLACE),
                new Machines("ml.m5.4xlarge", 3, 100, Duration.ofHours(4)),
                cloud.owner(),
                cloud.waiting());
        assertInstanceOf(JobOutcome.Released.class, cloud.wiring.sageMaker().run(order, cloud.progress));
        Reproduction found = reproduce();
        assertTrue(found.same(), () -> new ReproductionText(found).difference());
        assertEquals(List.of(), found.reasons());
    }
}
