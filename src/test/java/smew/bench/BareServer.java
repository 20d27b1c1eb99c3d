package smew.bench;

import io.undertow.Undertow;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Undertow that reads what it is sent and answers everything with one body: what no handler of ours can beat. Arguments: port and body length. */
public final class BareServer {

    private BareServer() {}

    public static void main(String[] arguments) {
        byte[] body = new byte[Integer.parseInt(arguments[1])];
        Arrays.fill(body, (byte) 'x');
        ByteBuffer fixed = ByteBuffer.allocateDirect(body.length).put(body).flip();
        int cores = Runtime.getRuntime().availableProcessors();
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setIoThreads(cores)
                .setWorkerThreads(2 * cores)
                .setHandler(exchange -> {
                    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
                    if (exchange.isRequestComplete()) {
                        exchange.getResponseSender().send(fixed.duplicate());
                    } else {
                        exchange.getRequestReceiver()
                                .receiveFullBytes(
                                        (read, _) -> read.getResponseSender().send(fixed.duplicate()));
                    }
                })
                .build()
                .start();
    }
}
