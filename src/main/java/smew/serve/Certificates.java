package smew.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import smew.base.Fault;
import smew.base.SmewException;

/** Reads what a server proves its name with from PEM files (RFC 7468). */
final class Certificates {

    private static final char[] NO_PASSWORD = {};

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    private Certificates() {}

    /**
     * The context of a server with this certificate.
     *
     * @throws SmewException CONFIGURATION, naming the file that cannot be read or does not fit
     */
    static SSLContext context(ServeSettings.Tls tls) {
        Certificate[] chain = chain(tls.certificate());
        PrivateKey key = key(tls.key(), chain[0].getPublicKey().getAlgorithm());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("smew", key, NO_PASSWORD, chain);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw refused("Using the certificate " + tls.certificate() + " with the key " + tls.key(), failed);
        }
    }

    private static Certificate[] chain(Path file) {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (chain.isEmpty()) {
                throw new SmewException(
                        Fault.CONFIGURATION,
                        "Reading the certificate " + file + ": it holds none, expected PEM with BEGIN CERTIFICATE.");
            }
            return chain.toArray(Certificate[]::new);
        } catch (IOException | GeneralSecurityException failed) {
            throw refused("Reading the certificate " + file, failed);
        }
    }

    private static PrivateKey key(Path file, String algorithm) {
        try {
            Matcher pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            String found = "nothing in PEM";
            while (pem.find()) {
                found = pem.group(1);
                if (found.equals("PRIVATE KEY")) {
                    byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
                }
            }
            throw new SmewException(
                    Fault.CONFIGURATION,
                    "Reading the key " + file + ": found " + found
                            + ", expected PRIVATE KEY (PKCS #8, not encrypted). Make"
                            + " it with: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failed) {
            throw refused("Reading the key " + file, failed);
        }
    }

    private static SmewException refused(String doing, Exception failed) {
        return new SmewException(
                Fault.CONFIGURATION,
                doing + ": " + failed.getMessage()
                        + ". Name PEM files: --tls-cert the certificate with its chain, --tls-key its key.",
                failed);
    }
}
