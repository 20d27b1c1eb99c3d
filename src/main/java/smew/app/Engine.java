package smew.app;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import smew.aws.AwsSettings;
import smew.base.Progress;
import smew.columns.Table;
import smew.features.TestResult;
import smew.model.Card;
import smew.monitor.Drift;
import smew.monitor.LogSettings;
import smew.publish.Destination;
import smew.publish.Publication;
import smew.sagemaker.ContainerFiles;
import smew.sagemaker.EndpointSettings;
import smew.serve.ServeSettings;
import smew.starter.StarterProject;
import smew.starter.StarterRequest;
import smew.store.StoreSettings;

/**
 * What the commands ask of the rooms: they parse, call this, and print. One implementation wires the rooms; tests hand in
 * their own. Everything fails with {@link smew.base.SmewException}.
 */
interface Engine {

    /** One run: from the sources to a published release. */
    RunResult run(RunRequest request, Progress progress);

    /** Tells whoever looks at the store when the next run is due; {@code schedule} as it was written. Fails never. */
    void planned(StoreSettings store, String schedule, Instant next);

    /** One run up to the checks and leak tests, without a release. What they find is no failure of this. */
    CheckResult check(RunRequest request, Progress progress);

    /** Runs the tests of a project's SQL, and nothing else. What they find is no failure of this. */
    List<TestResult> test(Path project, Progress progress);

    /** What analysts ask while they write SQL. */
    WritingHelp writingHelp();

    /** The SQL of a project for a file of data; nothing is written. */
    StarterProject starter(StarterRequest request, Progress progress);

    /** Starts the server and returns once it answers. */
    RunningServer serve(ServeRequest request);

    /** The same for the one model of a SageMaker container, without a store. */
    RunningServer host(HostRequest request);

    /**
     * Trains the model of a SageMaker training job.
     *
     * @param log hears what a person should know besides progress
     * @return empty where another host of the job trains
     */
    Optional<Card> train(TrainRequest request, Progress progress, Consumer<String> log);

    /**
     * What a run would do.
     *
     * @param run whether to do it, without publishing, and to compare
     */
    Plan plan(RunRequest request, boolean run, Progress progress);

    /**
     * Runs what changes of the project concern, in memory, until it is interrupted.
     *
     * @param alarm waits between two looks at the files
     */
    void watch(RunRequest request, Alarm alarm, WatchListener told) throws InterruptedException;

    /** The first rows of an answer, at most {@code limit}, for a person to read. */
    Preview preview(SqlRequest request, int limit);

    /** Writes a whole answer into a file that does not exist yet. */
    void export(SqlRequest request, SqlRequest.Format format, Path file);

    /** Predictions of one model for every entity of a release, with reasons if that is wanted. */
    Scores score(ScoreRequest request, Progress progress);

    /** How far what is served is from what each model was learned from. */
    List<Drift> drift(DriftRequest request);

    /** Takes in what became of predictions, and says how right they were. */
    LiveFigures outcomes(OutcomesRequest request);

    /** Writes a table into a file that does not exist yet. */
    void export(Table table, SqlRequest.Format format, Path file);

    /**
     * Writes a file to S3, in place of what is there.
     *
     * @param address such as {@code s3://bucket/scores.parquet}
     * @param reached how S3 is
     */
    void upload(Path file, String address, StoreSettings reached);

    /**
     * Runs a release again, from what it says of itself, and compares.
     *
     * @return what is the same, and what differs
     */
    Reproduction reproduce(ReproduceRequest request, Progress progress);

    /** Every release of a store, the newest first. */
    List<ReleaseLine> releases(StoreSettings store);

    /** Makes an older release current. NOT_FOUND names the newest id. */
    ReleaseLine rollback(StoreSettings store, String id);

