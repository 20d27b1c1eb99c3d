package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
                    .write(("POST /predictions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                                    + JSON + "\r\nExpect: 100-continue\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n")
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
            assertTrue(client.rawGet("/livez").startsWith("HTTP/1.1 200"), "it lives until it ends");
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
                    .write(("POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + JSON
                                    + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 100 Continue", line(half));
            server.close();
            assertThrows(IOException.class, () -> client.open().close());
        }
        server.close();
    }

    /** What the server has answered, by its own account, its clients have read to the end. */
    @Test
    void losesNoAnswerUnderLoad() throws Exception {
        publish(1);
        Path file = folder.resolve("access.log");
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger cut = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(1);
        try (AccessLog log = AccessLog.open(Optional.of(file), System.out, false, Clock.systemUTC());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Server server = Server.start(
                    settings,
                    store.releases(),
                    Optional.empty(),
                    new Companions(Optional.empty(), Optional.of(log), Optional.empty()));
            Client client = new Client(server);
            for (int i = 0; i < 16; i++) {
                boolean batches = i % 2 == 0;
                clients.execute(() -> {
                    while (ask(client, batches, answers, cut, busy)) {
                        continue;
                    }
                });
            }
            busy.await();
            server.close();
        }
        assertEquals(0, cut.get(), "answers that began and did not end");
        try (Stream<String> lines = Files.lines(file)) {
            assertEquals(
                    answers.get(),
                    lines.filter(line -> line.contains("\" 200 ")).count());
        }
    }

    /** Asks on one connection until it ends; false once there is nobody to connect to. */
    private static boolean ask(
            Client client, boolean batches, AtomicInteger answers, AtomicInteger cut, CountDownLatch busy) {
        String body = "{\"ids\":[1001,1002,1003]}";
        byte[] request = (batches
                        ? "POST /predictions HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + JSON
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                        : "GET /predictions/1001 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = client.open()) {
            while (true) {
                socket.getOutputStream().write(request);
                String status = line(socket);
                if (status.isEmpty()) {
                    return true;
                }
                int length = 0;
                for (String header = line(socket); !header.isEmpty(); header = line(socket)) {
                    length = header.toLowerCase(Locale.ROOT).startsWith("content-length:")
                            ? Integer.parseInt(header.substring(15).strip())
                            : length;
                }
                if (socket.getInputStream().readNBytes(length).length < length) {
                    cut.incrementAndGet();
                } else if (status.contains(" 200 ") && answers.incrementAndGet() == 500) {
                    busy.countDown();
                }
            }
        } catch (ConnectException over) {
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n' && c >= 0;
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
