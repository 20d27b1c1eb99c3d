package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.SageMakerEngine.DeployOrder;
import smew.app.SageMakerEngine.Going;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.RunOrder;
import smew.app.SageMakerEngine.TrainOrder;
import smew.aws.StubAws.Reply;
import smew.release.Manifest;
import smew.sagemaker.Hosting;
import smew.sagemaker.Machines;
import smew.store.RemoteFiles;
import smew.store.S3Store;
import smew.store.Store;
import tools.jackson.databind.JsonNode;

/** What jobs and endpoints left in a store goes with the releases that it was made for, and not before. */
final class SageMakerPruneTest {

    private static final Duration LONG = Duration.ofDays(30);

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void open() {
        cloud = new CloudProject(folder);
        cloud.run(cloud.store(), true);
        cloud.sageMaker.work = new TrainingMachine(cloud)::learn;
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private List<String> prune(int keep) {
        return cloud.wiring.prune(cloud.store(), cloud.sageMaker.settings(), keep);
    }

    private Path place() {
        return folder.resolve("s3/bucket/smew/sagemaker");
    }

    /** Folders that lie there, down to where one is deleted as a whole. */
    private TreeSet<String> left() throws IOException {
        TreeSet<String> left = new TreeSet<>();
        try (Store store = Store.open(cloud.store())) {
            ((S3Store) store).written("sagemaker").keySet().forEach(key -> left.add(key.split("/")[1]));
        }
        return left;
    }

    private void age(String below, Duration age) throws IOException {
        try (Stream<Path> tree = Files.walk(place().resolve(below))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
            }
        }
    }

    private void left(String key) throws IOException {
        Path file = Files.writeString(folder.resolve("left"), key);
        try (RemoteFiles remote = new RemoteFiles(cloud.store())) {
            remote.put(file, "s3://bucket/smew/sagemaker/" + key);
        }
    }

