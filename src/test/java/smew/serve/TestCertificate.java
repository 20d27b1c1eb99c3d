package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for localhost and its key, made by the JDK's own tool, and those who trust it. */
final class TestCertificate {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final KeyStore pair;

    /** The chain as a PEM file. */
    final Path certificate;

    /** Its key as one. */
    final Path key;

    TestCertificate(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        this.folder = folder;
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
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, made.waitFor(), said);
        pair = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            pair.load(in, PASSWORD.toCharArray());
        }
        certificate = pem("CERTIFICATE", pair.getCertificate("smew").getEncoded());
        key = pem("PRIVATE KEY", pair.getKey("smew", PASSWORD.toCharArray()).getEncoded());
    }

    /** A PEM file of these bytes. */
    Path pem(String kind, byte[] bytes) throws IOException {
        return Files.writeString(
                folder.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    ServeSettings.Tls tls() {
        return new ServeSettings.Tls(certificate, key);
    }

    /** What trusts this certificate alone. */
    SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("smew", pair.getCertificate("smew"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    HttpClient client() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder().sslContext(trusting()).build();
    }
}
