package smew.sagemaker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.Channel;
import software.amazon.awssdk.services.sagemaker.model.CompressionType;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobResponse;
import software.amazon.awssdk.services.sagemaker.model.MetricDefinition;
import software.amazon.awssdk.services.sagemaker.model.S3DataDistribution;
import software.amazon.awssdk.services.sagemaker.model.S3DataType;
import software.amazon.awssdk.services.sagemaker.model.TrainingInputMode;
import software.amazon.awssdk.services.sagemaker.model.TrainingJobStatus;

/** A training job of SageMaker that learns one model of a release. */
public final class TrainingJob {

    private static final String DOING = "Asking for training job ";

    private TrainingJob() {}

    /**
     * What is to be learned, from what, and on what.
     *
     * @param hyperParameters what the container is told
     * @param rows address of the folder that holds the model's rows as Parquet
     * @param output address of the folder that gets what the job leaves
     * @param figures names of what the container prints as {@code smew NAME=VALUE}, which SageMaker keeps as metrics
     * @param spot whether to run on spare machines, which cost less and may be taken away
     * @param owner names the model and the release
     */
    public record Order(
            Map<String, String> hyperParameters,
            String rows,
            String output,
            List<String> figures,
            JobPlace place,
            Machines machines,
            boolean spot,
            Ownership owner) {
        public Order {
            hyperParameters = new TreeMap<>(hyperParameters);
            figures = List.copyOf(figures);
        }
    }

    /**
     * A job that has ended well.
     *
     * @param artefacts address of its model.tar.gz
     * @param billed what it costs; empty where SageMaker does not say
     */
    public record Ended(String name, String artefacts, Optional<Duration> billed) {}

    /** The request that begins the job. */
    public static PlannedRequest plan(Order order, Instant now) {
        return PlannedRequest.of("CreateTrainingJob", request(order, now));
    }

    /**
     * Begins the job.
     *
     * @return its name
     * @throws SmewException CONFIGURATION or OUTSIDE when SageMaker refuses
     */
    public static String start(SageMaker sageMaker, Order order, Instant now) {
        CreateTrainingJobRequest request = request(order, now);
        ServiceRefusal.await(
                "Starting training job " + request.trainingJobName(),
                sageMaker.client().createTrainingJob(request));
        return request.trainingJobName();
    }

    private static CreateTrainingJobRequest request(Order order, Instant now) {
        JobPlace place = order.place();
        Machines machines = order.machines();
        CreateTrainingJobRequest.Builder request = CreateTrainingJobRequest.builder()
                .trainingJobName(ResourceName.of(order.owner().model().orElse("model"), now))
                .hyperParameters(order.hyperParameters())
                .algorithmSpecification(algorithm -> algorithm
                        .trainingImage(place.image())
                        .trainingInputMode(TrainingInputMode.FILE)
                        .metricDefinitions(order.figures().stream()
                                .map(TrainingJob::metric)
                                .toList()))
                .roleArn(place.role())
                .inputDataConfig(rows(order.rows()))
                .outputDataConfig(output -> {
                    output.s3OutputPath(order.output());
                    place.kmsKey().ifPresent(output::kmsKeyId);
                })
                .resourceConfig(resources -> {
                    resources
                            .instanceType(machines.type())
                            .instanceCount(machines.count())
                            .volumeSizeInGB(machines.volumeGigabytes());
                    place.kmsKey().ifPresent(resources::volumeKmsKeyId);
                })
                .stoppingCondition(stopping -> {
                    stopping.maxRuntimeInSeconds(machines.seconds());
                    if (order.spot()) {
                        // Spare machines may come late: as long again may pass before there is one.
                        stopping.maxWaitTimeInSeconds(2 * machines.seconds());
                    }
                })
                .enableManagedSpotTraining(order.spot())
                .enableNetworkIsolation(place.isolated())
                .tags(order.owner().tags());
        place.vpc().ifPresent(request::vpcConfig);
        return request.build();
    }

