package smew.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;
import smew.serve.ServeSettings.Access;
import smew.serve.ServeSettings.Listening;
import smew.serve.ServeSettings.Tls;

/** Where a server listens, and who may ask. */
final class ListenOptions {

    private static final int PORT = 8080;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Where to listen. Default: 127.0.0.1.")
    Optional<String> host = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "Where to listen; 0 for any free port. Default: 8080.")
    Optional<Converters.Port> port = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description =
                    "What clients must present. Default: generated and printed where one is needed. Better given as"
                            + " SMEW_TOKEN, because others on this machine see command lines.")
    Optional<String> token = Optional.empty();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Tokens of which clients must present one, one on each line; read again when it changes.")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--insecure",
            fallbackValue = "true",
            description = "Listens on an address that others reach, without a token.")
    private boolean insecure;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Speaks TLS: the certificate and those that lead to its root, as PEM.")
    private Optional<Path> certificate = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "The key of --tls-cert, as PEM (PKCS #8).")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--http2",
            fallbackValue = "true",
            description = "Speaks HTTP/2 with clients that want to, with TLS or without.")
    private boolean http2;

    @Option(
            names = "--cors",
            paramLabel = "ORIGIN[,ORIGIN]",
            description = "Origins whose pages a browser lets read answers, such as https://example.com; * for all."
                    + " Default: none.")
    private Optional<String> origins = Optional.empty();

    Listening listening(Path directory) {
        if (certificate.isPresent() != key.isPresent()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Starting the server: found " + (key.isPresent() ? "--tls-key" : "--tls-cert")
                            + " alone, expected --tls-cert and --tls-key together.");
        }
        return new Listening(
                host.orElse("127.0.0.1"),
                port.map(Converters.Port::value).orElse(PORT),
                certificate.map(file -> new Tls(directory.resolve(file), directory.resolve(key.orElseThrow()))),
                http2);
    }

    Access access(Path directory) {
        List<String> named = origins.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
        return new Access(token, tokenFile.map(directory::resolve), insecure, named);
    }
}
