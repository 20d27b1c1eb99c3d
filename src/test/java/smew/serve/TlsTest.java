package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;

/** What is spoken below HTTP/1.1 and beside it. */
class TlsTest extends OnTestStore {

    private static final String PASSWORD = "changeit";

    private Path certificate;
    private Path key;
    private KeyStore pair;

    /** A certificate for localhost, made by the JDK's own tool. */
    @BeforeEach
    void make() throws Exception {
        publish(1);
        Path file = folder.resolve("pair.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "smew",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, made.waitFor(), said);
        pair = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            pair.load(in, PASSWORD.toCharArray());
        }
        certificate = pem("CERTIFICATE", pair.getCertificate("smew").getEncoded());
        key = pem("PRIVATE KEY", pair.getKey("smew", PASSWORD.toCharArray()).getEncoded());
    }

    private Path pem(String kind, byte[] bytes) throws Exception {
        return Files.writeString(
                folder.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    private HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("smew", pair.getCertificate("smew"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private ServeSettings speaking(Optional<ServeSettings.Tls> tls, boolean http2) {
        return settings.with(new ServeSettings.Listening("127.0.0.1", 0, tls, http2));
    }

    private static HttpResponse<String> get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    @Test
    void speaksTlsAndHttp2OverIt() throws Exception {
        for (boolean http2 : new boolean[] {false, true}) {
            try (Server server = Server.start(
                            speaking(Optional.of(new ServeSettings.Tls(certificate, key)), http2), store.releases());
                    HttpClient http = trusting()) {
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
    void saysWhichFileDoesNotFit() throws Exception {
        Path nowhere = folder.resolve("nowhere.pem");
        Path rsa = pem("RSA PRIVATE KEY", new byte[] {1, 2});
        refuses(nowhere, key, nowhere.toString());
        refuses(certificate, nowhere, nowhere.toString());
        refuses(key, key, "certificate");
        refuses(certificate, certificate, "expected PRIVATE KEY");
        refuses(certificate, rsa, "openssl pkcs8");
        refuses(certificate, pem("PRIVATE KEY", new byte[] {1, 2}), "key");
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
