package smew.serve;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/** From an exchange to a {@link Call} and from an {@link Answer} back. What only reads memory is answered on the I/O thread. */
final class RequestHandler implements HttpHandler {

    private static final Logger LOG = System.getLogger("smew.serve");

    private final Router router;
    private final Supplier<Snapshot> snapshot;
    private final Service service;
    private final Tokens tokens;
    private final Cors cors;
    private final Receiving receiving;
    private final boolean localNameOnly;
    private final LocalName localName = new LocalName();

    RequestHandler(Supplier<Snapshot> snapshot, Service service, Tokens tokens) {
        this.snapshot = snapshot;
        this.service = service;
        this.tokens = tokens;
        this.cors = new Cors(service.settings().access().origins());
        this.receiving = new Receiving(service.workers(), service.settings().limits());
        this.localNameOnly = !tokens.areNeeded() && !service.settings().access().insecure();
        this.router = new Router(service.settings()
                .hosting()
                .accept()
                .map(type -> Routes.table().stream()
                        .map(route -> route.answeringIn(type))
                        .toList())
                .orElseGet(Routes::table));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        boolean entered = service.inFlight().enter(service.settings().limits().requests());
        Request request = new Request(exchange, service, entered);
        exchange.addExchangeCompleteListener(request);
        try {
            handle(request, exchange, entered);
        } catch (RuntimeException | StackOverflowError failed) {
            request.fail(failed);
        }
    }

    private static SmewException stopping(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        return SmewException.later(
                Fault.NOT_READY, "The server is stopping. Ask again in a moment.", Duration.ofSeconds(1));
    }

    private void handle(Request request, HttpServerExchange exchange, boolean entered) {
        HeaderMap headers = exchange.getRequestHeaders();
        Framing.check(exchange, headers);
        if (localNameOnly) {
            localName.check(headers);
        }
        cors.allow(exchange);
        String path = path(exchange);
        Router.Match match = router.match(path);
        if (cors.isPreflight(exchange)) {
            request.send(cors.preflight(exchange, match.allow()));
            return;
        }
        Router.Entry entry = entry(match, exchange);
        request.takes(entry);
        // Whoever watches the server must not take a busy one for a dead one.
        if (!entered && entry.route().access() != Route.Access.ANYBODY) {
            if (service.inFlight().isClosed()) {
                throw stopping(exchange);
            }
            throw Workers.overload(service.settings().limits().requests() + " requests are under way");
        }
        CustomAttributes.echo(exchange, entry.route());
        if (entry.route().access() == Route.Access.TOKEN && tokens.areNeeded()) {
            tokens.check(AwsForm.isAskedFor(path), headers);
        }
        if (AwsForm.isAskedFor(path)) {
            AwsForm.head(exchange);
        }
        MediaType writes = Accept.choose(accept(headers), entry.writes());
        if (entry.route().reads().isEmpty()) {
            Call call = call(request, match, Body.NONE, Optional.empty(), writes);
            respond(request, entry.route().handler().answer(call));
            return;
        }
        MediaType type = Bodies.type(headers, entry.route());
        receiving.receive(
                request,
                entry.route(),
                Bodies.isPacked(headers),
                body -> respond(
                        request,
                        entry.route().handler().answer(call(request, match, body, Optional.of(type), writes))));
    }

    private Call call(Request request, Router.Match match, Body body, Optional<MediaType> type, MediaType writes) {
        return new Call(
                snapshot.get(),
                match.raw(),
                request.exchange().getQueryString(),
                body,
                type,
                writes,
                request.id(),
                request.start(),
                service);
    }

    /**
     * Sends an answer. One that is waited for leaves the thread, and is sent from the I/O thread of its connection; one that takes
     * work is computed by a worker.
     */
    private void respond(Request request, Answered answered) {
        HttpServerExchange exchange = request.exchange();
        switch (answered) {
            case Answer answer -> request.send(answer);
            case Answered.InPieces answer -> request.send(answer);
            case Answered.Work work
            when exchange.isInIoThread() -> {
                request.holds(service.workers().place());
                exchange.dispatch(service.workers()::work, () -> work(request, work));
            }
            case Answered.Work work -> respond(request, work.answered().get());
            case Answered.Later later ->
                exchange.dispatch(
                        SameThreadExecutor.INSTANCE,
                        () -> later.answer()
                                .whenComplete((answer, failed) ->
                                        exchange.getIoThread().execute(() -> finish(request, answer, failed))));
        }
    }

    private void work(Request request, Answered.Work work) {
        try {
            respond(request, work.answered().get());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            request.fail(failed);
        }
    }

    private void finish(Request request, @Nullable Answered answered, @Nullable Throwable failed) {
        HttpServerExchange exchange = request.exchange();
        if (exchange.isComplete() || !exchange.getConnection().isOpen()) {
            LOG.log(Level.DEBUG, "Nobody waits for the answer any more");
            exchange.endExchange();
            return;
        }
        if (answered == null) {
            request.fail(
                    failed instanceof CompletionException && failed.getCause() != null
                            ? failed.getCause()
                            : Objects.requireNonNull(failed));
            return;
        }
        try {
            respond(request, answered);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError ours) {
            request.fail(ours);
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
    static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (!exchange.isHostIncludedInRequestURI()) {
            return uri;
        }
        int slash = uri.indexOf('/', uri.indexOf("://") + 3);
        return slash < 0 ? "/" : uri.substring(slash);
    }
}
