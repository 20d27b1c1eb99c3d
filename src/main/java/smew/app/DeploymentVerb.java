package smew.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.app.SageMakerEngine.DeployOrder;
import smew.app.SageMakerEngine.DeployOutcome;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.ArrowFile;
import smew.model.Predictor;
import smew.release.Manifest;
import smew.release.ReleaseFiles;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.sagemaker.Deployment;
import smew.sagemaker.EndpointParity;
import smew.sagemaker.ModelArchive;
import smew.sagemaker.PlannedRequest;
import smew.sagemaker.Polling;
import smew.sagemaker.SageMaker;
import smew.store.S3Store;
import smew.store.Store;
import smew.store.StoreSettings;

/** Puts a model of a release behind an endpoint, and compares what it says there with what it says here. */
final class DeploymentVerb {

    private final DeployOrder order;
    private final Progress progress;

    private DeploymentVerb(DeployOrder order, Progress progress) {
        this.order = order;
        this.progress = progress;
    }

    static DeployOutcome deploy(DeployOrder order, Progress progress) throws InterruptedException {
        try (Releases releases = Releases.of(order.store());
                Store target = Store.open(uploads(order));
                SageMaker sageMaker = SageMaker.open(order.aws())) {
            if (!(target instanceof S3Store store)) {
                throw new SmewException(
                        Fault.USAGE,
                        "smew sagemaker deploy needs a place on S3 for " + ModelArchive.NAME + ", and the store is "
                                + target.location() + ". Give --upload s3://BUCKET/PREFIX.");
            }
            ReleaseId id = order.release().map(releases::find).orElseGet(releases::requireCurrent);
            try (ReleaseFiles files = releases.files(releases.manifest(id));
                    Scratch scratch = Scratch.open()) {
                return new DeploymentVerb(order, progress).deploy(files, store, sageMaker, scratch);
            }
        }
    }

    private static StoreSettings uploads(DeployOrder order) {
        StoreSettings store = order.store();
        return order.upload()
                .map(place -> new StoreSettings(place, store.aws(), store.s3()))
                .orElse(store);
    }

    private DeployOutcome deploy(ReleaseFiles files, S3Store store, SageMaker sageMaker, Scratch scratch)
            throws InterruptedException {
        String release = files.manifest().id();
        String model = model(files.manifest());
        Path folder = files.folder("models/" + model);
        Predictor predictor = Predictor.load(folder);
        ModelArchive archive = ModelArchive.pack(folder, scratch.folder().resolve(ModelArchive.NAME));
        String key = "sagemaker/models/" + model + "/" + archive.digest() + "/" + ModelArchive.NAME;
        Deployment deployment = Deployment.of(
                sageMaker,
                new Deployment.Order(
                        order.endpoint(),
                        order.variant(),
                        store.where(key),
                        order.place(),
                        order.hosting(),
                        order.scaling(),
                        order.capture(),
                        order.owner().ofRelease(release).ofModel(model).ofEndpoint(order.endpoint())));
        if (order.going().dryRun()) {
            List<PlannedRequest> planned = new ArrayList<>();
            if (!store.keeps(archive.file(), key)) {
                planned.add(PlannedRequest.upload(store.where(key), archive.file()));
            }
            planned.addAll(deployment.plan());
            return new DeployOutcome.Planned(planned);
        }
        try (Progress.Step _ = progress.start("upload of " + ModelArchive.NAME)) {
            store.keep(archive.file(), key);
        }
        Deployment.Done done = deployment.start();
        // Before a model named it, somebody who prunes could have taken it for one that nobody needs.
        store.keep(archive.file(), key);
        Optional<Polling> waiting = order.going().waiting();
        if (waiting.isEmpty()) {
            return new DeployOutcome.Deployed(done, release, model, false, Optional.empty());
        }
        order.going()
                .say()
                .accept(
                        "Ctrl-C leaves endpoint " + order.endpoint()
                                + " to itself: it is not compared with the model then, and not scaled; the same command goes on.");
        deployment.await(done, waiting.get(), progress);
        Optional<String> difference = compare(files, sageMaker, predictor, deployment, done, waiting.get());
        deployment.scale();
        return new DeployOutcome.Deployed(done, release, model, true, difference);
    }

    private String model(Manifest manifest) {
        List<String> known =
                manifest.models().stream().map(Manifest.Model::name).toList();
        return known.stream()
                .filter(name ->
                        order.model().isEmpty() || name.equals(order.model().get()))
                .findFirst()
                .orElseThrow(() -> new SmewException(
                        Fault.NOT_FOUND,
                        "Deploying release " + manifest.id() + ": it has no model"
                                + order.model()
                                        .map(name -> " " + name + "." + Near.hint(name, known))
                                        .orElse(". Run without --features-only, or train one with smew sagemaker"
                                                + " train.")));
    }

    private Optional<String> compare(
            ReleaseFiles files,
            SageMaker sageMaker,
            Predictor predictor,
            Deployment deployment,
            Deployment.Done done,
            Polling waiting)
            throws InterruptedException {
        Optional<String> difference;
        try (Progress.Step _ = progress.start("comparison with the model")) {
            difference = new EndpointParity(sageMaker, order.endpoint(), order.variant())
                    .difference(
                            predictor,
                            ArrowFile.read(
                                    files.file("online/" + predictor.card().name() + ".arrow")));
        }
        if (difference.isPresent() && !order.allowDifference()) {
            throw new SmewException(
                    Fault.GATE,
                    "Comparing endpoint " + order.endpoint() + " with model "
                            + predictor.card().name() + ": " + difference.get() + ". "
                            + deployment.undo(done, waiting, progress)
                            + " Check that --image is that of this Smew, or give --allow-difference.");
        }
        return difference;
    }
}
