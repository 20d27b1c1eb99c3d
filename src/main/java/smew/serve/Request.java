package smew.serve;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * One request on its way through the server: when it came, its id, what it holds until it is over, and how it is answered. Used by
 * one thread at a time.
 *
 * <p>Answers leave through the server's own buffers, outside the heap, where a socket takes them without another copy.
 */
final class Request implements ExchangeCompletionListener, IoCallback {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final HttpString REQUEST_ID = new HttpString("X-Request-Id");

    /** For logs and metrics, as in other servers' logs: the connection ended before anything was told. */
    private static final int GONE = 499;

    /** How long a stream of HTTP/2 may take to be over once it was reset. */
    private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpServerExchange exchange;
    private final Service service;
    private final String id;
    private final long start;
    private final boolean entered;
    private Router.@Nullable Entry entry;
    private Workers.@Nullable Place place;
    private @Nullable PooledByteBuffer pooled;
    private volatile XnioExecutor.@Nullable Key patience;

    /** Told to this and written down; Undertow may still hold the exchange for incomplete then. */
    private volatile boolean over;

    /**
     * A request that was read.
     *
     * @param entered whether it counts among those under way
     */
    Request(HttpServerExchange exchange, Service service, boolean entered) {
        this.exchange = exchange;
        this.service = service;
        this.entered = entered;
        this.start = System.nanoTime();
        this.id = RequestId.of(exchange.getRequestHeaders().getFirst(REQUEST_ID));
    }

    HttpServerExchange exchange() {
        return exchange;
    }

    String id() {
        return id;
    }

    /** When it was read, as {@link System#nanoTime} has it. */
    long start() {
        return start;
    }

    /** Says which route it takes. */
    void takes(Router.Entry route) {
        entry = route;
    }

    /** Holds a place until the request is over, in place of the one it held. */
    void holds(Workers.Place taken) {
        leavePlace();
        place = taken;
    }

    private void leavePlace() {
        Workers.Place held = place;
        if (held != null) {
            place = null;
            held.leave();
        }
    }

    /** Sends an answer. The body may be written over when this returns, unless it is longer than a pooled buffer. */
    void send(Answer complete) {
        if (exchange.isResponseStarted()) {
            return;
        }
        Answer answer = unlessKnown(complete);
        HeaderMap headers = exchange.getResponseHeaders();
        exchange.setStatusCode(answer.status());
        if (!answer.mediaType().isEmpty()) {
            headers.put(Headers.CONTENT_TYPE, answer.mediaType());
        }
        headers.put(REQUEST_ID, id);
        answer.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
        ByteBuffer body = Packing.packed(exchange, answer.body());
        // A sender with a callback cannot know that nothing follows.
        exchange.setResponseContentLength(body.remaining());
        if (body.remaining() > JsonBuffers.SHARED_BYTES) {
            allowTimeFor(body.remaining());
            exchange.getResponseSender().send(body);
            return;
        }
        PooledByteBuffer taken = exchange.getConnection().getByteBufferPool().allocate();
        pooled = taken;
        taken.getBuffer().put(body).flip();
        exchange.getResponseSender().send(taken.getBuffer(), this);
        if (!over) {
            // The client takes its time, with its answer or with the rest of a body that nobody wants.
            allowTimeFor(0);
        }
    }

