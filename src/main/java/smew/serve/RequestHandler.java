package smew.serve;

import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * From an exchange to a {@link Call} and from an {@link Answer} back. What only reads memory is answered on the I/O thread;
 * bodies are received without blocking and answered on a worker, because they may hold thousands of rows.
 */
final class RequestHandler implements HttpHandler {

    private static final Logger LOG = System.getLogger("smew.serve");

    private static final HttpString REQUEST_ID = new HttpString("X-Request-Id");
    private static final byte[] NO_BODY = {};

    private final Router router;
    private final Supplier<Snapshot> snapshot;
    private final @Nullable Token token;
    private final int bodyLimitBytes;
    private final int idLimit;
    private final int rowLimit;
    private final ServeSettings.Hosting hosting;
    private final JsonBuffers buffers = new JsonBuffers();

    RequestHandler(Supplier<Snapshot> snapshot, ServeSettings settings) {
        this.snapshot = snapshot;
        this.hosting = settings.hosting();
        this.router = new Router(hosting.accept()
                .map(type -> Routes.table().stream()
                        .map(route -> route.answeringIn(type))
                        .toList())
                .orElseGet(Routes::table));
        this.token = settings.token().map(Token::new).orElse(null);
        this.bodyLimitBytes = settings.limits().bodyBytes();
        this.idLimit = settings.limits().ids();
        this.rowLimit = settings.limits().rows();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        try {
            String path = path(exchange);
            Router.Match match = router.match(path);
            Router.Entry entry = entry(match, exchange);
            HeaderMap headers = exchange.getRequestHeaders();
            CustomAttributes.echo(exchange, entry.route());
            if (token != null && entry.route().access() == Route.Access.TOKEN) {
                if (AwsForm.isAskedFor(path)) {
                    AwsForm.check(token, headers);
                } else {
                    token.check(headers.getFirst(Headers.AUTHORIZATION));
                }
            }
            if (AwsForm.isAskedFor(path)) {
                AwsForm.head(exchange);
            }
            MediaType writes = Accept.choose(accept(headers), entry.writes());
            if (entry.route().reads().isEmpty()) {
                Call call = call(match, exchange, NO_BODY, Optional.empty(), writes);
                respond(exchange, entry.route().handler().answer(call));
            } else {
                MediaType type = Bodies.type(headers, entry.route());
                receive(exchange, body -> call(match, exchange, body, Optional.of(type), writes), entry.route());
            }
        } catch (RuntimeException | StackOverflowError failed) {
            fail(exchange, failed);
        }
    }

    private Call call(
            Router.Match match, HttpServerExchange exchange, byte[] body, Optional<MediaType> type, MediaType writes) {
        return new Call(
                snapshot.get(), match.raw(), exchange.getQueryString(), body, type, writes, idLimit, rowLimit, hosting, buffers);
    }

    /** How a body becomes a call; the snapshot is taken when the body is complete. */
    private interface Completion {
        Call call(byte[] body);
    }

    private void receive(HttpServerExchange exchange, Completion completion, Route route) {
        Bodies.checkLength(exchange.getRequestContentLength(), bodyLimitBytes);
        if (HttpContinue.requiresContinueResponse(exchange)) {
            // Undertow's receiver does not send the 100 that such a client waits for. Rare, so a worker may block on
            // it.
            exchange.dispatch((HttpHandler) dispatched -> {
                HttpContinue.sendContinueResponseBlocking(dispatched);
                receiveAll(dispatched, completion, route);
            });
        } else {
            receiveAll(exchange, completion, route);
        }
    }

    private void receiveAll(HttpServerExchange exchange, Completion completion, Route route) {
        Receiver receiver = exchange.getRequestReceiver();
        receiver.setMaxBufferSize(bodyLimitBytes);
        receiver.receiveFullBytes(
                (received, body) -> received.dispatch(() -> answer(received, completion, body, route)),
                (received, failed) -> fail(received, Bodies.failure(failed, bodyLimitBytes)));
    }

    private void answer(HttpServerExchange exchange, Completion completion, byte[] body, Route route) {
        try {
            if (body.length == 0) {
                throw new SmewException(
                        Fault.USAGE, "The body is empty, expected " + String.join(" or ", route.reads()) + ".");
            }
            respond(exchange, route.handler().answer(completion.call(body)));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            fail(exchange, failed);
        }
    }

