package smew.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import smew.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * Stands in for AWS services on loopback. Each operation is played by a function; a request that no function plays, that is
 * not signed, or that does not fit the operation's shape is refused as AWS would, and is a {@link #complaints complaint}.
 *
 * <p>Operations are named as in the X-Amz-Target header, {@code SageMaker.CreateTrainingJob}; those of REST services by method
 * and path pattern, {@code POST /endpoints/[^/]+/invocations}.
 */
public final class StubAws implements AutoCloseable {

    private static final Pattern SIGNED = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/[a-z0-9-]+/[a-z-]+/aws4_request, SignedHeaders=\\S+, Signature=[0-9a-f]{64}");

    private final HttpServer server;
    private final Map<String, Played> operations = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private record Played(Optional<Shape> shape, Operation operation) {}

    private StubAws(HttpServer server) {
        this.server = server;
    }

    /** Plays one operation. */
    @FunctionalInterface
    public interface Operation {
        Reply answer(Call call) throws IOException;
    }

    /**
     * One request.
     *
     * @param operation by which it was found
     * @param body as it came
     */
    public record Call(String operation, String path, Headers headers, byte[] body) {
        public JsonNode json() {
            return Json.tree(body);
        }
    }

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, byte[] body) {
        public static Reply json(Object value) {
            return new Reply(200, Map.of(), (value instanceof String text ? text : Json.write(value)).getBytes(UTF_8));
        }

        /** A refusal in the form of the JSON protocols. */
        public static Reply error(int status, String code, String message) {
            return new Reply(
                    status,
                    Map.of("x-amzn-ErrorType", code),
                    Json.write(Map.of("__type", code, "message", message)).getBytes(UTF_8));
        }
    }

    public static StubAws start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_000);
            StubAws stub = new StubAws(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", stub::handle);
            server.start();
            return stub;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Plays an operation of a JSON service; requests must fit the shape. */
    public StubAws on(String operation, Shape shape, Operation played) {
        operations.put(operation, new Played(Optional.of(shape), played));
        return this;
    }

    /** Plays an operation whose body is no JSON of AWS's own. */
    public StubAws on(String operation, Operation played) {
        operations.put(operation, new Played(Optional.empty(), played));
        return this;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public AwsSettings settings() {
        return new AwsSettings(
                Optional.of("eu-central-1"), Optional.of(endpoint()), Optional.of(S3Server.credentials()));
    }

    /** Every request so far, in the order of arrival. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The requests of one operation. */
    public List<Call> calls(String operation) {
        return calls.stream().filter(call -> call.operation().equals(operation)).toList();
    }

    /** What was wrong with requests; a test that ends well has none. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getRequestHeaders();
            String path = exchange.getRequestURI().getRawPath();
            String target = headers.getFirst("X-Amz-Target");
            String wanted = target == null ? exchange.getRequestMethod() + " " + path : target;
            Reply reply = reply(wanted, path, headers, body);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/x-amz-json-1.1"));
            exchange.getResponseHeaders().set("x-amzn-RequestId", "stub-" + calls.size());
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private Reply reply(String wanted, String path, Headers headers, byte[] body) throws IOException {
        String authorization = headers.getFirst("Authorization");
        if (authorization == null || !SIGNED.matcher(authorization).matches()) {
            return complain(wanted, "MissingAuthenticationTokenException", "not signed: " + authorization);
        }
        Optional<String> operation = operations.keySet().stream()
                .filter(name -> wanted.equals(name) || (name.contains(" /") && wanted.matches(name)))
                .findFirst();
        if (operation.isEmpty()) {
            return complain(wanted, "UnknownOperationException", "nobody plays it");
        }
        Played played = operations.get(operation.get());
        Call call = new Call(operation.get(), path, headers, body);
        calls.add(call);
        if (played.shape().isPresent()) {
            List<String> wrong = ShapeCheck.of(call.json(), played.shape().get());
            if (!wrong.isEmpty()) {
                return complain(wanted, "ValidationException", String.join("; ", wrong));
            }
        }
        return played.operation().answer(call);
    }

    private Reply complain(String wanted, String code, String message) {
        complaints.add(wanted + ": " + message);
        return Reply.error(400, code, message);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