    /** Sends an answer piece by piece; a short one as if it had none. */
    void send(Answered.InPieces answer) {
        if (exchange.isResponseStarted()) {
            return;
        }
        JsonBuffer first = service.buffers().lend();
        boolean more = answer.pieces().next(first);
        if (!more && first.length() <= JsonBuffers.SHARED_BYTES) {
            send(new Answer(200, answer.mediaType(), first.toByteBuffer()));
            service.buffers().giveBack(first);
            return;
        }
        exchange.setStatusCode(200);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, answer.mediaType());
        exchange.getResponseHeaders().put(REQUEST_ID, id);
        PieceSender.send(this, first, more, answer.pieces(), service.buffers());
    }

    /**
     * Gives the client so much time as bodies of so many bytes have, from now on: what it does not take by then, after what was sent
     * before, ends its connection, because memory and a place are held for it.
     */
    void allowTimeFor(int bytes) {
        if (patience != null) {
            patience.remove();
        }
        long allowed = RequestStream.allowed(service.settings().limits().bodyTime(), bytes);
        XnioExecutor.Key allowing = after(allowed, this::cut);
        patience = allowing;
        if (over) {
            // On another thread meanwhile, which did not see it.
            boolean _ = allowing.remove();
        }
    }

    /** Does something on the thread of the connection after a while, unless the server has ended by then. */
    XnioExecutor.Key after(long nanos, Runnable done) {
        try {
            return exchange.getIoThread().executeAfter(done, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            return () -> false;
        }
    }

    private void cut() {
        if (over) {
            return;
        }
        LOG.log(Level.DEBUG, "Request {0}: its answer was not taken.", id);
        IoUtils.safeClose(exchange.getConnection());
        exchange.endExchange();
        if (!over) {
            // For HTTP/2 only the stream was reset, and Undertow (2.4.4) waits on where its client gave it no window.
            patience = after(RESET_NANOS, () -> IdleConnections.end(exchange));
        }
    }

    /** Nothing but its tag, where the client has the body already. */
    private Answer unlessKnown(Answer answer) {
        if (answer.tag().isEmpty()) {
            return answer;
        }
        exchange.getResponseHeaders().put(Headers.ETAG, answer.tag());
        HeaderValues known = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
        return known != null && answer.isAmong(known) ? new Answer(304, "", ByteBuffer.allocate(0)) : answer;
    }

    /** Sends what went wrong: known to the client as a problem, or to the log where it is ours. */
    void fail(Throwable failed) {
        // No work is left, and the client may take its time to hear of it.
        leavePlace();
        if (!exchange.isRequestComplete() && exchange.isPersistent() && !isSoonOver(failed)) {
            exchange.setPersistent(false);
        }
        if (failed instanceof SmewException known && known.fault().httpStatus() != Fault.INTERNAL.httpStatus()) {
            if (known.fault() == Fault.UNAUTHORIZED) {
                exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer realm=\"smew\"");
            }
            known.retryAfter()
                    .ifPresent(wait -> exchange.getResponseHeaders()
                            .put(
                                    Headers.RETRY_AFTER,
                                    Math.max(1, wait.plusMillis(999).toSeconds())));
            if (known.fault() == Fault.OVERLOAD || known.fault() == Fault.TIMEOUT) {
                service.metrics().refused(known.fault());
            }
            refuse(known.fault(), Problems.answer(known, id));
            return;
        }
        LOG.log(Level.ERROR, "Request " + id + " failed", failed);
        refuse(Fault.INTERNAL, Problems.ours(id));
    }

    /**
     * Whether the rest of a body is read over without effort, so that the next request may come behind it: clients that are turned away
     * would otherwise all connect anew. One that is late already, or waits to be told to send its body, may never send it.
     */
    private boolean isSoonOver(Throwable failed) {
        long length = exchange.getRequestContentLength();
        boolean late = failed instanceof SmewException known && known.fault() == Fault.TIMEOUT;
        return !late
                && length >= 0
                && length <= Receiving.SMALL_BYTES
                && !HttpContinue.requiresContinueResponse(exchange);
    }

    private void refuse(Fault fault, Answer problem) {
        String path = RequestHandler.path(exchange);
        if (AwsForm.isAskedFor(path)) {
            send(AwsForm.problem(exchange, fault, problem));
        } else {
            send(OpenInference.isAskedFor(path) ? OpenInference.problem(problem) : problem);
        }
    }

    @Override
    public void onComplete(HttpServerExchange sent, Sender sender) {
        release();
        IoCallback.END_EXCHANGE.onComplete(sent, sender);
    }

    @Override
    public void onException(HttpServerExchange broken, Sender sender, IOException failed) {
        release();
        IoCallback.END_EXCHANGE.onException(broken, sender, failed);
    }

    private void release() {
        PooledByteBuffer taken = pooled;
        if (taken != null) {
            pooled = null;
            taken.close();
        }
    }

    /** It is over, one way or the other. */
    @Override
    public void exchangeEvent(HttpServerExchange ended, NextListener next) {
        over = true;
        try {
            leavePlace();
            if (patience != null) {
                patience.remove();
            }
            if (!ended.isResponseStarted()) {
                ended.setStatusCode(GONE);
            }
            long nanos = System.nanoTime() - start;
            Router.Entry route = entry;
            DistributionDataPoint durations = route == null
                    ? service.metrics().durations(Metrics.OTHER, Metrics.OTHER, ended.getStatusCode())
                    : route.durations(ended.getStatusCode(), service.metrics());
            Metrics.observe(durations, nanos);
            if (service.accessLog().isPresent()) {
                service.accessLog().get().add(ended, id, nanos);
            }
        } finally {
            if (entered) {
                service.inFlight().leave();
            }
            next.proceed();
        }
    }
}
