package smew.bench;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Undertow that plays two endpoints with a fixed answer: {@code quick} answers at once, {@code held} keeps single rows waiting
 * until so many have come. Arguments: port, and how many are held.
 */
public final class FixedEndpoint {

    private static final String ROW =
            "{\"prediction\":0,\"probability\":0.25,\"probabilities\":{\"0\":0.75,\"1\":0.25}}";

    private final int most;
    private final List<HttpServerExchange> held = new ArrayList<>();

    private FixedEndpoint(int most) {
        this.most = most;
    }

    public static void main(String[] arguments) {
        FixedEndpoint endpoint = new FixedEndpoint(Integer.parseInt(arguments[1]));
        int cores = Runtime.getRuntime().availableProcessors();
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setIoThreads(cores)
                .setWorkerThreads(cores)
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullBytes(endpoint::answer))
                .build()
                .start();
    }

    private void answer(HttpServerExchange exchange, byte[] body) {
        int rows = new String(body, StandardCharsets.UTF_8).split("\\},\\{", -1).length;
        if (rows > 1 || !exchange.getRequestPath().contains("held")) {
            send(exchange, rows);
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> hold(exchange));
    }

    private void hold(HttpServerExchange exchange) {
        List<HttpServerExchange> all = List.of();
        synchronized (held) {
            held.add(exchange);
            if (held.size() == most) {
                all = List.copyOf(held);
                held.clear();
            }
        }
        all.forEach(each -> each.getIoThread().execute(() -> send(each, 1)));
    }

    private static void send(HttpServerExchange exchange, int rows) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send("{\"predictions\":[" + (ROW + ",").repeat(rows - 1) + ROW + "]}");
    }
}