    private JobOutcome train(Going going) throws InterruptedException {
        return cloud.wiring
                .sageMaker()
                .train(
                        new TrainOrder(
                                cloud.store(),
                                cloud.sageMaker.settings(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(CloudProject.PLACE),
                                new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)),
                                false,
                                cloud.owner(),
                                going),
                        cloud.progress);
    }

    private void completed() {
        cloud.sageMaker.states.clear();
        cloud.sageMaker.states.add(Map.of(
                "TrainingJobStatus", "Completed", "ProcessingJobStatus", "Completed", "EndpointStatus", "InService"));
    }

    @Test
    void whatIsOlderThanEveryReleaseGoesAndAllElseStays() throws Exception {
        completed();
        assertInstanceOf(JobOutcome.Released.class, train(cloud.waiting()));
        left("projects/abc/sql/sources/loans.sql");
        left("shards/smew-run-1/algo-1/releases/x/release.json");
        left("captured/of/somebody.json");
        left("training/young-and-old/part-0.parquet");
        left("training/young-and-old/part-1.parquet");
        age("", LONG);
        age("training/young-and-old/part-1.parquet", Duration.ofHours(1));
        // The oldest release that stays names the output of the job.
        assertEquals(
                1, prune(1).stream().filter(one -> one.matches("\\d{8}T.*")).count());
        assertEquals(1, cloud.sageMaker.stub().calls("SageMaker.ListModels").size());
        TreeSet<String> expected = new TreeSet<>(List.of("captured", "jobs", "training"));
        assertEquals(expected, left());
        assertTrue(Files.exists(place().resolve("training/young-and-old/part-0.parquet")));
        // With it, the output goes.
        cloud.run(cloud.store(), false);
        List<String> deleted = prune(1);
        assertTrue(deleted.getLast().matches("sagemaker/jobs/smew-risk-of-loss-.*"), deleted.toString());
        assertEquals(2, deleted.size());
        assertEquals(List.of(), prune(1));
        assertEquals(new TreeSet<>(List.of("captured", "training")), left());
    }

    @Test
    void nothingGoesThatIsYoungerThanTheOldestReleaseOrADay() throws Exception {
        completed();
        train(cloud.waiting());
        left("projects/abc/sql/sources/loans.sql");
        age("", Duration.ofHours(23));
        assertEquals(1, prune(1).size());
        assertEquals(new TreeSet<>(List.of("jobs", "projects", "training")), left());
        assertEquals(List.of(), cloud.sageMaker.stub().calls("SageMaker.ListModels"));
    }

    @Test
    void whatAJobThatHasNotEndedNamesStays() throws Exception {
        assertInstanceOf(JobOutcome.Started.class, train(CloudProject.LEAVING));
        cloud.sageMaker.work = _ -> {};
        try (RemoteFiles remote = new RemoteFiles(cloud.store())) {
            remote.put(cloud.project().resolve("loans.csv"), "s3://bucket/in/loans.csv");
        }
        cloud.write("sql/sources/loans.sql", """
                -- @input loans = s3://bucket/in/loans.csv
                SELECT id, day, amount, status FROM read_csv(getvariable('loans'), header = true, types = {
                    'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE', 'status': 'INTEGER'
                })
                """);
        cloud.wiring
                .sageMaker()
                .run(
                        new RunOrder(
                                cloud.request(cloud.store("s3://bucket/smew"), true),
                                cloud.sageMaker.settings(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(CloudProject.PLACE),
                                new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)),
                                cloud.owner(),
                                CloudProject.LEAVING),
                        cloud.progress);
        left("training/nobodys/part-0.parquet");
        age("", LONG);
        for (String state : List.of("InProgress", "Stopping")) {
            cloud.sageMaker.states.clear();
            cloud.sageMaker.states.add(Map.of("TrainingJobStatus", state, "ProcessingJobStatus", "Completed"));
            List<String> deleted = prune(1);
            assertFalse(deleted.stream().anyMatch(unit -> unit.contains("jobs")), deleted.toString());
            assertEquals(state.equals("InProgress"), deleted.contains("sagemaker/training/nobodys"));
            assertTrue(left().containsAll(List.of("jobs", "training")), left().toString());
        }
        assertFalse(left().contains("projects"));
        completed();
        assertEquals(2, prune(1).size());
        assertEquals(new TreeSet<>(), left());
    }

    @Test
    void aModelThatAnEndpointMayLoadStays() throws Exception {
        completed();
        train(cloud.waiting());
        cloud.serve();
        cloud.wiring
                .sageMaker()
                .deploy(
                        new DeployOrder(
                                cloud.store(),
                                cloud.sageMaker.settings(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                "loans",
                                "main",
                                CloudProject.PLACE,
                                new Hosting.Instances("ml.m5.large", 1),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                cloud.owner(),
                                cloud.waiting()),
                        cloud.progress);
        left("models/risk_of_loss/other/model.tar.gz");
        age("", LONG);
        Manifest newer = cloud.run(cloud.store(), true).manifest();
        assertEquals(newer.id(), cloud.current());
        assertTrue(prune(1).contains("sagemaker/models/risk_of_loss/other"));
        assertEquals(new TreeSet<>(List.of("models")), left());
        cloud.wiring
                .sageMaker()
                .delete(
                        cloud.sageMaker.settings(),
                        cloud.owner(),
                        new SageMakerEngine.Named.Endpoint("loans"),
                        _ -> true);
        List<String> deleted = prune(1);
        assertEquals(1, deleted.size());
        assertTrue(deleted.getFirst().startsWith("sagemaker/models/risk_of_loss/"), deleted.toString());
    }

    @Test
    void whereSageMakerDoesNotAnswerAllStays() throws Exception {
        left("training/nobodys/part-0.parquet");
        age("", LONG);
        cloud.sageMaker.stub().on("SageMaker.ListModels", _ -> Reply.error(400, "AccessDeniedException", "not you"));
        assertEquals(List.of(), prune(1));
        assertEquals(new TreeSet<>(List.of("training")), left());
    }

    @Test
    void rowsThatSomebodyPrunedWhileAJobBeganAreThereAgain() throws Exception {
        completed();
        TrainingMachine machine = new TrainingMachine(cloud);
        cloud.sageMaker.work = job -> {
            machine.learn(job);
            drop(job);
        };
        train(cloud.waiting());
        assertTrue(left().contains("training"));
    }

    private void drop(JsonNode job) {
        try (Store store = Store.open(cloud.store())) {
            List<String> rows = ((S3Store) store)
                    .written("sagemaker/training").keySet().stream().toList();
            assertEquals(1, rows.size(), job.toString());
            ((S3Store) store).drop(rows);
        }
    }
}
