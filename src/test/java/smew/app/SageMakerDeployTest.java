package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.SageMakerEngine.DeployOrder;
import smew.app.SageMakerEngine.DeployOutcome;
import smew.app.SageMakerEngine.Going;
import smew.app.SageMakerEngine.Named;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.Deployment.Change;
import smew.sagemaker.Hosting;
import smew.sagemaker.Ownership;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Removal;
import smew.sagemaker.Standing;
import smew.store.StoreSettings;

final class SageMakerDeployTest {

    private static final Map<String, Object> CREATING = Map.of("EndpointStatus", "Creating");
    private static final Map<String, Object> UPDATING = Map.of("EndpointStatus", "Updating");

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void open() {
        cloud = new CloudProject(folder);
        cloud.run(cloud.store(), false);
        cloud.serve();
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), cloud.sageMaker.stub().complaints());
        cloud.close();
    }

    private DeployOrder order(StoreSettings store, Hosting hosting, Going going) {
        return order(store, Optional.empty(), hosting, going);
    }

    private DeployOrder order(StoreSettings store, Optional<String> upload, Hosting hosting, Going going) {
        return new DeployOrder(
                store,
                cloud.sageMaker.settings(),
                upload,
                Optional.empty(),
                Optional.empty(),
                "loans",
                "main",
                CloudProject.PLACE,
                hosting,
                Optional.of(new Hosting.Scaling(1, 4, 500)).filter(_ -> hosting.fleet()),
                Optional.of(new Hosting.Capture(20, "s3://bucket/captured")),
                false,
                cloud.owner(),
                going);
    }

    private static Hosting instances(String type) {
        return new Hosting.Instances(type, 1);
    }

    private DeployOutcome.Deployed deploy(Hosting hosting) throws InterruptedException {
        return assertInstanceOf(
                DeployOutcome.Deployed.class,
                cloud.wiring.sageMaker().deploy(order(cloud.store(), hosting, cloud.waiting()), cloud.progress));
    }

    private List<String> planned(Hosting hosting) throws InterruptedException {
        return assertInstanceOf(
                        DeployOutcome.Planned.class,
                        cloud.wiring
                                .sageMaker()
                                .deploy(order(cloud.store(), hosting, CloudProject.DRY), cloud.progress))
                .requests()
                .stream()
                .map(PlannedRequest::operation)
                .toList();
    }

    @Test
    void makesAnEndpointThatSaysWhatTheModelSays() throws Exception {
        assertEquals(
                List.of(
                        "PutObject",
                        "CreateModel",
                        "CreateEndpointConfig",
                        "CreateEndpoint",
                        "RegisterScalableTarget",
                        "PutScalingPolicy"),
                planned(instances("ml.m5.large")));
        assertEquals(List.of(), cloud.sageMaker.changes());

        cloud.sageMaker.states.addAll(List.of(CREATING, CREATING, Map.of()));
        DeployOutcome.Deployed deployed = deploy(instances("ml.m5.large"));
        assertEquals(Change.CREATED, deployed.done().change());
        assertTrue(deployed.inService());
        assertEquals(2, cloud.waits.size());
        assertEquals(
                List.of(
                        "CreateModel",
                        "CreateEndpointConfig",
                        "CreateEndpoint",
                        "RegisterScalableTarget",
                        "PutScalingPolicy"),
                cloud.sageMaker.changes());
        assertEquals(cloud.current(), cloud.sageMaker.tags("endpoint/loans").get("smew:release"));
        assertFalse(cloud.sageMaker
                .stub()
                .calls("POST /endpoints/[^/]+/invocations")
                .isEmpty());
        assertTrue(deployed.done().configuration().matches("smew-risk-of-loss-[0-9a-f]{12}-[0-9a-f]{10}"));
    }

    @Test
    void doesNothingTwiceAndUpdatesWhatIsInService() throws Exception {
        deploy(instances("ml.m5.large"));
        int before = cloud.sageMaker.changes().size();
        assertEquals(Change.UNCHANGED, deploy(instances("ml.m5.large")).done().change());
        assertEquals(
                List.of("RegisterScalableTarget", "PutScalingPolicy"),
                cloud.sageMaker.changes().subList(before, before + 2));

        assertEquals(
                List.of(
                        "CreateEndpointConfig",
                        "DeregisterScalableTarget",
                        "UpdateEndpoint",
                        "AddTags",
                        "RegisterScalableTarget",
                        "PutScalingPolicy"),
                planned(instances("ml.m5.xlarge")));
        // The first answer is what deploying finds, before it asks for an update.
        cloud.sageMaker.states.addAll(List.of(Map.of(), UPDATING, Map.of()));
        DeployOutcome.Deployed updated = deploy(instances("ml.m5.xlarge"));
        assertEquals(Change.UPDATED, updated.done().change());
        assertEquals(2, cloud.sageMaker.standing().get("configurations").size());
        assertEquals(1, cloud.sageMaker.standing().get("targets").size());
    }

    @Test
    void givesTheEndpointBackWhatItServedWhereTheAnswersDiffer() throws Exception {
        DeployOutcome.Deployed first = deploy(instances("ml.m5.large"));
        // The next release learns from other loans, and the container goes on with the first one.
        cloud.sageMaker.container = cloud.sageMaker.container + "/models/risk_of_loss";
        cloud.run(cloud.store("s3://bucket/other"), false);
        StoreSettings other = cloud.store("s3://bucket/other");
        cloud.write(
                "loans.csv", CloudProject.loans(0, 50).replace("1003,", "1060,").replaceAll("(,10[0-4]\\d),0", "$1,1"));
        cloud.run(other, false);
        cloud.serve();
        SmewException differs = assertThrows(
                SmewException.class,
                () -> cloud.wiring
                        .sageMaker()
                        .deploy(order(other, instances("ml.m5.large"), cloud.waiting()), cloud.progress));
        assertEquals(Fault.GATE, differs.fault());
        assertTrue(differs.getMessage().matches("(?s).*: of entity \\d+ it says [01] with .*"), differs.getMessage());
        assertTrue(
                differs.getMessage()
                        .contains(
                                "serves what it served before (" + first.done().configuration() + ")"),
                differs.getMessage());
        assertEquals(
                first.done().configuration(),
                cloud.sageMaker
                        .stub()
                        .calls("SageMaker.UpdateEndpoint")
                        .getLast()
                        .json()
                        .path("EndpointConfigName")
                        .asString());
    }

    @Test
    void deletesANewEndpointThatAnswersOtherThings() throws Exception {
        StoreSettings other = cloud.store("s3://bucket/other");
        cloud.write("loans.csv", CloudProject.loans(0, 50).replaceAll("(,10[0-4]\\d),0", "$1,1"));
        cloud.run(other, false);
        SmewException differs = assertThrows(
                SmewException.class,
                () -> cloud.wiring
                        .sageMaker()
                        .deploy(order(other, instances("ml.m5.large"), cloud.waiting()), cloud.progress));
        assertTrue(differs.getMessage().contains("The endpoint was deleted again."), differs.getMessage());
        assertEquals(List.of(), cloud.sageMaker.standing().get("endpoints"));
    }

    @Test
    void tellsWhyAnEndpointFailedOrWentBack() throws Exception {
        cloud.sageMaker.states.addAll(List.of(
                CREATING,
                Map.of(
                        "EndpointStatus",
                        "Failed",
                        "FailureReason",
                        "The primary container did not pass the ping health check")));
        SmewException failed = assertThrows(SmewException.class, () -> deploy(instances("ml.m5.large")));
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(failed.getMessage().contains("did not pass the ping health check."), failed.getMessage());
        SmewException again = assertThrows(SmewException.class, () -> deploy(instances("ml.m5.xlarge")));
        assertTrue(again.getMessage().contains("smew sagemaker delete --endpoint loans"), again.getMessage());

        cloud.sageMaker.states.clear();
        cloud.sageMaker.states.addAll(List.of(
                Map.of(),
                UPDATING,
                Map.of("EndpointStatus", "RollingBack"),
                Map.of("EndpointStatus", "InService", "EndpointConfigName", "older", "FailureReason", "No capacity")));
        SmewException back = assertThrows(SmewException.class, () -> deploy(instances("ml.m5.xlarge")));
        assertTrue(back.getMessage().contains("went back to what it served before"), back.getMessage());
        assertTrue(back.getMessage().contains("No capacity."), back.getMessage());
    }

    @Test
    void servesWithoutMachinesOfItsOwn() throws Exception {
        assertEquals(
                Change.CREATED, deploy(new Hosting.Serverless(2048, 10)).done().change());
        assertEquals(List.of("CreateModel", "CreateEndpointConfig", "CreateEndpoint"), cloud.sageMaker.changes());
        assertThrows(SmewException.class, () -> new Hosting.Serverless(1500, 10));
    }

    @Test
    void leavesWhatSomebodyElseMade() throws Exception {
        cloud.sageMaker.strangersEndpoint("loans");
        SmewException refused = assertThrows(SmewException.class, () -> deploy(instances("ml.m5.large")));
        assertEquals(Fault.GATE, refused.fault());
        assertThrows(SmewException.class, () -> delete(cloud.owner(), new Named.Endpoint("loans"), true));
        assertEquals(List.of("loans"), cloud.sageMaker.standing().get("endpoints"));
    }

    private Removal delete(Ownership owner, Named named, boolean really) {
        return cloud.wiring.sageMaker().delete(cloud.sageMaker.settings(), owner, named, _ -> really);
    }

    @Test
    void tellsWhichReleaseIsServedAndDeletesAllOfIt() throws Exception {
        deploy(instances("ml.m5.large"));
        deploy(instances("ml.m5.xlarge"));
        Standing standing = cloud.wiring
                .sageMaker()
                .status(cloud.sageMaker.settings(), cloud.owner(), Optional.empty(), Optional.empty());
        assertEquals(1, standing.endpoints().size());
        assertEquals(
                Optional.of(cloud.current()), standing.endpoints().getFirst().release());
        assertEquals("InService", standing.endpoints().getFirst().state());

        Named named = new Named.Endpoint("loans");
        assertThrows(SmewException.class, () -> delete(Ownership.of("others", Map.of()), named, true));
        assertEquals(
                List.of(
                        "DeregisterScalableTarget",
                        "DeleteEndpoint",
                        "DeleteEndpointConfig",
                        "DeleteEndpointConfig",
                        "DeleteModel"),
                delete(cloud.owner(), named, false).plan().stream()
                        .map(PlannedRequest::operation)
                        .toList());
        assertEquals(List.of("loans"), cloud.sageMaker.standing().get("endpoints"));
        delete(cloud.owner(), named, true);
        cloud.sageMaker.standing().forEach((kind, names) -> assertEquals(List.of(), names, kind));
        SmewException gone = assertThrows(SmewException.class, () -> delete(cloud.owner(), named, true));
        assertEquals(Fault.NOT_FOUND, gone.fault());
    }

    @Test
    void deploysFromAFolderThroughABucket() throws Exception {
        StoreSettings local = cloud.store(folder.resolve("out").toString());
        cloud.run(local, false);
        DeployOrder order = order(local, instances("ml.m5.large"), cloud.waiting());
        SmewException refused =
                assertThrows(SmewException.class, () -> cloud.wiring.sageMaker().deploy(order, cloud.progress));
        assertTrue(refused.getMessage().contains("--upload s3://"), refused.getMessage());
        cloud.wiring
                .sageMaker()
                .deploy(
                        order(local, Optional.of("s3://bucket/up"), instances("ml.m5.large"), cloud.waiting()),
                        cloud.progress);
        assertEquals(List.of("loans"), cloud.sageMaker.standing().get("endpoints"));
    }
}
