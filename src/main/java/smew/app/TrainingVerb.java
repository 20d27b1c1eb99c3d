package smew.app;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.app.SageMakerEngine.JobOutcome;
import smew.app.SageMakerEngine.TrainOrder;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.report.Report;
import smew.sagemaker.HyperParameters;
import smew.sagemaker.ModelArchive;
import smew.sagemaker.Ownership;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Polling;
import smew.sagemaker.SageMaker;
import smew.sagemaker.TrainingJob;
import smew.store.RemoteFiles;
import smew.store.S3Store;
import smew.store.Store;

/** Trains a model of a release on SageMaker: rows to S3, a job, its model into a new release. */
final class TrainingVerb {

    private final TrainOrder order;
    private final Clock clock;
    private final Progress progress;
    private final S3Store store;
    private final Releases releases;
    private final SageMaker sageMaker;

    private TrainingVerb(
            TrainOrder order, Clock clock, Progress progress, S3Store store, Releases releases, SageMaker sageMaker) {
        this.order = order;
        this.clock = clock;
        this.progress = progress;
        this.store = store;
        this.releases = releases;
        this.sageMaker = sageMaker;
    }

    static JobOutcome train(TrainOrder order, Clock clock, Progress progress) throws InterruptedException {
        try (Store opened = Store.open(order.store());
                SageMaker sageMaker = SageMaker.open(order.aws())) {
            if (!(opened instanceof S3Store store)) {
                throw new SmewException(
                        Fault.USAGE,
                        "smew sagemaker train needs a store on S3, where the job finds its rows, and found "
                                + opened.location() + ". Run with --store s3://BUCKET/PREFIX first.");
            }
            TrainingVerb verb = new TrainingVerb(order, clock, progress, store, new Releases(store), sageMaker);
            return order.resume().isPresent() ? verb.resume(order.resume().get()) : verb.begin();
        }
    }

    private JobOutcome begin() throws InterruptedException {
        ReleaseId id = order.release().map(releases::find).orElseGet(releases::requireCurrent);
        try (ReleaseFiles files = releases.files(releases.manifest(id));
                Scratch scratch = Scratch.open()) {
            ReleasedModel model = ReleasedModel.export(files, order.model(), scratch, progress);
            String folder = "sagemaker/training/" + model.digest();
            String key = folder + "/" + ReleasedModel.ROWS;
            TrainingJob.Order job = job(id, model, store.where(folder) + "/");
            if (order.going().dryRun()) {
                List<PlannedRequest> planned = new ArrayList<>();
                if (!store.keeps(model.rows(), key)) {
                    planned.add(PlannedRequest.upload(store.where(key), model.rows()));
                }
                planned.add(TrainingJob.plan(job, clock.instant()));
                return new JobOutcome.Planned(planned);
            }
            try (Progress.Step _ = progress.start("upload of rows")) {
                store.keep(model.rows(), key);
            }
            String name = TrainingJob.start(sageMaker, job, clock.instant());
            // Before the job named them, somebody who prunes could have taken old rows for rows that nobody needs.
            store.keep(model.rows(), key);
            Optional<Polling> waiting = order.going().waiting();
            if (waiting.isEmpty()) {
                return new JobOutcome.Started(name);
            }
            order.going().begun(name, "train");
            return released(name, id, files, model, scratch, waiting.get());
        }
    }

    private TrainingJob.Order job(ReleaseId id, ReleasedModel model, String rows) {
        return new TrainingJob.Order(
                HyperParameters.of(model.definition(), releases.manifest(id).asOf()),
                rows,
                store.where("sagemaker/jobs/"),
                Report.figures(),
                order.place().orElseThrow(),
                order.machines(),
                order.spot(),
                owner(id, model));
    }

    private Ownership owner(ReleaseId id, ReleasedModel model) {
        return order.owner().ofRelease(id.value()).ofModel(model.definition().name());
    }

    /** Its tags name the release and the model that a job was begun for. */
    private JobOutcome resume(String name) throws InterruptedException {
        Ownership owner = TrainingJob.owner(sageMaker, name, order.owner());
        ReleaseId id = releases.find(order.release().or(owner::release).orElse(""));
        if (!owner.release().equals(Optional.of(id.value()))) {
            throw new SmewException(
                    Fault.USAGE,
                    "Resuming job " + name + ": it was begun for release "
                            + owner.release().orElse("(none)") + ", not for " + id + ". Leave out --release.");
        }
        try (ReleaseFiles files = releases.files(releases.manifest(id));
                Scratch scratch = Scratch.open()) {
            ReleasedModel model = ReleasedModel.export(files, owner.model(), scratch, progress);
            Polling waiting = order.going()
                    .waiting()
                    .orElseThrow(() -> new SmewException(
                            Fault.USAGE, "--resume waits for a job, and --no-wait does not; give one of them."));
            return released(name, id, files, model, scratch, waiting);
        }
    }

    private JobOutcome released(
            String name, ReleaseId id, ReleaseFiles files, ReleasedModel model, Scratch scratch, Polling waiting)
            throws InterruptedException {
        TrainingJob.Ended ended = TrainingJob.await(sageMaker, name, waiting, progress);
        requireStillCurrent(name, id);
        Path folder = scratch.folder("model");
        Manifest.Input origin;
        try (RemoteFiles remote = new RemoteFiles(order.store());
                Progress.Step _ = progress.start("download of " + ModelArchive.NAME)) {
            Path copy = remote.fetch(ended.artefacts()).files().stream()
                    .findFirst()
                    .map(RemoteFiles.File::copy)
                    .orElseThrow(() -> new SmewException(
                            Fault.OUTSIDE,
                            "Bringing back the model of job " + name + ": there is no " + ended.artefacts()
                                    + ". Train again."));
            ModelArchive unpacked = ModelArchive.unpack(ended.artefacts(), copy, folder);
            origin = new Manifest.Input(
                    model.definition().name(),
                    TrainedRelease.ORIGIN,
                    ended.artefacts(),
                    unpacked.bytes(),
                    unpacked.digest());
        }
        RunResult result = new TrainedRelease(
                        releases,
                        files,
                        model,
                        folder,
                        origin,
                        clock,
                        order.owner().project(),
                        order.force())
                .publish(scratch, progress);
        return new JobOutcome.Released(name, result);
    }

    /** A release that was published meanwhile has newer features: a model on older ones must not replace it unasked. */
    private void requireStillCurrent(String name, ReleaseId id) {
        Optional<ReleaseId> current = releases.current();
        if (order.release().isEmpty() && !current.equals(Optional.of(id))) {
            throw new SmewException(
                    Fault.NOT_READY,
                    "Bringing back the model of job " + name + ": it was trained on release " + id + ", and "
                            + current.map(ReleaseId::value).orElse("none")
                            + " is current now. Train on that one, or give --resume " + name + " --release " + id
                            + " to go back to those features.");
        }
    }
}
