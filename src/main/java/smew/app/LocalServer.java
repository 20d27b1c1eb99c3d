package smew.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import smew.app.Engine.HostRequest;
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;
import smew.base.Version;
import smew.release.Releases;
import smew.sagemaker.HostVariables;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Hosting;
import smew.serve.Server;
import smew.serve.Token;

/** The server of this process, with a token of its own making where others can reach it and none was given. */
final class LocalServer implements RunningServer {

    /** Each look at CURRENT is a request that somebody pays for. */
    private static final Duration POLL_OF_S3 = Duration.ofSeconds(5);

    private static final String EVERY_ADDRESS = "0.0.0.0";

    /** The largest request of an endpoint. */
    private static final int BODY_MEBIBYTES = 25;

    /** A batch transform fills requests by size, and rows may be short. */
    private static final int ROWS = 1_000_000;

    /** SageMaker's limit of what the concurrent requests of a transform hold together. */
    private static final int TRANSFORM_MEGABYTES = 100;

    private final Server server;
    private final Runnable afterwards;
    private final String address;
    private final Optional<String> generatedToken;

    private LocalServer(Server server, Runnable afterwards, String address, Optional<String> generatedToken) {
        this.server = server;
        this.afterwards = afterwards;
        this.address = address;
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
        Server server;
        try {
            server = Server.start(settings, releases);
        } catch (RuntimeException failed) {
            releases.close();
            throw failed;
        }
        return new LocalServer(server, releases::close, address(request.host(), server), generated);
    }

    /** Hosts the model of a container: reachable without a token, because only SageMaker's network reaches it. */
    static LocalServer host(HostRequest request) {
        HostVariables variables = HostVariables.read(request.environment());
        int payload = variables.payloadMegabytes().orElse(Hosting.PAYLOAD_MEGABYTES);
        long body = request.bodyLimitBytes().orElse((long) Math.max(payload, BODY_MEBIBYTES) << 20);
        String host = request.host().orElse(EVERY_ADDRESS);
        ServeSettings defaults = ServeSettings.DEFAULT;
        ServeSettings settings = defaults.withBind(host)
                .withPort(request.port().orElse(variables.port()))
                .withToken(request.token())
                .withInsecure(true)
                .with(new ServeSettings.Limits(
                        (int) Math.min(Integer.MAX_VALUE, body),
                        defaults.limits().ids(),
                        ROWS))
                .with(new ServeSettings.Timing(
                        defaults.timing().poll(),
                        request.stopWithin(),
                        defaults.timing().clock()))
                .with(new Hosting(
                        variables.accept(),
                        variables.concurrentTransforms().orElse(concurrent(payload)),
                        variables.batchStrategy(),
                        payload));
        Server server = Server.start(settings, request.files().modelDirectory());
        return new LocalServer(server, () -> {}, address(host, server), Optional.empty());
    }

    /** One request for each processor, as long as SageMaker allows so many of that size at once. */
    private static int concurrent(int payloadMegabytes) {
        return Math.max(
                1, Math.min(Runtime.getRuntime().availableProcessors(), TRANSFORM_MEGABYTES / payloadMegabytes));
    }

    private static String address(String host, Server server) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
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
