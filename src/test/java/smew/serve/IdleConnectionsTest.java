package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever connects and asks nothing is sent away, whatever may be spoken, and whoever asks stays. */
class IdleConnectionsTest {

    private static final HttpHandler NOTHING = exchange -> exchange.endExchange();
    private static final Duration IDLE = Duration.ofMillis(600);
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** RFC 9113, section 3.4: the preface, and settings without a setting. */
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

    /** A GET whose body would follow, and its end before that: sections 6.2 and 6.4. */
    private static final String TAKEN_BACK =
            "\0\0\u0003\u0001\u0004\0\0\0\u0001\u0082\u0086\u0084\0\0\u0004\u0003\0\0\0\0\u0001\0\0\0\u0008";

    /** The first bytes of a TLS record that is longer. */
    private static final String HALF_A_HELLO = "\u0016\u0003\u0001\u0002\0\u0001\0";

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void leave() throws IOException {
        for (Socket socket : clients) {
            socket.close();
        }
    }

    private static Listener listening(Optional<ServeSettings.Tls> tls, boolean http2) throws IOException {
        return Listener.open(
                ServeSettings.DEFAULT.with(new ServeSettings.Listening("127.0.0.1", 0, tls, http2)), NOTHING, IDLE);
    }

    private Socket connect(Listener listener, String bytes) throws IOException {
        return send(new Socket(InetAddress.getLoopbackAddress(), listener.port()), bytes);
    }

    private Socket connect(Listener listener, SSLContext trusting, String protocol, String bytes) throws IOException {
        SSLSocket socket =
                (SSLSocket) trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        assertEquals(protocol, socket.getApplicationProtocol());
        return send(socket, bytes);
    }

    private Socket send(Socket socket, String bytes) throws IOException {
        if (!clients.contains(socket)) {
            clients.add(socket);
        }
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private void areSentAway() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (Socket socket : clients) {
                try {
                    socket.setSoTimeout(0);
                    socket.getInputStream().readAllBytes();
                } catch (SocketException reset) {
                    // This, too, is an end.
                }
            }
        });
        clients.clear();
    }

    private static boolean hasEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stays) {
            return false;
        }
    }

    private static void isAnswered(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertTrue(next >= 0, "ended after " + head);
            head.append((char) next);
        }
        assertTrue(head.toString().startsWith("HTTP/1.1 200 "), head.toString());
    }

    @Test
    void whoAsksNothingWithoutTlsIsSentAway() throws IOException {
        for (boolean http2 : new boolean[] {false, true}) {
            try (Listener listener = listening(Optional.empty(), http2)) {
                for (String bytes : List.of("", PREFACE, PREFACE.substring(0, 20), PREFACE + TAKEN_BACK)) {
                    Socket _ = connect(listener, bytes);
                }
                areSentAway();
            }
        }
    }

    @Test
    void whoAsksNothingOverTlsIsSentAway(@TempDir Path folder) throws Exception {
        TestCertificate own = new TestCertificate(folder);
        for (boolean http2 : new boolean[] {false, true}) {
            try (Listener listener = listening(Optional.of(own.tls()), http2)) {
                for (String bytes : List.of("", HALF_A_HELLO)) {
                    Socket _ = connect(listener, bytes);
                }
                if (http2) {
                    for (String protocol : List.of("http/1.1", "h2")) {
                        Socket _ = connect(listener, own.trusting(), protocol, "");
                    }
                    for (String bytes : List.of(PREFACE, PREFACE + TAKEN_BACK)) {
                        Socket _ = connect(listener, own.trusting(), "h2", bytes);
                    }
                }
                areSentAway();
            }
        }
    }

    @Test
    void whoAskedStaysAsLongAsUndertowLetsThem(@TempDir Path folder) throws Exception {
        TestCertificate own = new TestCertificate(folder);
        try (Listener listener = listening(Optional.empty(), true);
                Listener certified = listening(Optional.of(own.tls()), true)) {
            Socket plain = connect(listener, GET);
            Socket secret = connect(certified, own.trusting(), "http/1.1", GET);
            isAnswered(plain);
            isAnswered(secret);
            // Who came later and asks nothing goes first.
            Socket other = connect(listener, "");
            other.setSoTimeout(50);
            while (!hasEnded(other)) {
                isAnswered(send(plain, GET));
                isAnswered(send(secret, GET));
            }
            isAnswered(send(plain, GET));
            isAnswered(send(secret, GET));
            areSentAway();
        }
    }
}
