package smew.serve;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    private final Releases releases;
    private final SnapshotLoader loader;
    private final Clock clock;
    private final ScheduledExecutorService poller;

    private volatile Snapshot snapshot;
    private @Nullable String refused;
    private Instant retry = Instant.MIN;

    /** Loads the current release, or fails. */
    Follower(Releases releases, ServeSettings settings) {
        this.releases = releases;
        this.loader = new SnapshotLoader(releases, settings);
        this.clock = settings.timing().clock();
        this.snapshot = loader.load(releases.requireCurrent());
        this.poller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("smew-follow").factory());
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public void start(Duration poll) {
        ScheduledFuture<?> _ =
                poller.scheduleWithFixedDelay(this::refresh, poll.toNanos(), poll.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Looks at CURRENT once; never throws, because a scheduler forgets a task that does. */
    @Override
    public synchronized void refresh() {
        String wanted = "CURRENT";
        try {
            Optional<ReleaseId> current = releases.current();
            wanted = current.map(ReleaseId::value).orElse("");
            boolean waits = wanted.equals(refused) && clock.instant().isBefore(retry);
            if (current.isEmpty() || wanted.equals(snapshot.release()) || waits) {
                return;
            }
            snapshot = loader.load(current.get());
            refused = null;
            LOG.log(Level.INFO, "Serving release {0}.", wanted);
        } catch (RuntimeException | Error failed) {
            if (!wanted.equals(refused)) {
                LOG.log(
                        Level.WARNING,
                        "Release refused, " + snapshot.release() + " goes on being served: "
                                + (failed instanceof SmewException known ? known.getMessage() : failed));
            }
            refused = wanted;
            retry = clock.instant().plus(RETRY);
        }
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }
}
