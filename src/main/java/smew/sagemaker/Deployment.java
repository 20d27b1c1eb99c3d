package smew.sagemaker;

import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;

/** Puts a model of a release behind an endpoint: a new one, or one that answers all the while. */
public final class Deployment {

    private final SageMaker sageMaker;
    private final Order order;
    private final DeploymentRequests requests;
    private final String doing;

    private Deployment(SageMaker sageMaker, Order order) {
        this.sageMaker = sageMaker;
        this.order = order;
        this.requests = new DeploymentRequests(order);
        this.doing = "Deploying to endpoint " + order.endpoint();
    }

    /**
     * What to deploy where.
     *
     * @param endpoint its name
     * @param variant name of the one variant
     * @param archive address of the model.tar.gz on S3
     * @param owner names model and release
     */
    public record Order(
            String endpoint,
            String variant,
            String archive,
            JobPlace place,
            Hosting hosting,
            Optional<Hosting.Scaling> scaling,
            Optional<Hosting.Capture> capture,
            Ownership owner) {
        public Order {
            ResourceName.given("--endpoint", endpoint);
            ResourceName.given("--variant", variant);
            Hosting.check(hosting, scaling);
        }
    }

    /**
     * What was done.
     *
     * @param change what happened to the endpoint
     * @param former the configuration that it had; empty where it is new
     */
    public record Done(String endpoint, String configuration, String model, Change change, Optional<String> former) {}

    /** What happened to an endpoint. */
    public enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** Prepares; nothing is sent yet. */
    public static Deployment of(SageMaker sageMaker, Order order) {
        return new Deployment(sageMaker, order);
    }

    /**
     * The requests that {@link #start} and {@link #scale} would send now. Only reads.
     *
     * @throws SmewException as {@link #start}
     */
    public List<PlannedRequest> plan() {
        Optional<CurrentEndpoint> existing = CurrentEndpoint.find(sageMaker, order);
        return requests.planned(hasModel(), hasConfiguration(), existing);
    }

    /**
     * Makes model and configuration where they do not exist, and creates or updates the endpoint.
     *
     * @throws SmewException GATE when the endpoint is none of this project; NOT_READY while it is being changed; OUTSIDE when it
     *     has failed; CONFIGURATION or OUTSIDE when SageMaker refuses
     */
    public Done start() {
        Optional<CurrentEndpoint> existing = CurrentEndpoint.find(sageMaker, order);
        CreateModelRequest model = requests.model();
        if (!hasModel()) {
            ServiceRefusal.await(
                    "Creating model " + model.modelName(), sageMaker.client().createModel(model));
        }
        CreateEndpointConfigRequest configuration = requests.configuration();
        String name = configuration.endpointConfigName();
        if (!hasConfiguration()) {
            ServiceRefusal.await(
                    "Creating endpoint configuration " + name,
                    sageMaker.client().createEndpointConfig(configuration));
        }
        Optional<String> former = existing.map(CurrentEndpoint::configuration);
        if (existing.isEmpty()) {
            ServiceRefusal.await(doing, sageMaker.client().createEndpoint(requests.create()));
            return new Done(order.endpoint(), name, model.modelName(), Change.CREATED, former);
        }
        if (existing.get().configuration().equals(name)) {
            return new Done(order.endpoint(), name, model.modelName(), Change.UNCHANGED, former);
        }
        update(existing.get(), name);
        return new Done(order.endpoint(), name, model.modelName(), Change.UPDATED, former);
    }

    private void update(CurrentEndpoint existing, String configuration) {
        if (existing.endsScaling()) {
            ServiceRefusal.await(
                    "Ending the scaling of endpoint " + order.endpoint(),
                    sageMaker.scaling().deregisterScalableTarget(requests.noTarget()));
        }
        ServiceRefusal.await(
                doing, sageMaker.client().updateEndpoint(requests.update(configuration, existing.fleet())));
        // The tags of an endpoint say what was ordered of it last; its configuration says what it serves.
        ServiceRefusal.await(
                "Tagging endpoint " + order.endpoint(), sageMaker.client().addTags(requests.tags(existing.arn())));
    }

