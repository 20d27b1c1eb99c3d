package smew.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.SageMakerEngine.Going;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.TrainOrder;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.sagemaker.Machines;
import smew.sagemaker.ModelArchive;
import smew.sagemaker.PlannedRequest;
import smew.store.StoreSettings;

final class SageMakerTrainTest {

    private static final Map<String, Object> COMPLETED =
            Map.of("TrainingJobStatus", "Completed", "SecondaryStatus", "Completed", "BillableTimeInSeconds", 61);

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void open() {
        cloud = new CloudProject(folder);
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), cloud.sageMaker.stub().complaints());
        cloud.close();
    }

    private TrainOrder order(Going going) {
        return order(cloud.store(), going);
    }

    private TrainOrder order(StoreSettings store, Going going) {
        return new TrainOrder(
                store,
                cloud.sageMaker.settings(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudProject.PLACE),
                new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)),
                true,
                Optional.empty(),
                cloud.owner(),
                going);
    }

    private JobOutcome train(TrainOrder order) throws InterruptedException {
        return cloud.wiring.sageMaker().train(order, cloud.progress);
    }

    private static TrainOrder resuming(TrainOrder order, String job, Optional<String> release) {
        return new TrainOrder(
                order.store(),
                order.aws(),
                order.model(),
                release,
                Optional.of(job),
                Optional.empty(),
                order.machines(),
                order.spot(),
                Optional.empty(),
                order.owner(),
                order.going());
    }

    @Test
    void bringsBackTheModelThatTrainingHereWouldGive() throws Exception {
        cloud.run(cloud.store("s3://bucket/local"), false);
        cloud.run(cloud.store(), true);
        String features = cloud.current();
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        cloud.sageMaker.states.addAll(List.of(
                Map.of("SecondaryStatus", "Starting"),
                Map.of("SecondaryStatus", "Downloading"),
                Map.of("SecondaryStatus", "Training"),
                Map.of("SecondaryStatus", "Training"),
                COMPLETED));
        cloud.sageMaker.throttled = 4;
        JobOutcome.Released released = assertInstanceOf(JobOutcome.Released.class, train(order(cloud.waiting())));
        Manifest manifest = released.release().manifest();

        assertEquals(cloud.current(), manifest.id());
        assertTrue(manifest.id().compareTo(features) > 0);
        for (String path : List.of(
                "models/risk_of_loss/card.json",
                "models/risk_of_loss/model.trees",
                "online/risk_of_loss.arrow",
                "online/history.arrow",
                "features/history/part-0.parquet")) {
            byte[] here = cloud.released(cloud.store("s3://bucket/local"), path);
            byte[] there = cloud.released(cloud.store(), path);
            // Files of features name the run that made them, and a run without models is another one.
            assertTrue(path.startsWith("models") ? Arrays.equals(here, there) : here.length == there.length, path);
        }
        assertEquals(
                List.of("risk_of_loss"),
                manifest.models().stream().map(Manifest.Model::name).toList());
        assertTrue(released.release().example().orElseThrow().contains("\"model\":\"risk_of_loss\""));
        Manifest.Input origin = manifest.inputs().getLast();
        assertTrue(origin.uri().matches("s3://bucket/smew/sagemaker/jobs/smew-risk-of-loss-.*/output/model.tar.gz"));
        assertTrue(cloud.told().contains("training job " + released.job() + ": Downloading ..."), cloud.told());
        Map<String, String> tags = cloud.sageMaker.tags("training-job/" + released.job());
        assertEquals(
                Map.of("smew:project", "loans", "smew:release", features, "smew:model", "risk_of_loss", "team", "risk"),
                tags);
    }

    @Test
    void aModelThatMissesWhatIsRequiredIsKeptBesideUntilAReasonIsGiven() throws Exception {
        cloud.write("sql/models/risk_of_loss.sql", """
                -- @label status
                -- @algorithm decision-tree max-depth=3
                -- @require auc >= 1.5
                SELECT id, day, amount, -- what was lent
                    status FROM history;
                """);
        cloud.run(cloud.store(), true);
        String features = cloud.current();
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        cloud.sageMaker.states.addAll(List.of(COMPLETED));
        JobOutcome.Released held = assertInstanceOf(JobOutcome.Released.class, train(order(cloud.waiting())));
        assertTrue(held.release().manifest().held());
        assertEquals(features, cloud.current());
        SmewException refused =
                assertThrows(SmewException.class, () -> held.release().requireCurrent());
        assertEquals(Fault.GATE, refused.fault());
        assertTrue(refused.getMessage().contains("requires auc >= 1.5, and it is 1.000"), refused.getMessage());
        TrainOrder again = resuming(order(cloud.waiting()), held.job(), Optional.of(features));
        TrainOrder forced = new TrainOrder(
                again.store(),
                again.aws(),
                again.model(),
                again.release(),
                again.resume(),
                again.place(),
                again.machines(),
                again.spot(),
                Optional.of("nothing can reach that"),
                again.owner(),
                again.going());
        JobOutcome.Released released = assertInstanceOf(JobOutcome.Released.class, train(forced));
        assertEquals(
                Optional.of("nothing can reach that"),
                released.release().manifest().gate().orElseThrow().forced());
        assertEquals(released.release().manifest().id(), cloud.current());
        String card =
                new String(cloud.released(cloud.store(), "models/risk_of_loss/card.json"), StandardCharsets.UTF_8);
        assertTrue(card.contains("what was lent"), "comments travel with the job");
    }

    @Test
    void uploadsTheSameRowsOnce() throws Exception {
        cloud.run(cloud.store(), true);
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        cloud.sageMaker.states.add(COMPLETED);
        List<PlannedRequest> before = planned();
        assertEquals(
                List.of("PutObject", "CreateTrainingJob"),
                before.stream().map(PlannedRequest::operation).toList());
        assertTrue(cloud.sageMaker.changes().isEmpty());
        train(order(cloud.waiting()));
        assertEquals(
                List.of("CreateTrainingJob"),
                planned().stream().map(PlannedRequest::operation).toList());
    }

    private List<PlannedRequest> planned() throws InterruptedException {
        return assertInstanceOf(JobOutcome.Planned.class, train(order(CloudProject.DRY)))
                .requests();
    }

    @Test
    void tellsWhyAJobFailedAndLeavesTheReleaseAsItWas() throws Exception {
        cloud.run(cloud.store(), true);
        String before = cloud.current();
        cloud.sageMaker.states.addAll(List.of(
                Map.of("SecondaryStatus", "Training"),
                Map.of(
                        "TrainingJobStatus",
                        "Failed",
                        "SecondaryStatus",
                        "Failed",
                        "FailureReason",
                        "AlgorithmError: column status has one class")));
        SmewException failed = assertThrows(SmewException.class, () -> train(order(cloud.waiting())));
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(
                failed.getMessage().contains("failed: AlgorithmError: column status has one class."),
                failed.getMessage());
        assertEquals(before, cloud.current());
    }

    @Test
    void tellsAStoppedJobFromOneThatTookTooLong() {
        cloud.run(cloud.store(), true);
        Map.of("MaxRuntimeExceeded", "longer than --max-runtime", "Stopped", "stopped by somebody")
                .forEach((state, words) -> {
                    cloud.sageMaker.states.clear();
                    cloud.sageMaker.states.add(Map.of("TrainingJobStatus", "Stopped", "SecondaryStatus", state));
                    SmewException ended = assertThrows(SmewException.class, () -> train(order(cloud.waiting())));
                    assertTrue(ended.getMessage().contains(words), ended.getMessage());
                });
    }

    @Test
    void leavesTheJobWhenWaitingEndsAndResumesIt() throws Exception {
        cloud.run(cloud.store(), true);
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        cloud.sageMaker.states.add(Map.of("SecondaryStatus", "Training"));
        SmewException late = assertThrows(SmewException.class, () -> train(order(cloud.waiting())));
        assertEquals(Fault.OUTSIDE_SLOW, late.fault());
        String job = cloud.sageMaker.standing().get("jobs").getFirst();
        assertTrue(late.getMessage().contains("smew sagemaker train --resume " + job), late.getMessage());
        assertEquals(List.of("CreateTrainingJob"), cloud.sageMaker.changes());
        assertTrue(cloud.said.getFirst().contains("Ctrl-C leaves it running"), cloud.said.getFirst());

        cloud.sageMaker.states.clear();
        cloud.sageMaker.states.add(COMPLETED);
        train(resuming(order(cloud.waiting()), job, Optional.empty()));
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("opt-ml-model/card.json")),
                cloud.released(cloud.store(), "models/risk_of_loss/card.json"));
    }

    @Test
    void doesNotGoBackToOlderFeaturesUnasked() throws Exception {
        cloud.run(cloud.store(), true);
        String older = cloud.current();
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
        assertInstanceOf(JobOutcome.Started.class, train(order(CloudProject.LEAVING)));
        String job = cloud.sageMaker.standing().get("jobs").getFirst();
        cloud.run(cloud.store(), true);
        String newer = cloud.current();
        cloud.sageMaker.states.add(COMPLETED);
        SmewException moved =
                assertThrows(SmewException.class, () -> train(resuming(order(cloud.waiting()), job, Optional.empty())));
        assertEquals(Fault.NOT_READY, moved.fault());
        assertEquals(newer, cloud.current());
        train(resuming(order(cloud.waiting()), job, Optional.of(older)));
        assertTrue(cloud.current().compareTo(newer) > 0);
    }

    @Test
    void refusesAnArchiveThatIsNoModelOfTheseRows() throws Exception {
        cloud.run(cloud.store(), true);
        String before = cloud.current();
        Path odd = Files.createDirectories(folder.resolve("odd"));
        Files.writeString(odd.resolve("card.json"), "{}");
        Path archive = ModelArchive.pack(odd, folder.resolve("odd.tar.gz")).file();
        cloud.sageMaker.work = job -> new TrainingMachine(cloud).put(job, archive);
        cloud.sageMaker.states.add(COMPLETED);
        SmewException refused = assertThrows(SmewException.class, () -> train(order(cloud.waiting())));
        assertEquals(Fault.DATA, refused.fault());
        assertEquals(before, cloud.current());
    }

    @Test
    void needsAStoreOnS3() {
        TrainOrder local = order(cloud.store(folder.resolve("out").toString()), cloud.waiting());
        SmewException refused = assertThrows(SmewException.class, () -> train(local));
        assertEquals(Fault.USAGE, refused.fault());
        assertTrue(refused.getMessage().contains("needs a store on S3"), refused.getMessage());
    }
}
