package smew.sagemaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.OrderKey;
import software.amazon.awssdk.services.sagemaker.model.SortOrder;

/**
 * How the jobs and endpoints of a project are.
 *
 * @param endpoints newest first
 * @param jobs newest first, of each kind
 */
public record Standing(List<Endpoint> endpoints, List<Job> jobs) {

    private static final int ENDPOINTS = 100;
    private static final int JOBS = 20;

    /**
     * One endpoint.
     *
     * @param release that its configuration was made for: what it serves, and while it is updated, what it served
     * @param instances that answer now; empty for a serverless one
     */
    public record Endpoint(
            String name,
            String state,
            Optional<String> reason,
            Optional<String> release,
            Optional<String> model,
            Optional<Integer> instances,
            Instant changed) {}

    /**
     * One job.
     *
     * @param kind {@code training} or {@code processing}
     * @param state such as {@code InProgress, Downloading}
     * @param release whose features it learns from
     * @param billedSeconds what is paid for, so far as SageMaker says
     */
    public record Job(
            String name,
            String kind,
            String state,
            Optional<String> reason,
            Optional<String> release,
            Optional<String> model,
            Instant created,
            Optional<Integer> billedSeconds) {}

    /** All of a project: among the newest 100 endpoints, and the newest 20 jobs of each kind. */
    public static Standing of(SageMaker sageMaker, Ownership ours) {
        List<Endpoint> endpoints = new ArrayList<>();
        ServiceRefusal.await(
                        "Listing endpoints",
                        sageMaker
                                .client()
                                .listEndpoints(
                                        request -> request.maxResults(ENDPOINTS).sortOrder(OrderKey.DESCENDING)))
                .endpoints()
                .forEach(one -> ours(sageMaker, one.endpointArn(), ours)
                        .flatMap(owner -> endpoint(sageMaker, one.endpointName(), owner))
                        .ifPresent(endpoints::add));
        List<Job> jobs = new ArrayList<>();
        ServiceRefusal.await(
                        "Listing training jobs",
                        sageMaker
                                .client()
                                .listTrainingJobs(request -> request.nameContains("smew-")
                                        .maxResults(JOBS)
                                        .sortOrder(SortOrder.DESCENDING)))
                .trainingJobSummaries()
                .forEach(one -> ours(sageMaker, one.trainingJobArn(), ours)
                        .flatMap(owner -> training(sageMaker, one.trainingJobName(), owner))
                        .ifPresent(jobs::add));
        ServiceRefusal.await(
                        "Listing processing jobs",
                        sageMaker
                                .client()
                                .listProcessingJobs(request -> request.nameContains("smew-")
                                        .maxResults(JOBS)
                                        .sortOrder(SortOrder.DESCENDING)))
                .processingJobSummaries()
                .forEach(one -> ours(sageMaker, one.processingJobArn(), ours)
                        .flatMap(owner -> processing(sageMaker, one.processingJobName(), owner))
                        .ifPresent(jobs::add));
        return new Standing(endpoints, jobs);
    }

    /**
     * One endpoint, whatever project it is of.
     *
     * @throws SmewException NOT_FOUND when there is none
     */
    public static Standing ofEndpoint(SageMaker sageMaker, String name) {
        return endpoint(sageMaker, name, Ownership.of("", java.util.Map.of()))
                .map(found -> new Standing(List.of(found), List.of()))
                .orElseThrow(() -> absent(sageMaker, "endpoint", name));
    }

    /**
     * One job, whatever project it is of.
     *
     * @throws SmewException NOT_FOUND when there is none
     */
    public static Standing ofJob(SageMaker sageMaker, String name) {
        Ownership nobody = Ownership.of("", java.util.Map.of());
        return training(sageMaker, name, nobody)
                .or(() -> processing(sageMaker, name, nobody))
                .map(found -> new Standing(List.of(), List.of(found)))
                .orElseThrow(() -> absent(sageMaker, "job", name));
    }

    private static SmewException absent(SageMaker sageMaker, String kind, String name) {
        return new SmewException(
                Fault.NOT_FOUND,
                "Looking for " + kind + " " + name + ": there is none in " + sageMaker.region()
                        + ". Correct the name, or give --aws-region.");
    }

    private static Optional<Ownership> ours(SageMaker sageMaker, String arn, Ownership ours) {
        return sageMaker.owner(arn).filter(found -> !ours.differs(found));
    }

    private static Optional<Endpoint> endpoint(SageMaker sageMaker, String name, Ownership known) {
        Optional<DescribeEndpointResponse> described = ServiceRefusal.find(
                "Looking for endpoint " + name,
                sageMaker.client().describeEndpoint(request -> request.endpointName(name)));
        return described.map(endpoint -> {
            Optional<Ownership> served = ServiceRefusal.find(
                            "Looking for endpoint configuration " + endpoint.endpointConfigName(),
                            sageMaker
                                    .client()
                                    .describeEndpointConfig(
                                            request -> request.endpointConfigName(endpoint.endpointConfigName())))
                    .flatMap(configuration -> sageMaker.owner(configuration.endpointConfigArn()));
            Optional<Integer> instances = endpoint.productionVariants().stream()
                    .filter(variant -> variant.currentInstanceCount() != null)
                    .map(variant -> variant.currentInstanceCount())
                    .reduce(Integer::sum);
            return new Endpoint(
                    name,
                    endpoint.endpointStatusAsString(),
                    Optional.ofNullable(endpoint.failureReason()),
                    served.flatMap(Ownership::release).or(known::release),
                    served.flatMap(Ownership::model).or(known::model),
                    instances,
                    endpoint.lastModifiedTime());
        });
    }

    private static Optional<Job> training(SageMaker sageMaker, String name, Ownership known) {
        Optional<DescribeTrainingJobResponse> described = ServiceRefusal.find(
                "Looking for job " + name,
                sageMaker.client().describeTrainingJob(request -> request.trainingJobName(name)));
        return described.map(job -> {
            Ownership owner = known.release().isPresent()
                    ? known
                    : sageMaker.owner(job.trainingJobArn()).orElse(known);
            String status = job.trainingJobStatusAsString();
            String secondary = job.secondaryStatusAsString();
            return new Job(
                    name,
                    "training",
                    secondary == null || secondary.equals(status) ? status : status + ", " + secondary,
                    Optional.ofNullable(job.failureReason()),
                    owner.release(),
                    owner.model(),
                    job.creationTime(),
                    Optional.ofNullable(job.billableTimeInSeconds()));
        });
    }

    private static Optional<Job> processing(SageMaker sageMaker, String name, Ownership known) {
        Optional<DescribeProcessingJobResponse> described = ServiceRefusal.find(
                "Looking for job " + name,
                sageMaker.client().describeProcessingJob(request -> request.processingJobName(name)));
        return described.map(job -> new Job(
                name,
                "processing",
                job.processingJobStatusAsString(),
                Optional.ofNullable(job.failureReason()).or(() -> Optional.ofNullable(job.exitMessage())),
                known.release(),
                known.model(),
                job.creationTime(),
                Optional.empty()));
    }
}
