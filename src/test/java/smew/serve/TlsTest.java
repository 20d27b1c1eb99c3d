package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;

/** What is spoken below HTTP/1.1 and beside it. */
class TlsTest extends OnTestStore {

    private TestCertificate own;

    @BeforeEach
    void make() throws Exception {
        publish(1);
        own = new TestCertificate(folder);
    }

    private ServeSettings speaking(Optional<ServeSettings.Tls> tls, boolean http2) {
        return settings.with(new ServeSettings.Listening("127.0.0.1", 0, tls, http2));
    }

    private static ServeSettings.Limits impatient() {
        return new ServeSettings.Limits(
                25_000_000, 1000, 1000, 1000, 100, 1000, Duration.ofMillis(700), Long.MAX_VALUE);
    }

    private static HttpResponse<String> get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void speaksTlsAndHttp2OverIt() throws Exception {
        for (boolean http2 : new boolean[] {false, true}) {
            try (Server server = Server.start(speaking(Optional.of(own.tls()), http2), store.releases());
                    HttpClient http = own.client()) {
                HttpResponse<String> answer = get(http, "https://localhost:" + server.port() + "/predictions/1000");
                assertEquals(200, answer.statusCode());
                assertEquals(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1, answer.version());
                assertTrue(answer.body().startsWith("{\"id\":1000,"), answer.body());
                assertTrue(answer.sslSession().isPresent());
            }
        }
    }

    @Test
    void speaksHttp2WithoutTlsToClientsThatWantTo() throws Exception {
        try (Server server = Server.start(speaking(Optional.empty(), true), store.releases());
                HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> answer = get(http, "http://127.0.0.1:" + server.port() + "/predictions/1000");
                assertEquals(200, answer.statusCode());
                assertEquals(HttpClient.Version.HTTP_2, answer.version());
            }
            assertEquals(200, new Client(server).get("/predictions/1000").status());
        }
    }

    @Test
    void aBodyOfHttp2ThatNeverEndsIsToldSo() throws Exception {
        try (Server server = Server.start(speaking(Optional.empty(), true).with(impatient()), store.releases());
                HttpClient http = HttpClient.newHttpClient()) {
            String address = "http://127.0.0.1:" + server.port() + "/predictions";
            assertEquals(200, get(http, address + "/1000").statusCode());
            HttpRequest endless = HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.fromPublisher(new Endless()))
                    .build();
            // Java's client hears of the end of its stream before it looks at the answer.
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThrows(IOException.class, () -> http.send(endless, BodyHandlers.discarding())));
            String metrics =
                    get(http, "http://127.0.0.1:" + server.port() + "/metrics").body();
            assertEquals(1, sum(metrics, "smew_http_request_duration_seconds_count", "status=\"408\""));
        }
    }

    /** RFC 9113: the preface, no window for answers, a GET. */
    @Test
    void whoTakesNoAnswerOverHttp2IsCutOff() throws Exception {
        String path = "/predictions/1000";
        String fields = "\u0082\u0086\u0004" + (char) path.length() + path + "\u0001\u0009localhost";
        String asked = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
                + "\0\0\u0006\u0004\0\0\0\0\0\0\u0004\0\0\0\0"
                + ("\0\0" + (char) fields.length() + "\u0001\u0005\0\0\0\u0001" + fields);
        try (Server server = Server.start(speaking(Optional.empty(), true).with(impatient()), store.releases());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> socket.getInputStream().readAllBytes());
        }
    }

    /** Sends the first byte of a body, and no other. */
    private static final class Endless implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {

                private boolean sent;

                @Override
                public void request(long count) {
                    if (!sent) {
                        sent = true;
                        subscriber.onNext(ByteBuffer.wrap(new byte[] {'{'}));
                    }
                }

                @Override
                public void cancel() {}
            });
        }
    }

    @Test
    void saysWhichFileDoesNotFit() throws Exception {
        Path nowhere = folder.resolve("nowhere.pem");
        Path rsa = own.pem("RSA PRIVATE KEY", new byte[] {1, 2});
        refuses(nowhere, own.key, nowhere.toString());
        refuses(own.certificate, nowhere, nowhere.toString());
        refuses(own.key, own.key, "certificate");
        refuses(own.certificate, own.certificate, "expected PRIVATE KEY");
        refuses(own.certificate, rsa, "openssl pkcs8");
        refuses(own.certificate, own.pem("PRIVATE KEY", new byte[] {1, 2}), "key");
    }

    private void refuses(Path certificate, Path key, String inMessage) {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> Server.start(
                                speaking(Optional.of(new ServeSettings.Tls(certificate, key)), false), store.releases())
                        .close());
        assertEquals(Fault.CONFIGURATION, refused.fault());
        assertTrue(refused.getMessage().contains(inMessage), refused.getMessage());
    }
}