    private static Channel rows(String address) {
        return Channel.builder()
                .channelName("train")
                .contentType("application/x-parquet")
                .compressionType(CompressionType.NONE)
                .dataSource(source -> source.s3DataSource(s3 -> s3.s3Uri(address)
                        .s3DataType(S3DataType.S3_PREFIX)
                        .s3DataDistributionType(S3DataDistribution.FULLY_REPLICATED)))
                .build();
    }

    private static MetricDefinition metric(String figure) {
        return MetricDefinition.builder()
                .name(figure)
                .regex("smew " + figure + "=([0-9.eE+-]+)")
                .build();
    }

    /**
     * Waits for a job, telling each state on the way.
     *
     * @throws SmewException OUTSIDE when the job failed or was stopped, with the reason; OUTSIDE_SLOW when the limit of waiting has passed
     */
    public static Ended await(SageMaker sageMaker, String name, Polling polling, Progress progress)
            throws InterruptedException {
        JobWatch watch = new JobWatch(
                "training job " + name,
                "`smew sagemaker status --job " + name + "` tells how it is, and `smew sagemaker train --resume " + name
                        + "` brings its model back.",
                polling,
                progress);
        DescribeTrainingJobResponse last = watch.until(
                () -> sageMaker.client().describeTrainingJob(request -> request.trainingJobName(name)),
                TrainingJob::state);
        return switch (last.trainingJobStatus()) {
            case COMPLETED ->
                new Ended(
                        name,
                        last.modelArtifacts().s3ModelArtifacts(),
                        Optional.ofNullable(last.billableTimeInSeconds()).map(Duration::ofSeconds));
            case FAILED -> throw failed(name, "failed: " + reason(last.failureReason()));
            default -> throw failed(name, stopped(last));
        };
    }

    /**
     * Whose job it is, and of which release and model.
     *
     * @throws SmewException NOT_FOUND when there is no such job; GATE when it is none of this project
     */
    public static Ownership owner(SageMaker sageMaker, String name, Ownership ours) {
        DescribeTrainingJobResponse job = ServiceRefusal.find(
                        DOING + name, sageMaker.client().describeTrainingJob(request -> request.trainingJobName(name)))
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        DOING + name + ": there is no such job in " + sageMaker.region()
                                + ". `smew sagemaker status` lists those of this project."));
        return sageMaker
                .owner(job.trainingJobArn())
                .filter(found -> !ours.differs(found))
                .orElseThrow(() -> new SmewException(
                        Fault.GATE,
                        DOING + name + ": its tags do not name the project " + ours.project()
                                + ". Name a job that smew sagemaker train began in this project."));
    }

    private static JobWatch.State state(DescribeTrainingJobResponse job) {
        TrainingJobStatus status = job.trainingJobStatus();
        boolean ended = status != TrainingJobStatus.IN_PROGRESS && status != TrainingJobStatus.STOPPING;
        String shown =
                job.secondaryStatusAsString() == null ? job.trainingJobStatusAsString() : job.secondaryStatusAsString();
        return new JobWatch.State(shown, ended);
    }

    private static String stopped(DescribeTrainingJobResponse job) {
        return switch (job.secondaryStatus()) {
            case MAX_RUNTIME_EXCEEDED ->
                "was stopped, because it took longer than --max-runtime. Give it more, or a larger --instance-type.";
            case MAX_WAIT_TIME_EXCEEDED ->
                "was stopped, because no spare machine could be had for long enough. Try without --spot.";
            default -> "was stopped by somebody. Start it again with smew sagemaker train.";
        };
    }

    /** One sentence of its own. */
    static String reason(@Nullable String given) {
        String reason = given == null || given.isBlank() ? "SageMaker gives no reason" : given.strip();
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private static SmewException failed(String name, String how) {
        return new SmewException(
                Fault.OUTSIDE,
                "Training job " + name + " " + how + " Its log is in CloudWatch, /aws/sagemaker/TrainingJobs.");
    }
}
