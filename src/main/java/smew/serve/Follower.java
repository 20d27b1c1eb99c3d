package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.ReleaseId;
import smew.release.Releases;

/**
 * Holds the snapshot that requests are answered from, and follows CURRENT: a new release is loaded aside and swapped in
 * whole. A release that cannot be loaded is refused with a line in the log, the old one goes on, and the new one is tried
 * again after a minute: it may have been the disk, not the release.
 */
final class Follower implements Snapshots {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final Duration RETRY = Duration.ofMinutes(1);

    /** What may pass by itself, unlike a name or credentials that are wrong. */
    private static final Set<Fault> PASSING =
            Set.of(Fault.OUTSIDE, Fault.OUTSIDE_SLOW, Fault.OVERLOAD, Fault.NOT_READY);

    private final Releases releases;
    private final SnapshotLoader loader;
    private final Clock clock;
    private final @Nullable Remote remote;
    private final boolean mayBeNone;
    private final Tried tried;

    private volatile Snapshot snapshot;
    private @Nullable String refused;
    private Instant retry = Instant.MIN;

    /**
     * Loads the current release and what is tried beside it, and compares the backend and these with it, or fails.
     *
     * @param mayBeNone whether it is no failure that there is no release, or none that can be loaded
     */
    Follower(Releases releases, ServeSettings settings, Optional<Remote> remote, boolean mayBeNone) {
        this.releases = releases;
        this.loader = new SnapshotLoader(releases, settings);
        this.clock = settings.timing().clock();
        this.remote = remote.orElse(null);
        this.mayBeNone = mayBeNone;
        if (mayBeNone) {
            this.tried = Tried.NOTHING;
            this.snapshot = Snapshot.NONE;
            refresh();
            return;
        }
        Snapshot current = loader.load(releases.requireCurrent());
        this.tried = Tried.load(releases, settings, current);
        this.snapshot = backed(tried.beside(current));
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Optional<Releases> releases() {
        return Optional.of(releases);
    }

    @Override
    public Tried tried() {
        return tried;
    }

    /** Looks at CURRENT once; never throws, because a scheduler forgets a task that does. */
    @Override
    public synchronized void refresh() {
        String wanted = "CURRENT";
        try {
            Optional<ReleaseId> current = releases.current();
            wanted = current.map(ReleaseId::value).orElse("");
            boolean waits = wanted.equals(refused) && clock.instant().isBefore(retry);
            boolean served = wanted.equals(snapshot.release());
            if (current.isEmpty() && mayBeNone) {
                snapshot = Snapshot.NONE;
            }
            if (current.isEmpty() || waits || (served && !wanted.equals(refused))) {
                return;
            }
            snapshot = backed(served ? snapshot : tried.beside(loader.load(current.get())));
            if (!served) {
                LOG.log(Level.INFO, "Serving release " + wanted + "." + mapped(snapshot));
            }
        } catch (RuntimeException | Error failed) {
            if (!wanted.equals(refused)) {
                LOG.log(
                        Level.WARNING,
                        "Release refused, " + snapshot.made().orElse("none") + " goes on being served: "
                                + (failed instanceof SmewException known ? known.getMessage() : failed));
            }
            refused = wanted;
            retry = clock.instant().plus(RETRY);
        }
    }

    /** Says which online rows stay on disk: whoever looks for memory or latency should know. */
    private static String mapped(Snapshot loaded) {
        return loaded.mapped().isEmpty()
                ? ""
                : " Online rows that stay on disk, mapped (--online-memory): "
                        + loaded.mapped().entrySet().stream()
                                .map(file -> file.getKey() + " (" + file.getValue() + " bytes)")
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    /**
     * The snapshot with its default model behind the backend, after both were compared. Where the backend does not answer and
     * the local model may stand in, it does so, and they are compared again after a minute.
     */
    private Snapshot backed(Snapshot loaded) {
        if (remote == null || loaded.defaultModel().isEmpty()) {
            refused = null;
            return loaded;
        }
        ChosenBackend chosen = remote.chosen();
        try {
            Parity.check(loaded.model(), chosen.backend());
        } catch (SmewException failed) {
            if (failed.fault() == Fault.GATE && chosen.allowDifference()) {
                LOG.log(Level.WARNING, failed.getMessage());
            } else if (chosen.fallback() && PASSING.contains(failed.fault())) {
                if (!loaded.release().equals(refused)) {
                    LOG.log(
                            Level.WARNING,
                            failed.getMessage()
                                    + " The local model answers until the backend can be compared with it.");
                }
                refused = loaded.release();
                retry = clock.instant().plus(RETRY);
                return loaded;
            } else {
                throw failed;
            }
        }
        refused = null;
        return loaded.with(remote);
    }
}
