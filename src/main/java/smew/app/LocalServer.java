package smew.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;
import smew.aws.AwsLibrary;
import smew.base.Version;
import smew.release.Releases;
import smew.sagemaker.Endpoint;
import smew.serve.ServeSettings;
import smew.serve.Hearing;
import smew.serve.Server;
import smew.serve.Token;

/** The server of this process, with a token of its own making where others can reach it and none was given. */
final class LocalServer implements RunningServer {

    /** Each look at CURRENT is a request that somebody pays for. */
    private static final Duration POLL_OF_S3 = Duration.ofSeconds(5);

    private final Server server;
    private final Runnable afterwards;
    private final String address;
    private final Optional<String> generatedToken;

    /**
     * A server that runs.
     *
     * @param afterwards closes what it worked with
     * @param host where it listens
     */
    LocalServer(Server server, Runnable afterwards, String host, Optional<String> generatedToken) {
        this.server = server;
        this.afterwards = afterwards;
        this.address = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
        this.generatedToken = generatedToken;
    }

    static LocalServer start(ServeRequest request) {
        boolean needsToken = request.token().isEmpty() && !request.insecure() && !isLoopback(request.host());
        Optional<String> generated = needsToken ? Optional.of(Token.generate()) : Optional.empty();
        ServeSettings defaults = ServeSettings.DEFAULT;
        ServeSettings settings = defaults.withBind(request.host())
                .withPort(request.port())
                .withToken(generated.or(request::token))
                .withInsecure(request.insecure())
                .withModel(request.model())
                .withFeaturesOnly(request.featuresOnly())
                .with(new ServeSettings.Limits(
                        (int) Math.min(Integer.MAX_VALUE, request.bodyLimitBytes()),
                        defaults.limits().ids(),
                        defaults.limits().rows()))
                .with(new ServeSettings.Timing(
                        request.store().onS3() ? POLL_OF_S3 : defaults.timing().poll(),
                        request.stopWithin(),
                        defaults.timing().clock()));
        Releases releases = Releases.of(request.store());
        Optional<Endpoint> endpoint = Optional.empty();
        try {
            endpoint = request.backend().map(asked -> {
                AwsLibrary.open();
                return Endpoint.open(asked.endpoint(), request.store().aws());
            });
            Server server = Server.start(
                    settings, releases, EndpointBackend.chosen(request.backend(), endpoint), Hearing.NOBODY);
            Optional<Endpoint> asked = endpoint;
            return new LocalServer(server, () -> close(asked, releases), request.host(), generated);
        } catch (RuntimeException failed) {
            close(endpoint, releases);
            throw failed;
        }
    }

    /** Without a method reference, which would load the SDK of AWS where there is no endpoint. */
    private static void close(Optional<Endpoint> endpoint, Releases releases) {
        if (endpoint.isPresent()) {
            endpoint.get().close();
        }
        releases.close();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            // The server says so itself, with what to do about it.
            return true;
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Optional<String> generatedToken() {
        return generatedToken;
    }

    @Override
    public void stop() {
        server.close();
        afterwards.run();
    }

    @Override
    public String toString() {
        return "smew " + Version.SMEW + " on " + address + ", release " + server.release();
    }
}
