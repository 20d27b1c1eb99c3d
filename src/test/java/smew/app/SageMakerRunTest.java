package smew.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.SageMakerEngine.Going;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.RunOrder;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.features.Inputs.Given;
import smew.release.Manifest;
import smew.release.Output;
import smew.sagemaker.Machines;
import smew.sagemaker.PlannedRequest;
import smew.store.S3Store;
import smew.store.Store;
import smew.store.StoreSettings;

final class SageMakerRunTest {

    private static final Map<String, Object> COMPLETED = Map.of("ProcessingJobStatus", "Completed");

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void open() {
        cloud = new CloudProject(folder);
        cloud.write("sql/sources/cities.sql", """
                -- @input cities = s3://bucket/in/cities.csv
                SELECT id, city FROM read_csv(getvariable('cities'), header = true, types = {'id': 'BIGINT'})
                """);
        cloud.write("sql/features/place.sql", """
                -- @entity id
                SELECT id, city FROM cities
                """);
        cloud.write("sql/checks/loans_have_days.sql", "SELECT * FROM loans WHERE day IS NULL\n");
        StringBuilder cities = new StringBuilder("id,city\n");
        for (int id = 0; id < 50; id++) {
            cities.append(id).append(id % 2 == 0 ? ",Oslo\n" : ",Lisbon\n");
        }
        object("cities.csv", cities.toString());
        object("loans/a.csv", CloudProject.loans(0, 17));
        object("loans/b.csv", CloudProject.loans(17, 30));
        object("loans/c.csv", CloudProject.loans(30, 50));
        cloud.sageMaker.work = new ProcessingMachines(cloud)::work;
        cloud.sageMaker.states.addAll(List.of(Map.of(), Map.of(), COMPLETED));
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), cloud.sageMaker.stub().complaints());
        cloud.close();
    }

    private void object(String key, String text) {
        try (Store store = Store.open(cloud.store("s3://bucket/in"))) {
            Path file = folder.resolve("object-" + key.replace('/', '-'));
            Files.writeString(file, text);
            ((S3Store) store).keep(file, key);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private RunRequest request(StoreSettings store) {
        RunRequest plain = cloud.request(store, false);
        return new RunRequest(
                plain.project(),
                plain.store(),
                plain.asOf(),
                Map.of("loans", new Given("s3://bucket/in/loans/", "--set loans", folder, true)),
                plain.seed(),
                plain.threads(),
                plain.memory(),
                false,
                true,
                RunRequest.Orders.NONE);
    }

    private RunOrder order(int machines, Going going) {
        return new RunOrder(
                request(cloud.store()),
                cloud.sageMaker.settings(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudProject.PLACE),
                new Machines("ml.m5.4xlarge", machines, 100, Duration.ofHours(4)),
                cloud.owner(),
                going);
    }

    private JobOutcome run(RunOrder order) throws InterruptedException {
        return cloud.wiring.sageMaker().run(order, cloud.progress);
    }

    /** Digest by path of all that is the same whoever makes it and when. */
    private static Map<String, String> outputs(Manifest manifest) {
        return manifest.outputs().stream()
                .filter(output -> !output.path().equals("report.html"))
                .collect(Collectors.toMap(Output::path, Output::digest, (a, _) -> a, TreeMap::new));
    }

    private static String end(Manifest manifest) {
        return manifest.id().substring(manifest.id().lastIndexOf('-'));
    }

    @Test
    void mergesWhatThreeMachinesMadeIntoWhatOneWouldHaveMade() throws Exception {
        Manifest alone = cloud.wiring
                .run(request(cloud.store("s3://bucket/alone")), Progress.NONE)
                .manifest();
        JobOutcome.Released released = assertInstanceOf(JobOutcome.Released.class, run(order(3, cloud.waiting())));
        Manifest merged = released.release().manifest();
        assertEquals(outputs(alone), outputs(merged));
        assertEquals(end(alone), end(merged));
        assertEquals(alone.inputs().size(), merged.inputs().size());
        assertTrue(merged.inputs().stream().allMatch(input -> input.uri().startsWith("s3://bucket/in/")));
        assertEquals(alone.checks(), merged.checks());
        assertEquals(alone.models(), merged.models());
        assertEquals(merged.id(), cloud.current());
        try (Store store = Store.open(cloud.store())) {
            assertEquals(List.of(), store.list("sagemaker/shards"));
        }
    }

    @Test
    void letsOneMachinePublishByItself() throws Exception {
        Manifest alone = cloud.wiring
                .run(request(cloud.store("s3://bucket/alone")), Progress.NONE)
                .manifest();
        JobOutcome.Planned planned = assertInstanceOf(JobOutcome.Planned.class, run(order(1, CloudProject.DRY)));
        assertEquals(
                List.of(
                        "PutObject",
                        "PutObject",
                        "PutObject",
                        "PutObject",
                        "PutObject",
                        "PutObject",
                        "PutObject",
                        "CreateProcessingJob"),
                planned.requests().stream().map(PlannedRequest::operation).toList());
        JobOutcome.Released released = assertInstanceOf(JobOutcome.Released.class, run(order(1, cloud.waiting())));
        assertEquals(outputs(alone), outputs(released.release().manifest()));
        assertEquals(end(alone), end(released.release().manifest()));
        assertEquals(List.of("CreateProcessingJob"), cloud.sageMaker.changes());
    }

    @Test
    void refusesAnEntityInTwoParts() throws Exception {
        object("loans/c.csv", CloudProject.loans(29, 50));
        SmewException torn = assertThrows(SmewException.class, () -> run(order(3, cloud.waiting())));
        assertEquals(Fault.DATA, torn.fault());
        assertTrue(
                torn.getMessage().startsWith("Merging history: rows of id 29 come from two parts"), torn.getMessage());
        try (Store store = Store.open(cloud.store())) {
            assertEquals(Optional.empty(), store.read("CURRENT"));
        }
    }

    @Test
    void refusesMoreMachinesThanFilesAndInputsOnThisMachine() {
        SmewException few = assertThrows(SmewException.class, () -> run(order(4, cloud.waiting())));
        assertTrue(few.getMessage().contains("it holds 3 files"), few.getMessage());
        RunOrder remote = order(1, cloud.waiting());
        RunOrder local = new RunOrder(
                cloud.request(cloud.store(), false),
                remote.aws(),
                remote.shard(),
                remote.resume(),
                remote.place(),
                remote.machines(),
                remote.owner(),
                remote.going());
        SmewException here = assertThrows(SmewException.class, () -> run(local));
        assertEquals(Fault.CONFIGURATION, here.fault());
        assertTrue(here.getMessage().contains("the input loans is loans.csv"), here.getMessage());
        assertEquals(List.of(), cloud.sageMaker.changes());
    }

    @Test
    void tellsWhyAJobFailedAndResumesOneThatDidNot() throws Exception {
        cloud.sageMaker.states.clear();
        cloud.sageMaker.states.add(Map.of(
                "ProcessingJobStatus",
                "Failed",
                "FailureReason",
                "AlgorithmError: See job logs for more information",
                "ExitMessage",
                "loans.csv line 3: expected a number"));
        SmewException failed = assertThrows(SmewException.class, () -> run(order(3, cloud.waiting())));
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(failed.getMessage().contains("expected a number."), failed.getMessage());
        String name = cloud.sageMaker.standing().get("jobs").getFirst();
        cloud.sageMaker.states.clear();
        cloud.sageMaker.states.add(Map.of(
                "ProcessingJobStatus",
                "Completed",
                "AppSpecification",
                Map.of("ImageUri", "image", "ContainerArguments", List.of("sagemaker", "shard")),
                "ProcessingResources",
                Map.of("ClusterConfig", Map.of("InstanceCount", 3))));
        RunOrder again = order(3, cloud.waiting());
        run(new RunOrder(
                again.run(),
                again.aws(),
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                again.machines(),
                again.owner(),
                again.going()));
        String card = new String(cloud.released(cloud.store(), "models/risk_of_loss/card.json"), UTF_8);
        assertEquals(400, Json.tree(card).at("/rows/total").asInt());
    }
}
