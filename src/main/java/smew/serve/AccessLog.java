package smew.serve;

import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * One line for each request, as text or as JSON. Requests only hand their line over; where whoever writes cannot keep up, lines are
 * left out and counted, never waited for.
 */
public final class AccessLog implements AutoCloseable {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final int WAITING_LINES = 8192;
    private static final int WRITTEN_BYTES = 8192;
    private static final String END = "";

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING_LINES);
    private final AtomicLong dropped = new AtomicLong();
    private final OutputStream out;
    private final String name;
    private final boolean ours;
    private final boolean json;
    private final Clock clock;
    private final Thread thread;

    /**
     * Begins to write.
     *
     * @param name what a person calls it
     * @param ours whether it is closed at the end
     */
    AccessLog(OutputStream out, String name, boolean ours, boolean json, Clock clock) {
        this.out = out;
        this.name = name;
        this.ours = ours;
        this.json = json;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("smew-access-log").start(this::write);
    }

    /**
     * Opens the log.
     *
     * @param file appended to; empty: standard output
     * @param json each line an object
     * @throws SmewException CONFIGURATION when the file cannot be written
     */
    public static AccessLog open(Optional<Path> file, OutputStream standard, boolean json, Clock clock) {
        if (file.isEmpty()) {
            return new AccessLog(standard, "on standard output", false, json, clock);
        }
        try {
            return new AccessLog(
                    Files.newOutputStream(file.get(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    file.get().toString(),
                    true,
                    json,
                    clock);
        } catch (IOException failed) {
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Opening the access log " + file.get() + ": " + failed.getMessage()
                            + ". Name a file in a folder that is there and may be written to.",
                    failed);
        }
    }

    /** Takes a line for a request that is over. */
    void add(HttpServerExchange exchange, String id, long nanos) {
        if (!lines.offer(json ? object(exchange, id, nanos) : text(exchange, id, nanos))) {
            dropped.incrementAndGet();
        }
    }

    private String text(HttpServerExchange exchange, String id, long nanos) {
        return clock.instant() + " " + remote(exchange) + " \"" + exchange.getRequestMethod() + " "
                + Text.line(target(exchange)) + "\" " + exchange.getStatusCode() + " "
                + exchange.getResponseBytesSent() + " " + String.format(Locale.ROOT, "%.3f", nanos / 1e6) + "ms "
                + id + release(exchange).map(name -> " " + name).orElse("");
    }

    /** The release that answered, where the answer names it outside of its body: beside a canary it may be one or the other. */
    private static Optional<String> release(HttpServerExchange exchange) {
        return Optional.ofNullable(exchange.getResponseHeaders().getFirst(Canary.HEADER));
    }

    private String object(HttpServerExchange exchange, String id, long nanos) {
        JsonBuffer line = new JsonBuffer();
        line.raw("{\"time\":").text(clock.instant().toString());
        line.raw(",\"level\":\"INFO\",\"logger\":\"smew.access\",\"remote\":").text(remote(exchange));
        line.raw(",\"method\":").text(exchange.getRequestMethod().toString());
        line.raw(",\"target\":").text(target(exchange));
        line.raw(",\"status\":").number((long) exchange.getStatusCode());
        line.raw(",\"bytes\":").number(exchange.getResponseBytesSent());
        line.raw(",\"milliseconds\":").number(nanos / 1e6);
        line.raw(",\"request_id\":").text(id);
        release(exchange).ifPresent(name -> line.raw(",\"release\":").text(name));
        line.raw("}");
        return new String(line.toBytes(), StandardCharsets.UTF_8);
    }

    private static String target(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        return exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String remote(HttpServerExchange exchange) {
        return exchange.getConnection().getPeerAddress() instanceof InetSocketAddress peer
                ? peer.getHostString()
                : "unknown";
    }

    private void write() {
        try {
            Unwritten waiting = new Unwritten();
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                waiting.add(line);
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    LOG.log(Level.WARNING, "The access log could not keep up: " + lost + " lines are missing.");
                }
                if (lines.isEmpty() || waiting.bytes() >= WRITTEN_BYTES) {
                    waiting.write();
                }
            }
            waiting.write();
            if (ours) {
                out.close();
            }
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "Closing the access log " + name + ": " + failed.getMessage() + ".");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lines on their way out; those that cannot be written are counted, and the next ones tried again. For one thread. */
    private final class Unwritten {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long count;
        private long missing;

        void add(String line) {
            bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
            count++;
        }

        int bytes() {
            return bytes.size();
        }

        void write() {
            try {
                if (missing > 0) {
                    // The one before may have been cut.
                    out.write('\n');
                }
                bytes.writeTo(out);
                out.flush();
                if (missing > 0) {
                    LOG.log(
                            Level.WARNING,
                            "The access log " + name + " is written again: " + missing + " lines are missing.");
                    missing = 0;
                }
            } catch (IOException failed) {
                if (missing == 0) {
                    LOG.log(
                            Level.WARNING,
                            "Lines are missing from the access log " + name + ", which cannot be written: "
                                    + failed.getMessage() + ". It is tried again with each request.");
                }
                missing += count;
            }
            bytes.reset();
            count = 0;
        }
    }

    /** Writes what is waiting. */
    @Override
    public void close() {
        try {
            if (lines.offer(END, 1, TimeUnit.SECONDS)) {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
