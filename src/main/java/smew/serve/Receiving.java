package smew.serve;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.XnioExecutor;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Gets the body of a request to whoever answers it. Small bodies are received without blocking and answered on a worker, because
 * they may hold thousands of rows; large ones, and those that do not tell their length, are read by a thread of their own, which may
 * wait for its client.
 */
final class Receiving {

    /** Bodies up to this length are held in memory. */
    static final int SMALL_BYTES = 256 * 1024;

    private final Workers workers;
    private final ServeSettings.Limits limits;
    private final Set<RequestStream> reading = ConcurrentHashMap.newKeySet();

    Receiving(Workers workers, ServeSettings.Limits limits) {
        this.workers = workers;
        this.limits = limits;
    }

    /** Answers a body when it is there. */
    interface Answering {
        void answer(Body body);
    }

    /** A request whose body is on its way. */
    private record Incoming(Request request, Route route, boolean packed, Answering answering) {}

    /**
     * Receives a body; what goes wrong after this returns is told to the request.
     *
     * @param packed by gzip
     * @param answering called on a thread that may take its time
     * @throws SmewException TOO_LARGE by its declared length, OVERLOAD where too many are at it
     */
    void receive(Request request, Route route, boolean packed, Answering answering) {
        Incoming incoming = new Incoming(request, route, packed, answering);
        HttpServerExchange exchange = request.exchange();
        long length = exchange.getRequestContentLength();
        Bodies.checkLength(length, limits.bodyBytes());
        if (length >= 0 && length <= SMALL_BYTES) {
            request.holds(workers.arrival((int) length));
            continued(request, () -> receive(incoming));
        } else {
            request.holds(stream());
            exchange.dispatch(workers::read, () -> read(incoming));
        }
    }

    /** Where there is no place, the client that has paused longest makes room for whoever asks again. */
    private Workers.Place stream() {
        try {
            return workers.stream();
        } catch (SmewException full) {
            reading.stream()
                    .filter(stream -> stream.pause() > 0)
                    .max(Comparator.comparingLong(RequestStream::pause))
                    .ifPresent(RequestStream::giveUp);
            throw full;
        }
    }

    /** Tells a client that waits for it to send its body, without waiting for the client. */
    private static void continued(Request request, Runnable then) {
        HttpServerExchange exchange = request.exchange();
        if (!HttpContinue.requiresContinueResponse(exchange)) {
            then.run();
            return;
        }
        IoCallback told = new IoCallback() {
            @Override
            public void onComplete(HttpServerExchange waiting, Sender sender) {
                then.run();
            }

            @Override
            public void onException(HttpServerExchange waiting, Sender sender, IOException failed) {
                request.fail(Body.incomplete(failed));
            }
        };
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> HttpContinue.sendContinueResponse(exchange, told));
    }

    private void receive(Incoming incoming) {
        Request request = incoming.request;
        HttpServerExchange exchange = request.exchange();
        XnioExecutor.Key patience = request.after(
                limits.bodyTime().toNanos(), () -> request.fail(RequestStream.tooSlow(limits.bodyTime())));
        exchange.getRequestReceiver()
                .receiveFullBytes(
                        (received, body) -> {
                            patience.remove();
                            try {
                                arrived(incoming, body);
                            } catch (SmewException refused) {
                                request.fail(refused);
                            }
                        },
                        (received, failed) -> {
                            patience.remove();
                            request.fail(Body.incomplete(failed));
                        });
    }

    private void arrived(Incoming incoming, byte[] body) {
        if (body.length == 0) {
            throw empty(incoming.route);
        }
        incoming.request.holds(workers.place());
        incoming.request
                .exchange()
                .dispatch(workers::work, () -> answer(incoming, Body.of(body, incoming.packed, limits.bodyBytes())));
    }

    private static SmewException empty(Route route) {
        return new SmewException(
                Fault.USAGE, "The body is empty, expected " + String.join(" or ", route.reads()) + ".");
    }

    /** Answers on a thread that may wait for the body. */
    private void read(Incoming incoming) {
        try {
            HttpServerExchange exchange = incoming.request.exchange();
            if (HttpContinue.requiresContinueResponse(exchange)) {
                HttpContinue.sendContinueResponseBlocking(exchange);
            }
            read(incoming, new RequestStream(exchange, limits.bodyTime()));
        } catch (IOException gone) {
            incoming.request.fail(Body.incomplete(gone));
        }
    }

    private void read(Incoming incoming, RequestStream stream) {
        reading.add(stream);
        try {
            incoming.answering.answer(Body.of(stream, incoming.packed, limits.bodyBytes()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            stream.drain(limits.bodyBytes());
            incoming.request.fail(failed);
        } finally {
            reading.remove(stream);
        }
    }

    private void answer(Incoming incoming, Body body) {
        try {
            incoming.answering.answer(body);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            incoming.request.fail(failed);
        }
    }
}
