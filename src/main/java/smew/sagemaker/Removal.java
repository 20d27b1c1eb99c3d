package smew.sagemaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DeleteModelRequest;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobStatus;
import software.amazon.awssdk.services.sagemaker.model.StopProcessingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.StopTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobStatus;

/** Takes away what this project made on SageMaker, and nothing else. */
public final class Removal {

    private final SageMaker sageMaker;
    private final List<Step> steps;

    private record Step(PlannedRequest planned, String doing, Supplier<CompletableFuture<?>> send) {}

    /** Something of SageMaker by both its names. */
    private record Named(String name, String arn) {}

    private Removal(SageMaker sageMaker, List<Step> steps) {
        this.sageMaker = sageMaker;
        this.steps = steps;
    }

    /**
     * An endpoint with its scaling, and every configuration and model that was made for it. Only reads.
     *
     * @throws SmewException NOT_FOUND without such an endpoint; GATE when it is none of this project
     */
    public static Removal ofEndpoint(SageMaker sageMaker, String name, Ownership ours) {
        Removal removal = new Removal(sageMaker, new ArrayList<>());
        var endpoint = ServiceRefusal.find(
                        "Looking for endpoint " + name,
                        sageMaker.client().describeEndpoint(request -> request.endpointName(name)))
                .orElseThrow(() -> absent(sageMaker, "endpoint", name));
        removal.requireOurs("endpoint " + name, endpoint.endpointArn(), ours);
        removal.scaling(name);
        DeleteEndpointRequest delete =
                DeleteEndpointRequest.builder().endpointName(name).build();
        removal.add(
                "Deleting endpoint " + name,
                PlannedRequest.of("DeleteEndpoint", delete),
                () -> sageMaker.client().deleteEndpoint(delete));
        removal.configurations(name, ours);
        removal.models(name, ours);
        return removal;
    }

    /**
     * A job that runs: it is stopped. SageMaker keeps what it knows of jobs that have ended, and that costs nothing.
     *
     * @throws SmewException NOT_FOUND without such a job; GATE when it is none of this project
     */
    public static Removal ofJob(SageMaker sageMaker, String name, Ownership ours) {
        Removal removal = new Removal(sageMaker, new ArrayList<>());
        var training = ServiceRefusal.find(
                "Looking for job " + name,
                sageMaker.client().describeTrainingJob(request -> request.trainingJobName(name)));
        if (training.isPresent()) {
            removal.requireOurs("job " + name, training.get().trainingJobArn(), ours);
            if (training.get().trainingJobStatus() == TrainingJobStatus.IN_PROGRESS) {
                StopTrainingJobRequest stop =
                        StopTrainingJobRequest.builder().trainingJobName(name).build();
                removal.add(
                        "Stopping job " + name,
                        PlannedRequest.of("StopTrainingJob", stop),
                        () -> sageMaker.client().stopTrainingJob(stop));
            }
            return removal;
        }
        var processing = ServiceRefusal.find(
                        "Looking for job " + name,
                        sageMaker.client().describeProcessingJob(request -> request.processingJobName(name)))
                .orElseThrow(() -> absent(sageMaker, "job", name));
        removal.requireOurs("job " + name, processing.processingJobArn(), ours);
        if (processing.processingJobStatus() == ProcessingJobStatus.IN_PROGRESS) {
            StopProcessingJobRequest stop =
                    StopProcessingJobRequest.builder().processingJobName(name).build();
            removal.add(
                    "Stopping job " + name,
                    PlannedRequest.of("StopProcessingJob", stop),
                    () -> sageMaker.client().stopProcessingJob(stop));
        }
        return removal;
    }

    private static SmewException absent(SageMaker sageMaker, String kind, String name) {
        return new SmewException(
                Fault.NOT_FOUND,
                "Looking for " + kind + " " + name + ": there is none in " + sageMaker.region()
                        + ". `smew sagemaker status` lists those of this project.");
    }

