package smew.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.RunOrder;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.learn.Training;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.Releases;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Polling;
import smew.sagemaker.ProcessingRun;
import smew.sagemaker.SageMaker;
import smew.store.S3Store;
import smew.store.Store;

/** Runs a project on machines of SageMaker: its SQL to S3, a job, and where there are several machines, their parts into one. */
final class ProcessingVerb {

    static final String PROJECT = "/opt/ml/processing/input/project";
    static final String SHARD = "/opt/ml/processing/input/shard";

    /** The user of the image may write there. */
    private static final String CACHE = "/tmp/smew-cache";

    private final RunOrder order;
    private final Clock clock;
    private final Progress progress;
    private final S3Store store;
    private final SageMaker sageMaker;
    private final Project project;

    private ProcessingVerb(
            RunOrder order, Clock clock, Progress progress, S3Store store, SageMaker sageMaker, Project project) {
        this.order = order;
        this.clock = clock;
        this.progress = progress;
        this.store = store;
        this.sageMaker = sageMaker;
        this.project = project;
    }

    static JobOutcome run(RunOrder order, Clock clock, Progress progress) throws InterruptedException {
        RunRequest run = order.run();
        try (Store opened = Store.open(run.store());
                SageMaker sageMaker = SageMaker.open(order.aws())) {
            if (!(opened instanceof S3Store store)) {
                throw new SmewException(
                        Fault.USAGE,
                        "smew sagemaker run needs a store on S3, where the job publishes, and found "
                                + opened.location() + ". Give --store s3://BUCKET/PREFIX.");
            }
            ProcessingVerb verb = new ProcessingVerb(order, clock, progress, store, sageMaker, project(run));
            return order.resume().isPresent() ? verb.resume(order.resume().get()) : verb.begin();
        }
    }

