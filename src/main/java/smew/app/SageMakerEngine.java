package smew.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import smew.aws.AwsSettings;
import smew.base.Progress;
import smew.sagemaker.Deployment;
import smew.sagemaker.Hosting;
import smew.sagemaker.JobPlace;
import smew.sagemaker.Machines;
import smew.sagemaker.Ownership;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Polling;
import smew.sagemaker.Removal;
import smew.sagemaker.Standing;
import smew.store.StoreSettings;

/** What the commands below {@code sagemaker} ask of the rooms. Everything fails with {@link smew.base.SmewException}. */
interface SageMakerEngine {

    /** Trains a model of a release on SageMaker, and publishes a release with it. */
    JobOutcome train(TrainOrder order, Progress progress) throws InterruptedException;

    /** Runs a project on one machine or several, and publishes its release. */
    JobOutcome run(RunOrder order, Progress progress) throws InterruptedException;

    /** One machine's part of such a run. */
    RunResult shard(RunRequest request, Progress progress);

    /** Puts a model of a release behind an endpoint. */
    DeployOutcome deploy(DeployOrder order, Progress progress) throws InterruptedException;

    /** How one endpoint or job is, or else all that a project made. */
    Standing status(AwsSettings aws, Ownership owner, Optional<String> endpoint, Optional<String> job);

    /**
     * Takes away what a project made.
     *
     * @param confirm sees what would be done and says whether to do it
     */
    Removal delete(AwsSettings aws, Ownership owner, Named named, Predicate<Removal> confirm);

    /** What is to be deleted. */
    sealed interface Named {
        /** An endpoint with all that belongs to it. */
        record Endpoint(String name) implements Named {}

        /** A job that may be running. */
        record Job(String name) implements Named {}
    }

    /**
     * How far to go.
     *
     * @param dryRun send nothing that changes anything
     * @param waiting empty: begin, and leave it to itself
     * @param say hears how to go on, as soon as something was begun
     */
    record Going(boolean dryRun, Optional<Polling> waiting, Consumer<String> say) {

        /** Tells of a job that goes on whatever becomes of this process. */
        void begun(String job, String verb) {
            say.accept("Job " + job + " has begun. Ctrl-C leaves it running; `smew sagemaker " + verb + " --resume "
                    + job + "` waits for it again, and `smew sagemaker delete --job " + job + " --yes` stops it.");
        }
    }

    /**
     * What to train where.
     *
     * @param aws how SageMaker is reached
     * @param model empty: the first of the release
     * @param release empty: the current one, which has to be current still when the model comes back
     * @param resume a job that was begun before; empty: begin one
     * @param place empty only where a job is resumed
     * @param force why the release is to become current whatever speaks against the model
     */
    record TrainOrder(
            StoreSettings store,
            AwsSettings aws,
            Optional<String> model,
            Optional<String> release,
            Optional<String> resume,
            Optional<JobPlace> place,
            Machines machines,
            boolean spot,
            Optional<String> force,
            Ownership owner,
            Going going) {}

    /**
     * What to run where.
     *
     * @param run with the store of the release
     * @param shard the input to spread over several machines; empty: the only one that can be
     * @param resume a job that was begun before; empty: begin one
     * @param place empty only where a job is resumed
     */
    record RunOrder(
            RunRequest run,
            AwsSettings aws,
            Optional<String> shard,
            Optional<String> resume,
            Optional<JobPlace> place,
            Machines machines,
            Ownership owner,
            Going going) {}

    /** What became of a job. */
    sealed interface JobOutcome {
        /** What would be sent. */
        record Planned(List<PlannedRequest> requests) implements JobOutcome {
            public Planned {
                requests = List.copyOf(requests);
            }
        }

        /** It was begun. */
        record Started(String job) implements JobOutcome {}

        /** It ended, and this release came of it. */
        record Released(String job, RunResult release) implements JobOutcome {}
    }

    /**
     * What to deploy where.
     *
     * @param upload where the archive goes where the store is a folder
     * @param model empty: the first of the release
     * @param release empty: the current one
     * @param allowDifference whether an endpoint may say other things than the model
     */
    record DeployOrder(
            StoreSettings store,
            AwsSettings aws,
            Optional<String> upload,
            Optional<String> model,
            Optional<String> release,
            String endpoint,
            String variant,
            JobPlace place,
            Hosting hosting,
            Optional<Hosting.Scaling> scaling,
            Optional<Hosting.Capture> capture,
            boolean allowDifference,
            Ownership owner,
            Going going) {}

    /** What became of a deployment. */
    sealed interface DeployOutcome {
        /** What would be sent. */
        record Planned(List<PlannedRequest> requests) implements DeployOutcome {
            public Planned {
                requests = List.copyOf(requests);
            }
        }

        /**
         * It was begun, or is done.
         *
         * @param inService whether it was waited for
         * @param difference between endpoint and model, where that was allowed
         */
        record Deployed(
                Deployment.Done done, String release, String model, boolean inService, Optional<String> difference)
                implements DeployOutcome {}
    }
}
