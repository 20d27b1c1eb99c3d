package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Stopping. */
class StopTest extends OnTestStore {

    private static final String JSON = "application/json";

    @Test
    void finishesARequestInFlightBeforeItStops() throws Exception {
        publish(1);
        Server server = Server.start(settings, store.releases());
        Client client = new Client(server);
        String body = "{\"ids\":[1001]}";
        try (ExecutorService stopping = Executors.newSingleThreadExecutor();
                Socket half = client.open()) {
            half.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + JSON
                                    + "\r\nExpect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            // Its 100 Continue proves that the server has the request in hand.
            assertEquals("HTTP/1.1 100 Continue", line(half));
            Future<?> stop = stopping.submit(server::close);
            String refused = "";
            Instant deadline = Instant.now().plusSeconds(20);
            while (!refused.startsWith("HTTP/1.1 503")) {
                assertTrue(Instant.now().isBefore(deadline), refused);
                refused = client.rawGet("/readyz");
            }
            assertTrue(refused.contains("application/problem+json") && refused.contains("stopping"), refused);
            assertEquals(false, stop.isDone());
            half.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            String answer = Client.readAll(half.getInputStream());
            assertTrue(answer.contains("HTTP/1.1 200 OK") && answer.contains("\"id\":1001"), answer);
            stop.get();
        }
        assertThrows(IOException.class, () -> client.open().close());
    }

    @Test
    void cutsOffARequestThatOutlastsTheDrainTime() throws Exception {
        publish(1);
        ServeSettings impatient =
                settings.with(new ServeSettings.Timing(Duration.ofDays(1), Duration.ofMillis(50), Clock.systemUTC()));
        Server server = Server.start(impatient, store.releases());
        Client client = new Client(server);
        try (Socket half = client.open()) {
            half.getOutputStream()
                    .write(("POST /predictions HTTP/1.1\r\nHost: x\r\nContent-Type: " + JSON
                                    + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 100 Continue", line(half));
            server.close();
            assertThrows(IOException.class, () -> client.open().close());
        }
        server.close();
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
