package smew.app;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import smew.aws.AwsSettings;
import smew.base.Progress;
import smew.release.Manifest;
import smew.sagemaker.Deployment;
import smew.sagemaker.Ownership;
import smew.sagemaker.Removal;
import smew.sagemaker.Standing;

/** Does no work, and remembers what it was asked. */
final class RecordingSageMaker implements SageMakerEngine {

    final List<TrainOrder> trainings = new ArrayList<>();
    final List<DeployOrder> deployments = new ArrayList<>();
    final List<RunOrder> runs = new ArrayList<>();
    final List<RunRequest> shards = new ArrayList<>();
    final List<Ownership> owners = new ArrayList<>();

    @Override
    public JobOutcome train(TrainOrder order, Progress progress) {
        trainings.add(order);
        return new JobOutcome.Started("job-1");
    }

    @Override
    public JobOutcome run(RunOrder order, Progress progress) {
        runs.add(order);
        return new JobOutcome.Started("job-1");
    }

    @Override
    public RunResult shard(RunRequest request, Progress progress) {
        shards.add(request);
        Manifest manifest = new Manifest(
                "20260101T000000.000Z-000000000000",
                Instant.EPOCH,
                request.asOf(),
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
        return new RunResult(manifest, request.store().location(), Optional.empty());
    }

    @Override
    public DeployOutcome deploy(DeployOrder order, Progress progress) {
        deployments.add(order);
        return new DeployOutcome.Deployed(
                new Deployment.Done(order.endpoint(), "config", "model", Deployment.Change.CREATED, Optional.empty()),
                "20260101T000000.000Z-000000000000",
                "risk",
                true,
                Optional.empty());
    }

    @Override
    public Standing status(AwsSettings aws, Ownership owner, Optional<String> endpoint, Optional<String> job) {
        owners.add(owner);
        return new Standing(
                List.of(),
                List.of(new Standing.Job(
                        "job-1",
                        "training",
                        "Failed",
                        Optional.of("AlgorithmError"),
                        Optional.of(LocalDate.EPOCH.toString()),
                        Optional.of("risk"),
                        Instant.EPOCH,
                        Optional.empty())));
    }

    @Override
    public Removal delete(AwsSettings aws, Ownership owner, Named named, Predicate<Removal> confirm) {
        throw new IllegalStateException("not asked for");
    }
}