    /**
     * Sends an answer. One that is waited for leaves the thread, and is sent from the I/O thread of its connection; one that takes
     * work is computed by a worker.
     */
    private static void respond(HttpServerExchange exchange, Answered answered) {
        switch (answered) {
            case Answer answer -> send(exchange, answer);
            case Answered.Work work when exchange.isInIoThread() -> exchange.dispatch(() -> work(exchange, work));
            case Answered.Work work -> respond(exchange, work.answered().get());
            case Answered.Later later ->
                exchange.dispatch(
                        SameThreadExecutor.INSTANCE,
                        () -> later.answer()
                                .whenComplete((answer, failed) ->
                                        exchange.getIoThread().execute(() -> finish(exchange, answer, failed))));
        }
    }

    private static void work(HttpServerExchange exchange, Answered.Work work) {
        try {
            respond(exchange, work.answered().get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            fail(exchange, failed);
        }
    }

    private static void finish(HttpServerExchange exchange, @Nullable Answer answer, @Nullable Throwable failed) {
        try {
            if (answer != null) {
                send(exchange, answer);
            } else {
                fail(
                        exchange,
                        failed instanceof CompletionException && failed.getCause() != null
                                ? failed.getCause()
                                : Objects.requireNonNull(failed));
            }
        } catch (RuntimeException gone) {
            // The client closed the connection while its answer was waited for.
            LOG.log(Level.DEBUG, "Answering failed", gone);
            exchange.endExchange();
        }
    }

    private static Router.Entry entry(Router.Match match, HttpServerExchange exchange) {
        HttpString method = exchange.getRequestMethod();
        Router.Entry entry = null;
        if (method.equals(Methods.GET) || method.equals(Methods.HEAD)) {
            entry = match.routes().get(Route.Method.GET);
        } else if (method.equals(Methods.POST)) {
            entry = match.routes().get(Route.Method.POST);
        }
        if (entry == null) {
            exchange.getResponseHeaders().put(Headers.ALLOW, match.allow());
            throw new SmewException(
                    Fault.METHOD,
                    "This route does not answer " + Text.shown(method.toString()) + ", but " + match.allow() + ".");
        }
        return entry;
    }

    /** The header may come in several lines, which mean the same as one. */
    private static @Nullable String accept(HeaderMap headers) {
        HeaderValues lines = headers.get(Headers.ACCEPT);
        return lines == null || lines.size() == 1 ? headers.getFirst(Headers.ACCEPT) : String.join(",", lines);
    }

    /** The path as it was sent, because only we know that %2F inside an id is no separator. */
    private static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int slash = uri.indexOf('/', uri.indexOf("://") + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }

    private static void fail(HttpServerExchange exchange, Throwable failed) {
        String requestId = requestId(exchange);
        if (!exchange.isRequestComplete()) {
            // The rest of the body is still on its way: the client must not send another request behind it.
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
            refuse(exchange, known.fault(), Problems.answer(known, requestId), requestId);
            return;
        }
        LOG.log(Level.ERROR, "Request " + requestId + " failed", failed);
        refuse(exchange, Fault.INTERNAL, Problems.ours(requestId), requestId);
    }

    private static void refuse(HttpServerExchange exchange, Fault fault, Answer problem, String requestId) {
        boolean aws = AwsForm.isAskedFor(path(exchange));
        send(exchange, aws ? AwsForm.problem(exchange, fault, problem) : problem, requestId);
    }

    /** Gives a body to what Undertow refuses on its own, such as a request that comes while the server stops. */
    static boolean bare(HttpServerExchange exchange) {
        if (exchange.getStatusCode() < 400 || exchange.isResponseStarted()) {
            return false;
        }
        String requestId = requestId(exchange);
        boolean stopping = exchange.getStatusCode() == Fault.NOT_READY.httpStatus();
        exchange.setPersistent(exchange.isPersistent() && !stopping);
        send(
                exchange,
                stopping
                        ? Problems.answer(
                                new SmewException(Fault.NOT_READY, "The server is stopping. Ask again in a moment."),
                                requestId)
                        : Problems.ours(requestId),
                requestId);
        return true;
    }

    private static void send(HttpServerExchange exchange, Answer answer) {
        send(exchange, answer, requestId(exchange));
    }

    private static void send(HttpServerExchange exchange, Answer answer, String requestId) {
        if (exchange.isResponseStarted()) {
            return;
        }
        exchange.setStatusCode(answer.status());
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, answer.mediaType())
                .put(REQUEST_ID, requestId);
        Reply.send(exchange, answer.body());
    }

    private static String requestId(HttpServerExchange exchange) {
        return RequestId.of(exchange.getRequestHeaders().getFirst(REQUEST_ID));
    }
}
