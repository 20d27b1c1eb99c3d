package smew.sagemaker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.CreateProcessingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.ProcessingInput;
import software.amazon.awssdk.services.sagemaker.model.ProcessingJobStatus;
import software.amazon.awssdk.services.sagemaker.model.ProcessingS3CompressionType;
import software.amazon.awssdk.services.sagemaker.model.ProcessingS3DataDistributionType;
import software.amazon.awssdk.services.sagemaker.model.ProcessingS3DataType;
import software.amazon.awssdk.services.sagemaker.model.ProcessingS3InputMode;

/** A processing job of SageMaker that runs Smew's image with arguments of ours, on one machine or several. */
public final class ProcessingRun {

    private static final String DOING = "Asking for processing job ";
    private static final int ARGUMENTS = 100;
    private static final int ARGUMENT_LENGTH = 256;

    private ProcessingRun() {}

    /**
     * Files that the machines get before the container starts.
     *
     * @param address of a folder on S3
     * @param folder in the container, below {@code /opt/ml/processing}
     * @param spread whether each machine gets other files, and not all of them
     */
    public record Files(String name, String address, String folder, boolean spread) {}

    /**
     * What to run on what.
     *
     * @param name of the job
     * @param arguments of Smew
     * @param environment of the container
     */
    public record Order(
            String name,
            List<String> arguments,
            Map<String, String> environment,
            List<Files> inputs,
            JobPlace place,
            Machines machines,
            Ownership owner) {
        public Order {
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
            inputs = List.copyOf(inputs);
            arguments.stream()
                    .filter(argument -> argument.length() > ARGUMENT_LENGTH)
                    .findFirst()
                    .ifPresent(argument -> {
                        throw new SmewException(
                                Fault.CONFIGURATION,
                                "Starting processing job " + name + ": the argument "
                                        + argument.substring(0, 60) + "… has " + argument.length()
                                        + " characters, and SageMaker takes 256. Shorten it, or write the value into"
                                        + " the SQL.");
                    });
            if (arguments.size() > ARGUMENTS) {
                throw new SmewException(
                        Fault.CONFIGURATION,
                        "Starting processing job " + name + ": it has " + arguments.size()
                                + " arguments, and SageMaker takes 100. Write values into the SQL instead of --set.");
            }
        }
    }

    /**
     * A job as it is known to SageMaker.
     *
     * @param arguments that it was begun with
     */
    public record Known(String name, Ownership owner, List<String> arguments, int machines) {}

    /** A name for a job of a project. */
    public static String name(String project, Instant now) {
        return ResourceName.of(project, now);
    }

    /** The request that begins the job. */
    public static PlannedRequest plan(Order order) {
        return PlannedRequest.of("CreateProcessingJob", request(order));
    }

    /**
     * Begins the job.
     *
     * @throws SmewException CONFIGURATION or OUTSIDE when SageMaker refuses
     */
    public static void start(SageMaker sageMaker, Order order) {
        ServiceRefusal.await(
                "Starting processing job " + order.name(), sageMaker.client().createProcessingJob(request(order)));
    }

    private static CreateProcessingJobRequest request(Order order) {
        JobPlace place = order.place();
        Machines machines = order.machines();
        CreateProcessingJobRequest.Builder request = CreateProcessingJobRequest.builder()
                .processingJobName(order.name())
                .processingInputs(
                        order.inputs().stream().map(ProcessingRun::input).toList())
                .processingResources(resources -> resources.clusterConfig(cluster -> {
                    cluster.instanceType(machines.type())
                            .instanceCount(machines.count())
                            .volumeSizeInGB(machines.volumeGigabytes());
                    place.kmsKey().ifPresent(cluster::volumeKmsKeyId);
                }))
                .stoppingCondition(stopping -> stopping.maxRuntimeInSeconds(machines.seconds()))
                .appSpecification(
                        application -> application.imageUri(place.image()).containerArguments(order.arguments()))
                .environment(order.environment())
                .roleArn(place.role())
                .tags(order.owner().tags());
        place.vpc()
                .ifPresent(vpc ->
                        request.networkConfig(network -> network.vpcConfig(vpc).enableNetworkIsolation(false)));
        return request.build();
    }

    private static ProcessingInput input(Files files) {
        return ProcessingInput.builder()
                .inputName(files.name())
                .s3Input(s3 -> s3.s3Uri(files.address())
                        .localPath(files.folder())
                        .s3DataType(ProcessingS3DataType.S3_PREFIX)
                        .s3InputMode(ProcessingS3InputMode.FILE)
                        .s3CompressionType(ProcessingS3CompressionType.NONE)
                        .s3DataDistributionType(
                                files.spread()
                                        ? ProcessingS3DataDistributionType.SHARDED_BY_S3_KEY
                                        : ProcessingS3DataDistributionType.FULLY_REPLICATED))
                .build();
    }

    /**
     * Waits for a job, telling each state on the way.
     *
     * @throws SmewException OUTSIDE when the job failed or was stopped, with the reason; OUTSIDE_SLOW when the limit of waiting
     *     has passed
     */
    public static void await(SageMaker sageMaker, String name, Polling polling, Progress progress)
            throws InterruptedException {
        JobWatch watch = new JobWatch(
                "processing job " + name,
                "`smew sagemaker status --job " + name + "` tells how it is, and `smew sagemaker run --resume " + name
                        + "` waits for it again.",
                polling,
                progress);
        DescribeProcessingJobResponse last = watch.until(
                () -> sageMaker.client().describeProcessingJob(request -> request.processingJobName(name)),
                job -> new JobWatch.State(job.processingJobStatusAsString(), ended(job.processingJobStatus())));
        switch (last.processingJobStatus()) {
            case COMPLETED -> {}
            case STOPPED -> throw failed(name, "was stopped by somebody. Start it again with smew sagemaker run.");
            default -> {
                String said = last.exitMessage() == null ? "" : " It says: " + TrainingJob.reason(last.exitMessage());
                throw failed(name, "failed: " + TrainingJob.reason(last.failureReason()) + said);
            }
        }
    }

    private static boolean ended(ProcessingJobStatus status) {
        return status != ProcessingJobStatus.IN_PROGRESS && status != ProcessingJobStatus.STOPPING;
    }

    private static SmewException failed(String name, String how) {
        return new SmewException(
                Fault.OUTSIDE,
                "Processing job " + name + " " + how + " Its log is in CloudWatch, /aws/sagemaker/ProcessingJobs.");
    }

    /**
     * A job that was begun before.
     *
     * @throws SmewException NOT_FOUND when there is no such job; GATE when it is none of this project
     */
    public static Known find(SageMaker sageMaker, String name, Ownership ours) {
        DescribeProcessingJobResponse job = ServiceRefusal.find(
                        DOING + name,
                        sageMaker.client().describeProcessingJob(request -> request.processingJobName(name)))
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        DOING + name + ": there is no such job in " + sageMaker.region()
                                + ". `smew sagemaker status` lists those of this project."));
        Ownership owner = sageMaker
                .owner(job.processingJobArn())
                .filter(found -> !ours.differs(found))
                .orElseThrow(() -> new SmewException(
                        Fault.GATE,
                        DOING + name + ": its tags do not name the project " + ours.project()
                                + ". Name a job that smew sagemaker run began in this project."));
        return new Known(
                name,
                owner,
                job.appSpecification().containerArguments(),
                job.processingResources().clusterConfig().instanceCount());
    }
}