    private void requireOurs(String subject, String arn, Ownership ours) {
        Optional<Ownership> owner = sageMaker.owner(arn);
        if (owner.filter(found -> !ours.differs(found)).isEmpty()) {
            throw new SmewException(
                    Fault.GATE,
                    "Deleting " + subject + ": its tags name "
                            + owner.map(found -> "the project " + found.project())
                                    .orElse("no project of Smew")
                            + ", expected " + ours.project()
                            + ". Only what this project made is deleted; use the AWS console for anything else.");
        }
    }

    private void add(String doing, PlannedRequest planned, Supplier<CompletableFuture<?>> send) {
        steps.add(new Step(planned, doing, send));
    }

    private void scaling(String endpoint) {
        List<String> variants = ServiceRefusal.await(
                        "Looking for the variants of endpoint " + endpoint,
                        sageMaker.client().describeEndpoint(request -> request.endpointName(endpoint)))
                .productionVariants()
                .stream()
                .map(variant -> DeploymentRequests.resource(endpoint, variant.variantName()))
                .toList();
        if (variants.isEmpty()) {
            return;
        }
        ServiceRefusal.await(
                        "Looking for the scaling of endpoint " + endpoint,
                        sageMaker
                                .scaling()
                                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                                        .resourceIds(variants)))
                .scalableTargets()
                .forEach(target -> {
                    DeregisterScalableTargetRequest request = DeregisterScalableTargetRequest.builder()
                            .serviceNamespace(target.serviceNamespace())
                            .resourceId(target.resourceId())
                            .scalableDimension(target.scalableDimension())
                            .build();
                    add(
                            "Ending the scaling of " + target.resourceId(),
                            PlannedRequest.scaling("DeregisterScalableTarget", request),
                            () -> sageMaker.scaling().deregisterScalableTarget(request));
                });
    }

    private void configurations(String endpoint, Ownership ours) {
        List<Named> found = Collections.synchronizedList(new ArrayList<>());
        ServiceRefusal.await(
                "Listing endpoint configurations",
                sageMaker
                        .client()
                        .listEndpointConfigsPaginator(request -> request.nameContains("smew-"))
                        .subscribe(page -> page.endpointConfigs()
                                .forEach(one ->
                                        found.add(new Named(one.endpointConfigName(), one.endpointConfigArn())))));
        for (Named one : found) {
            if (isFor(endpoint, one.arn(), ours)) {
                DeleteEndpointConfigRequest request = DeleteEndpointConfigRequest.builder()
                        .endpointConfigName(one.name())
                        .build();
                add(
                        "Deleting endpoint configuration " + one.name(),
                        PlannedRequest.of("DeleteEndpointConfig", request),
                        () -> sageMaker.client().deleteEndpointConfig(request));
            }
        }
    }

    private void models(String endpoint, Ownership ours) {
        List<Named> found = Collections.synchronizedList(new ArrayList<>());
        ServiceRefusal.await(
                "Listing models",
                sageMaker
                        .client()
                        .listModelsPaginator(request -> request.nameContains("smew-"))
                        .subscribe(page ->
                                page.models().forEach(one -> found.add(new Named(one.modelName(), one.modelArn())))));
        for (Named one : found) {
            if (isFor(endpoint, one.arn(), ours)) {
                DeleteModelRequest request =
                        DeleteModelRequest.builder().modelName(one.name()).build();
                add(
                        "Deleting model " + one.name(),
                        PlannedRequest.of("DeleteModel", request),
                        () -> sageMaker.client().deleteModel(request));
            }
        }
    }

    private boolean isFor(String endpoint, String arn, Ownership ours) {
        return sageMaker
                .owner(arn)
                .filter(found -> !ours.differs(found) && found.endpoint().equals(Optional.of(endpoint)))
                .isPresent();
    }

    /** The requests, in the order in which they are sent; none where there is nothing left to do. */
    public List<PlannedRequest> plan() {
        return steps.stream().map(Step::planned).toList();
    }

    /** What is done, one line each, such as {@code Deleting endpoint churn}. */
    public List<String> lines() {
        return steps.stream().map(Step::doing).toList();
    }

    /** Sends them. What somebody else took away meanwhile is as it should be. */
    public void perform() {
        steps.forEach(step -> ServiceRefusal.find(step.doing(), step.send().get()));
    }
}
