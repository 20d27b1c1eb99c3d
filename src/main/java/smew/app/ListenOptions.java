package smew.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import smew.base.Fault;
import smew.base.SmewException;
import smew.serve.ServeSettings.Access;
import smew.serve.ServeSettings.Listening;
import smew.serve.ServeSettings.Tls;

/** Where a server listens, and who may ask. */
final class ListenOptions extends Options {

    private static final int PORT = 8080;

    final Given<String> host = option(String.class, "--host", "ADDRESS", "Where to listen. Default: 127.0.0.1.");

    final Given<Converters.Port> port =
            option(Converters.Port.class, "--port", "N", "Where to listen; 0 for any free port. Default: 8080.");

    final Given<String> token = option(
            String.class,
            "--token",
            "TEXT",
            "What clients must present. Default: generated and printed where one is needed. Better given"
                    + " as SMEW_TOKEN, because others on this machine see command lines.");

    private final Given<Path> tokenFile = option(
            Path.class,
            "--token-file",
            "FILE",
            "Tokens of which clients must present one, one on each line; read again when it changes.");

    private final Flag insecure = flag("--insecure", "Listens on an address that others reach, without a token.");

    private final Given<Path> certificate = option(
            Path.class, "--tls-cert", "FILE", "Speaks TLS: the certificate and those that lead to its root, as PEM.");

    private final Given<Path> key = option(Path.class, "--tls-key", "FILE", "The key of --tls-cert, as PEM (PKCS #8).");

    private final Flag http2 = flag("--http2", "Speaks HTTP/2 with clients that want to, with TLS or without.");

    private final Given<String> origins = option(
            String.class,
            "--cors",
            "ORIGIN[,ORIGIN]",
            "Origins whose pages a browser lets read answers, such as https://example.com; * for all."
                    + " Default: none.");

    Listening listening(Path directory) {
        if (certificate.isPresent() != key.isPresent()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Starting the server: found " + (key.isPresent() ? "--tls-key" : "--tls-cert")
                            + " alone, expected --tls-cert and --tls-key together.");
        }
        return new Listening(
                host.value().orElse("127.0.0.1"),
                port.value().map(Converters.Port::value).orElse(PORT),
                certificate
                        .value()
                        .map(file -> new Tls(
                                directory.resolve(file),
                                directory.resolve(key.value().orElseThrow()))),
                http2.isSet());
    }

    Access access(Path directory) {
        List<String> named = origins.value().stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
        return new Access(token.value(), tokenFile.value().map(directory::resolve), insecure.isSet(), named);
    }
}
