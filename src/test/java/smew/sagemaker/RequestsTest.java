package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.aws.Shape;
import smew.aws.StubAws;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;

/** Requests with every option set, as {@code --dry-run} prints them, and what refusals of SageMaker become. */
final class RequestsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/sagemaker");
    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");
    private static final JobPlace PLACE = new JobPlace(
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/smew:1",
            "arn:aws:iam::123456789012:role/smew",
            Optional.of("alias/smew"),
            List.of("subnet-0a1b2c"),
            List.of("sg-0a1b2c"),
            true);
    private static final Ownership OWNER = Ownership.of("credit", Map.of("team", "risk"))
            .ofRelease("20261126T010000.000Z-648fb3eec821")
            .ofModel("credit_risk");

    private static TrainingJob.Order training() {
        return new TrainingJob.Order(
                Map.of("name", "credit_risk", "label", "bad", "entity", "id", "algorithm", "random-forest trees=100"),
                "s3://bucket/smew/sagemaker/training/648f/",
                "s3://bucket/smew/sagemaker/jobs/",
                List.of("auc", "log_loss"),
                PLACE,
                new Machines("ml.m5.xlarge", 1, 30, Duration.ofHours(2)),
                true,
                OWNER);
    }

    private static ProcessingRun.Order processing() {
        return new ProcessingRun.Order(
                ProcessingRun.name("credit", NOW),
                List.of("run", "--store", "s3://bucket/smew"),
                Map.of("AWS_REGION", "eu-central-1"),
                List.of(
                        new ProcessingRun.Files("project", "s3://bucket/p/", "/opt/ml/processing/input/project", false),
                        new ProcessingRun.Files("shard", "s3://bucket/in/", "/opt/ml/processing/input/shard", true)),
                PLACE,
                new Machines("ml.m5.4xlarge", 4, 100, Duration.ofHours(4)),
                OWNER);
    }

    private static Deployment.Order deployment(Optional<Hosting.Scaling> scaling, Hosting hosting) {
        return new Deployment.Order(
                "credit-risk",
                "main",
                "s3://bucket/smew/sagemaker/models/credit_risk/0f3c/model.tar.gz",
                PLACE,
                hosting,
                scaling,
                Optional.of(new Hosting.Capture(20, "s3://bucket/captured")),
                OWNER.ofEndpoint("credit-risk"));
    }

    @Test
    void areWhatTheServiceTakesAndWhatADryRunPrints() throws IOException {
        try (SageMakerStub stub = new SageMakerStub();
                SageMaker sageMaker = SageMaker.open(stub.settings())) {
            List<PlannedRequest> planned = new ArrayList<>();
            planned.add(TrainingJob.plan(training(), NOW));
            planned.add(ProcessingRun.plan(processing()));
            Deployment first = Deployment.of(
                    sageMaker,
                    deployment(Optional.of(new Hosting.Scaling(1, 4, 500)), new Hosting.Instances("ml.m5.large", 2)));
            planned.addAll(first.plan());
            TrainingJob.start(sageMaker, training(), NOW);
            ProcessingRun.start(sageMaker, processing());
            first.start();
            first.scale();
            Hosting larger = new Hosting.Instances("ml.m5.xlarge", 2);
            Deployment unscaled = Deployment.of(sageMaker, deployment(Optional.empty(), larger));
            assertEquals(
                    Fault.GATE,
                    assertThrows(SmewException.class, unscaled::plan).fault(),
                    "a change of the type of instance would end the scaling unasked");
            Deployment second =
                    Deployment.of(sageMaker, deployment(Optional.of(new Hosting.Scaling(1, 4, 500)), larger));
            planned.addAll(second.plan());
            second.start();
            second.scale();
            Deployment third = Deployment.of(sageMaker, deployment(Optional.empty(), new Hosting.Serverless(2048, 10)));
            planned.addAll(third.plan());
            third.start();
            assertEquals(List.of(), stub.stub().complaints());
            golden("requests.json", PlannedRequest.json(planned));
        }
    }

    private static void golden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertEquals(Files.readString(file), text);
    }

    @Test
    void areRefusedInOneSentence() {
        refused(
                Fault.OUTSIDE,
                "Starting training job smew-credit-risk-20261126-020000-000: the account's quota is reached. Ask for more"
                        + " under Service Quotas, or use another --instance-type or a smaller --instance-count"
                        + " (ResourceLimitExceeded: The limit is 0 Instances).",
                "ResourceLimitExceeded",
                "The limit is 0 Instances");
        refused(
                Fault.CONFIGURATION,
                "AWS found it invalid (ValidationException: Could not assume role). Check --role",
                "ValidationException",
                "Could not assume role");
        refused(Fault.OUTSIDE, "access is denied.", "AccessDeniedException", "User is not authorized");
        refused(Fault.OUTSIDE, "something of that name exists already", "ResourceInUse", "Job name must be unique");
    }

    private static void refused(Fault fault, String expected, String code, String words) {
        try (StubAws stub = StubAws.start();
                SageMaker sageMaker = SageMaker.open(stub.settings())) {
            stub.on(
                    "SageMaker.CreateTrainingJob",
                    Shape.of(CreateTrainingJobRequest.builder()),
                    _ -> StubAws.Reply.error(400, code, words));
            SmewException failed =
                    assertThrows(SmewException.class, () -> TrainingJob.start(sageMaker, training(), NOW));
            assertEquals(fault, failed.fault(), failed.getMessage());
            assertTrue(failed.getMessage().contains(expected), failed.getMessage());
        }
    }

    @Test
    void haveNamesThatSageMakerTakes() {
        String name = ResourceName.of("a_very_long_name_of_a_model_that_goes_on_and_on_and_on_and_on", NOW);
        assertTrue(ResourceName.FORM.matcher(name).matches(), name);
        String carried = ResourceName.of("__", "20261126T010000.000Z-648fb3eec821", "content");
        assertTrue(ResourceName.FORM.matcher(carried).matches(), carried);
        assertTrue(carried.contains("648fb3eec821"), carried);
        assertThrows(SmewException.class, () -> ResourceName.given("--endpoint", "under_score"));
    }
}