    /** What is wrong with the project is told before anything is sent. */
    private static Project project(RunRequest run) {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Project project = Project.read(run.project(), duck::parse);
            if (!run.featuresOnly()) {
                project.models().forEach(Training::check);
            }
            return project;
        }
    }

    private JobOutcome begin() throws InterruptedException {
        Map<String, String> inputs = RemoteInputs.of(project, order.run());
        Optional<ShardedInput> shard =
                order.machines().count() > 1 ? Optional.of(ShardedInput.of(project, inputs, order)) : Optional.empty();
        String name = ProcessingRun.name(order.owner().project(), clock.instant());
        Map<String, Path> sql = sql();
        String folder = "sagemaker/projects/" + digest(sql);
        ProcessingRun.Order job = job(name, folder, shard);
        if (order.going().dryRun()) {
            List<PlannedRequest> planned = new ArrayList<>();
            sql.forEach((path, file) -> {
                if (!store.keeps(file, folder + "/" + path)) {
                    planned.add(PlannedRequest.upload(store.where(folder + "/" + path), file));
                }
            });
            planned.add(ProcessingRun.plan(job));
            return new JobOutcome.Planned(planned);
        }
        try (Progress.Step _ = progress.start("upload of sql/")) {
            sql.forEach((path, file) -> store.keep(file, folder + "/" + path));
        }
        ProcessingRun.start(sageMaker, job);
        // Before the job named them, somebody who prunes could have taken them for files that nobody needs.
        sql.forEach((path, file) -> store.keep(file, folder + "/" + path));
        Optional<Polling> waiting = order.going().waiting();
        if (waiting.isEmpty()) {
            return new JobOutcome.Started(name);
        }
        order.going().begun(name, "run");
        return finish(name, shard.isPresent(), waiting.get());
    }

    private Map<String, Path> sql() {
        Map<String, Path> files = new TreeMap<>();
        project.relations()
                .forEach(relation -> files.put(
                        relation.file().path(),
                        order.run().project().resolve(relation.file().path())));
        return files;
    }

    private static String digest(Map<String, Path> files) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((path, file) -> {
            try {
                digests.put(path, Digest.of(file));
            } catch (IOException failed) {
                throw Scratch.failure("Reading " + file, failed);
            }
        });
        return Digest.of(Json.write(digests));
    }

    private ProcessingRun.Order job(String name, String folder, Optional<ShardedInput> shard) {
        RunRequest run = order.run();
        List<String> arguments = new ArrayList<>(shard.isPresent() ? List.of("sagemaker", "shard") : List.of("run"));
        arguments.addAll(List.of("--project", PROJECT, "--store", shard.isPresent() ? shards(name) : store.location()));
        arguments.addAll(List.of("--as-of", run.asOf().toString(), "--cache", CACHE));
        run.seed().ifPresent(seed -> arguments.addAll(List.of("--seed", Long.toString(seed))));
        if (run.featuresOnly() && shard.isEmpty()) {
            arguments.add("--features-only");
        }
        if (!run.leakTests()) {
            arguments.addAll(List.of("--leak-tests", "none"));
        }
        run.orders()
                .force()
                .filter(_ -> shard.isEmpty())
                .ifPresent(reason -> arguments.addAll(List.of("--force", reason)));
        run.store().s3().kmsKey().ifPresent(key -> arguments.addAll(List.of("--s3-kms-key", key)));
        run.store().s3().storageClass().ifPresent(kind -> arguments.addAll(List.of("--s3-storage-class", kind)));
        Map<String, String> sets = new TreeMap<>();
        run.variables().forEach((variable, given) -> sets.put(variable, given.text()));
        shard.ifPresent(spread -> {
            sets.keySet().removeIf(spread.variable()::equalsIgnoreCase);
            sets.put(spread.variable(), spread.local());
        });
        sets.forEach((variable, value) -> arguments.addAll(List.of("--set", variable + "=" + value)));
        List<ProcessingRun.Files> inputs = new ArrayList<>();
        inputs.add(new ProcessingRun.Files("project", store.where(folder) + "/", PROJECT, false));
        shard.ifPresent(spread -> inputs.add(new ProcessingRun.Files("shard", spread.folder(), SHARD, true)));
        return new ProcessingRun.Order(
                name,
                arguments,
                Map.of("AWS_REGION", sageMaker.region()),
                inputs,
                order.place().orElseThrow(),
                order.machines(),
                order.owner());
    }

    private String shards(String job) {
        return store.where("sagemaker/shards/" + job);
    }

    private JobOutcome resume(String name) throws InterruptedException {
        ProcessingRun.Known known = ProcessingRun.find(sageMaker, name, order.owner());
        Polling waiting = order.going()
                .waiting()
                .orElseThrow(() -> new SmewException(
                        Fault.USAGE, "--resume waits for a job, and --no-wait does not; give one of them."));
        return finish(name, known.arguments().contains("shard"), waiting);
    }

    private JobOutcome finish(String name, boolean sharded, Polling waiting) throws InterruptedException {
        ProcessingRun.await(sageMaker, name, waiting, progress);
        return new JobOutcome.Released(name, sharded ? merged(name) : published());
    }

    /** The job published it. */
    private RunResult published() {
        Releases releases = new Releases(store);
        Manifest manifest = releases.manifest(releases.requireCurrent());
        return new RunResult(manifest, store.where("releases/" + manifest.id()), Optional.empty());
    }

    private RunResult merged(String name) {
        refuseModelsOverSources(project, order.run());
        return new ShardMerge(order, project, store, clock, progress).merge(name);
    }

    /** A model over a source needs it whole, and it is nowhere whole. */
    static void refuseModelsOverSources(Project project, RunRequest run) {
        List<String> torn = run.featuresOnly()
                ? List.of()
                : project.models().stream()
                        .filter(model -> RunPart.readsSource(project, model))
                        .map(Relation::name)
                        .toList();
        if (!torn.isEmpty()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Running on several machines: model " + String.join(", ", torn)
                            + " reads a source itself, which no machine has whole. Put what it needs into a feature view,"
                            + " or give --features-only.");
        }
    }
}
