package smew.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;
import smew.aws.AwsSettings;
import smew.base.Version;
import smew.release.Releases;
import smew.sagemaker.Endpoint;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.serve.Token;
import smew.store.Store;

/** The server of this process, with a token of its own making where others can reach it and none was given. */
final class LocalServer implements RunningServer {

    private final Server server;
    private final Optional<Endpoint> endpoint;
    private final String address;
    private final Optional<String> generatedToken;

    private LocalServer(Server server, Optional<Endpoint> endpoint, String address, Optional<String> generatedToken) {
        this.server = server;
        this.endpoint = endpoint;
        this.address = address;
        this.generatedToken = generatedToken;
    }

    static LocalServer start(ServeRequest request) {
        return start(request, AwsSettings.DEFAULT);
    }

    static LocalServer start(ServeRequest request, AwsSettings aws) {
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
                        defaults.timing().poll(),
                        request.stopWithin(),
                        defaults.timing().clock()));
        Releases releases = new Releases(Store.open(request.store().toString()));
        Optional<Endpoint> endpoint = request.backend().map(asked -> Endpoint.open(asked.endpoint(), aws));
        Server server;
        try {
            server = Server.start(settings, releases, EndpointBackend.chosen(request.backend(), endpoint));
        } catch (RuntimeException failed) {
            endpoint.ifPresent(Endpoint::close);
            throw failed;
        }
        String host = request.host().contains(":") ? "[" + request.host() + "]" : request.host();
        return new LocalServer(server, endpoint, "http://" + host + ":" + server.port(), generated);
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
        endpoint.ifPresent(Endpoint::close);
    }

    @Override
    public String toString() {
        return "smew " + Version.SMEW + " on " + address + ", release " + server.release();
    }
}