    /**
     * Deletes all releases but the newest and the current one, and on S3 what jobs left that belongs to none of these.
     *
     * @param aws how SageMaker is reached, which is asked what it still needs where jobs left something
     * @return ids of releases, newest first, then prefixes of a store on S3
     */
    List<String> prune(StoreSettings store, AwsSettings aws, int keep);

    /** Makes feature views tables of a warehouse on AWS. What cannot be reached from here is answered with a script. */
    Publication publish(PublishRequest request, boolean replace, Duration timeout, Progress progress);

    /** What publishing would run, without credentials, network or change. */
    Publication.Script publishScript(PublishRequest request);

    /** What happens on SageMaker. */
    SageMakerEngine sageMaker();

    /** Every algorithm that {@code @algorithm} knows. */
    List<AlgorithmLine> algorithms();

    /**
     * How to serve.
     *
     * @param settings without a token where the address needs one and none was given: one is generated
     * @param accessLog empty: no line is written for requests
     * @param predictionLog how predictions are kept in the store; empty: they are not
     * @param backend empty: the models of the release answer
     * @param sql what queries over HTTP may take; empty: none are answered
     * @param project whose SQL is shown as it stands on disk, with or without a release; empty: none
     */
    record ServeRequest(
            StoreSettings store,
            ServeSettings settings,
            Optional<AccessLogTo> accessLog,
            Optional<LogSettings> predictionLog,
            Optional<BackendRequest> backend,
            Optional<SqlProcesses.Limits> sql,
            Optional<ProjectRequest> project) {}

    /**
     * An endpoint that computes predictions by id.
     *
     * @param fallback the model of the release answers where the endpoint fails
     * @param allowDifference the endpoint may say something else than the model of the release
     */
    record BackendRequest(EndpointSettings endpoint, boolean fallback, boolean allowDifference) {}

    /**
     * How to host the model of a container.
     *
     * @param host empty: every address, as SageMaker wants it
     * @param port empty: what SageMaker says, or else 8080
     * @param token empty: none, because the network of the container is the guard
     * @param bodyLimitBytes empty: 25 MiB, or what SageMaker says if that is more
     */
    record HostRequest(
            ContainerFiles files,
            Map<String, String> environment,
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> token,
            Optional<Long> bodyLimitBytes,
            Duration stopWithin) {
        public HostRequest {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * One training job.
     *
     * @param prefix holds what SageMaker mounts; empty: the folder where it does so
     */
    record TrainRequest(Optional<Path> prefix, Map<String, String> environment) {
        public TrainRequest {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * A query over the current release.
     *
     * @param origin where the text came from, for errors: a file's name or {@code the command line}
     */
    record SqlRequest(StoreSettings store, String sql, String origin, Map<String, String> variables) {
        public SqlRequest {
            variables = Map.copyOf(variables);
        }

        /** How an answer is written. */
        enum Format {
            TABLE,
            CSV,
            JSON,
            PARQUET
        }
    }

    /**
     * The top of an answer.
     *
     * @param table may hold one row more than is to be shown
     * @param limit how many rows to show
     */
    record Preview(Table table, int limit) {}

    /**
     * What to publish, and where to.
     *
     * @param release empty: the current one
     * @param location where the store lies for the reader; empty: where it is
     * @param views empty: all of the release
     */
    record PublishRequest(
            StoreSettings store,
            Optional<String> release,
            Optional<String> location,
            List<String> views,
            Destination to) {
        public PublishRequest {
            views = List.copyOf(views);
        }
    }

    /**
     * One release in a list.
     *
     * @param held whether a gate held it back when it was made
     */
    record ReleaseLine(
            String id,
            boolean current,
            boolean held,
            Instant created,
            LocalDate asOf,
            List<String> views,
            List<String> models) {}

    /** One algorithm. */
    record AlgorithmLine(String name, String description, List<String> tasks, List<Parameter> parameters) {
        /** One of its parameters; the range and the default as a person would write them. */
        record Parameter(String name, String range, String defaultValue, String description) {}
    }
}