    private boolean hasModel() {
        String name = requests.model().modelName();
        return ServiceRefusal.find(
                        "Looking for model " + name,
                        sageMaker.client().describeModel(request -> request.modelName(name)))
                .isPresent();
    }

    private boolean hasConfiguration() {
        String name = requests.configuration().endpointConfigName();
        return ServiceRefusal.find(
                        "Looking for endpoint configuration " + name,
                        sageMaker.client().describeEndpointConfig(request -> request.endpointConfigName(name)))
                .isPresent();
    }

    /**
     * Waits until the endpoint serves the new configuration.
     *
     * @throws SmewException OUTSIDE when it failed, or was rolled back by SageMaker, with the reason; OUTSIDE_SLOW when the limit
     *     of waiting has passed
     */
    public void await(Done done, Polling polling, Progress progress) throws InterruptedException {
        await(done.configuration(), polling, progress);
    }

    private void await(String configuration, Polling polling, Progress progress) throws InterruptedException {
        JobWatch watch = new JobWatch(
                "endpoint " + order.endpoint(),
                "`smew sagemaker status --endpoint " + order.endpoint() + "` tells how it is.",
                polling,
                progress);
        DescribeEndpointResponse last = watch.until(
                () -> sageMaker.client().describeEndpoint(request -> request.endpointName(order.endpoint())),
                endpoint -> new JobWatch.State(endpoint.endpointStatusAsString(), ended(endpoint.endpointStatus())));
        boolean serves = last.endpointStatus() == EndpointStatus.IN_SERVICE;
        if (serves && last.endpointConfigName().equals(configuration)) {
            return;
        }
        throw new SmewException(
                Fault.OUTSIDE,
                doing + ": "
                        + (serves
                                ? "SageMaker went back to what it served before, "
                                : "it ended " + last.endpointStatusAsString() + ", ")
                        + "because: " + TrainingJob.reason(last.failureReason())
                        + " Its log is in CloudWatch, /aws/sagemaker/Endpoints/" + order.endpoint() + ".");
    }

    private static boolean ended(EndpointStatus status) {
        return switch (status) {
            case IN_SERVICE, FAILED, OUT_OF_SERVICE, UPDATE_ROLLBACK_FAILED, UNKNOWN_TO_SDK_VERSION -> true;
            case CREATING, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, DELETING -> false;
        };
    }

    /** Makes the number of machines follow the requests, where that was ordered. */
    public void scale() {
        requests.target()
                .ifPresent(request -> ServiceRefusal.await(
                        "Scaling endpoint " + order.endpoint(),
                        sageMaker.scaling().registerScalableTarget(request)));
        requests.policy()
                .ifPresent(request -> ServiceRefusal.await(
                        "Scaling endpoint " + order.endpoint(),
                        sageMaker.scaling().putScalingPolicy(request)));
    }

    /**
     * Takes a deployment back: the endpoint gets its former configuration, or is deleted where it is new, because it costs money
     * and answers wrongly.
     *
     * @return what was done, as the end of a sentence
     */
    public String undo(Done done, Polling polling, Progress progress) throws InterruptedException {
        return switch (done.change()) {
            case CREATED -> {
                ServiceRefusal.await(
                        "Deleting endpoint " + order.endpoint(),
                        sageMaker.client().deleteEndpoint(request -> request.endpointName(order.endpoint())));
                yield "The endpoint was deleted again.";
            }
            case UPDATED -> {
                String former = done.former().orElseThrow();
                ServiceRefusal.await(doing, sageMaker.client().updateEndpoint(requests.update(former, true)));
                await(former, polling, progress);
                yield "The endpoint serves what it served before (" + former + ").";
            }
            case UNCHANGED -> "The endpoint was left as it is.";
        };
    }
}
