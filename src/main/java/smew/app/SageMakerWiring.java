package smew.app;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import smew.aws.AwsSettings;
import smew.base.Progress;
import smew.sagemaker.Ownership;
import smew.sagemaker.Removal;
import smew.sagemaker.SageMaker;
import smew.sagemaker.Standing;

/** Wires the rooms together for the commands below {@code sagemaker}. */
record SageMakerWiring(Clock clock) implements SageMakerEngine {

    @Override
    public JobOutcome train(TrainOrder order, Progress progress) throws InterruptedException {
        return TrainingVerb.train(order, clock, progress);
    }

    @Override
    public JobOutcome run(RunOrder order, Progress progress) throws InterruptedException {
        return ProcessingVerb.run(order, clock, progress);
    }

    @Override
    public RunResult shard(RunRequest request, Progress progress) {
        return new ReleaseRun(request, clock, progress).shard();
    }

    @Override
    public DeployOutcome deploy(DeployOrder order, Progress progress) throws InterruptedException {
        return DeploymentVerb.deploy(order, progress);
    }

    @Override
    public Standing status(AwsSettings aws, Ownership owner, Optional<String> endpoint, Optional<String> job) {
        try (SageMaker sageMaker = SageMaker.open(aws)) {
            return endpoint.map(name -> Standing.ofEndpoint(sageMaker, name))
                    .or(() -> job.map(name -> Standing.ofJob(sageMaker, name)))
                    .orElseGet(() -> Standing.of(sageMaker, owner));
        }
    }

    @Override
    public Removal delete(AwsSettings aws, Ownership owner, Named named, Predicate<Removal> confirm) {
        try (SageMaker sageMaker = SageMaker.open(aws)) {
            Removal removal = switch (named) {
                case Named.Endpoint endpoint -> Removal.ofEndpoint(sageMaker, endpoint.name(), owner);
                case Named.Job job -> Removal.ofJob(sageMaker, job.name(), owner);
            };
            if (confirm.test(removal)) {
                removal.perform();
            }
            return removal;
        }
    }
}
