package smew.serve;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import smew.model.PredictionLog;
import smew.release.Releases;

/** A running HTTP server on the current release of a store. Safe for any number of threads; closing it twice is allowed. */
public final class Server implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.serve");

    private final Listener listener;
    private final Service service;
    private final Snapshots snapshots;
    private final Optional<Shadow> shadow;
    private final ScheduledExecutorService polling;

    private Server(
            Listener listener,
            Service service,
            Snapshots snapshots,
            Optional<Shadow> shadow,
            ScheduledExecutorService polling) {
        this.listener = listener;
        this.service = service;
        this.snapshots = snapshots;
        this.shadow = shadow;
        this.polling = polling;
    }

    /**
     * Loads the current release and listens. When this returns, requests are answered.
     *
     * @throws SmewException NOT_READY without a release or a model, or when the port is taken; CONFIGURATION when other
     *     machines could reach the server without a token, or the address is not one of this machine; DATA when the release is
     *     damaged
     */
    public static Server start(ServeSettings settings, Releases releases) {
        return start(settings, releases, Optional.empty(), Companions.NONE);
    }

    /**
     * The same with predictions of the default model by id from elsewhere. The backend outlives the server, and so do companions.
     * Beside a workbench the server starts without a release, too.
     *
     * @throws SmewException also GATE when the backend says something else than the model of the release, and what it fails with
     */
    public static Server start(
            ServeSettings settings, Releases releases, Optional<ChosenBackend> backend, Companions companions) {
        checkExposure(settings);
        Listener.prepare();
        if (backend.isPresent() && settings.trials().canary().isPresent()) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Starting the server: --canary splits what the models of releases answer, and --backend has the"
                            + " endpoint answer. Leave one of them out; SageMaker splits between the variants of an endpoint.");
        }
        Optional<Remote> remote =
                backend.map(chosen -> new Remote(chosen, settings.timing().clock()));
        return start(
                settings,
                new Follower(releases, settings, remote, companions.workbench().isPresent()),
                remote,
                companions);
    }

    /**
     * The same for one model without a store: it scores the rows that clients send.
     *
     * @param model holds card.json and the artefact
     */
    public static Server start(ServeSettings settings, Path model, Companions companions) {
        checkExposure(settings);
        return start(settings, Unchanging.model(model), Optional.empty(), companions);
    }

    /** The same from whatever keeps snapshots. */
    static Server start(ServeSettings settings, Snapshots snapshots) {
        return start(settings, snapshots, Optional.empty(), Companions.NONE);
    }

    private static Server start(
            ServeSettings settings, Snapshots snapshots, Optional<Remote> remote, Companions companions) {
        Tokens tokens = new Tokens(settings.access());
        InFlight inFlight = new InFlight();
        Workers workers = new Workers(settings.limits().waiting());
        Metrics metrics = new Metrics(snapshots::snapshot, inFlight, workers, companions.predictions());
        remote.ifPresent(asked -> asked.countIn(metrics));
        Optional<Shadow> shadow = shadow(snapshots.tried(), companions, metrics);
        Service service = new Service(
                settings,
                new JsonBuffers(),
                inFlight,
                workers,
                metrics,
                shadow.<PredictionLog>map(hears -> hears).or(companions::predictions),
                companions.access(),
                companions.sql(),
                snapshots.releases(),
                companions.workbench());
        Listener listener;
        try {
            listener = Listener.open(settings, new RequestHandler(snapshots::snapshot, service, tokens), Listener.IDLE);
        } catch (IOException | RuntimeException failed) {
            workers.close();
            shadow.ifPresent(Shadow::close);
            throw refusal(settings, failed);
        }
        ScheduledExecutorService polling = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smew-follow").factory());
        long poll = settings.timing().poll().toNanos();
        ScheduledFuture<?> _ = polling.scheduleWithFixedDelay(
                () -> {
                    snapshots.refresh();
                    tokens.refresh();
                    companions.workbench().ifPresent(Workbench::refresh);
                },
                poll,
                poll,
                TimeUnit.NANOSECONDS);
        // For the first body that comes: nothing before needed it.
        Json.prepare();
        return new Server(listener, service, snapshots, shadow, polling);
    }

    private static Optional<Shadow> shadow(Tried tried, Companions companions, Metrics metrics) {
        return tried.shadow()
                .map(release -> new Shadow(
                                release, tried.canary().map(Snapshot::release), companions.predictions(), metrics)
                        .start());
    }

    /** The port that the server listens on, also where any free one was asked for. */
    public int port() {
        return listener.port();
    }

    /** What is effective. */
    public ServeSettings settings() {
        return service.settings();
    }

    /** The id of the release that is being served. */
    public String release() {
        return snapshots.snapshot().release();
    }

    /** Feature views and models of that release whose online rows stay on disk because of their size. */
    public Set<String> mapped() {
        return snapshots.snapshot().mapped().keySet();
    }

    /** Follows CURRENT now instead of at the next poll. A release that cannot be loaded is refused with a line in the log. */
    public void refresh() {
        snapshots.refresh();
    }

    /** From now on probes are told that the server stops; it answers on. */
    void announce() {
        service.inFlight().announce();
    }

    /**
     * Stops: the probes say so, and after the notice new requests are told 503, those in flight may finish within the drain time, then
     * connections are closed.
     */
    @Override
    public void close() {
        ServeSettings.Timing timing = service.settings().timing();
        polling.shutdownNow();
        try {
            if (timing.notice().isPositive() && !service.inFlight().isLeaving()) {
                announce();
                Thread.sleep(timing.notice());
            }
            service.inFlight().close();
            if (!service.inFlight().await(timing.drain())) {
                LOG.log(Level.WARNING, "Requests were still in flight after {0}, and are cut off.", timing.drain());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        listener.close();
        service.workers().close();
        shadow.ifPresent(Shadow::close);
    }

    private static void checkExposure(ServeSettings settings) {
        if (settings.access().isGuarded()) {
            return;
        }
        try {
            for (InetAddress address :
                    InetAddress.getAllByName(settings.listening().bind())) {
                if (!address.isLoopbackAddress()) {
                    throw new SmewException(
                            Fault.CONFIGURATION,
                            "Listening on " + settings.listening().bind()
                                    + ": other machines can reach this address, and no token protects it. Give --token,"
                                    + " or --insecure if anybody may ask.");
                }
            }
        } catch (UnknownHostException unknown) {
            throw noAddress(settings, unknown);
        }
    }

    private static RuntimeException refusal(ServeSettings settings, Exception failed) {
        String address =
                settings.listening().bind() + ":" + settings.listening().port();
        String said = String.valueOf(failed.getMessage());
        if (failed instanceof BindException && said.contains("in use")) {
            return new SmewException(
                    Fault.NOT_READY,
                    "Listening on " + address + ": the port is in use by another program. Stop that program, or choose"
                            + " another port with --port.",
                    failed);
        }
        if (failed instanceof UnresolvedAddressException || said.contains("assign requested address")) {
            return noAddress(settings, failed);
        }
        if (failed instanceof IOException) {
            return new SmewException(
                    Fault.CONFIGURATION,
                    "Listening on " + address + ": the system refused (" + said + "). Choose another port with --port.",
                    failed);
        }
        return (RuntimeException) failed;
    }

    private static SmewException noAddress(ServeSettings settings, Exception cause) {
        return new SmewException(
                Fault.CONFIGURATION,
                "Listening on " + settings.listening().bind()
                        + ": this machine has no such address. Give --host another one.",
                cause);
    }
}
