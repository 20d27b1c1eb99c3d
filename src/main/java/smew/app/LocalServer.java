package smew.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import smew.app.Engine.RunningServer;
import smew.app.Engine.ServeRequest;
import smew.aws.AwsLibrary;
import smew.base.Version;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.sagemaker.Endpoint;
import smew.serve.AccessLog;
import smew.serve.Companions;
import smew.serve.PredictionLog;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Access;
import smew.serve.ServeSettings.Listening;
import smew.serve.Server;
import smew.serve.SqlBox;
import smew.serve.Token;

/** The server of this process, with a token of its own making where others can reach it and none was given. */
final class LocalServer implements RunningServer {

    private final Server server;
    private final Runnable afterwards;
    private final Listening listening;
    private final Optional<String> generatedToken;
    private final Optional<SqlProcesses.Limits> sql;

    /**
     * A server that runs.
     *
     * @param afterwards closes what it worked with
     * @param sql what queries may take; empty: none are answered
     */
    LocalServer(
            Server server,
            Runnable afterwards,
            Listening listening,
            Optional<String> generatedToken,
            Optional<SqlProcesses.Limits> sql) {
        this.server = server;
        this.afterwards = afterwards;
        this.listening = listening;
        this.generatedToken = generatedToken;
        this.sql = sql;
    }

    static LocalServer start(ServeRequest request) {
        Listening listening = request.settings().listening();
        Access access = request.settings().access();
        boolean guarded = access.token().isPresent() || access.tokenFile().isPresent() || access.insecure();
        Optional<String> generated =
                guarded || isLoopback(listening.bind()) ? Optional.empty() : Optional.of(Token.generate());
        ServeSettings settings = request.settings().withToken(generated.or(access::token));
        Deque<Runnable> closed = new ArrayDeque<>();
        try {
            Releases releases = Releases.of(request.store());
            closed.push(releases::close);
            Optional<Endpoint> endpoint = request.backend().map(asked -> {
                AwsLibrary.open();
                return Endpoint.open(asked.endpoint(), request.store().aws());
            });
            // Not a method reference, which would load the SDK of AWS where there is no endpoint.
            endpoint.ifPresent(opened -> closed.push(() -> opened.close()));
            Optional<AccessLog> accessLog = request.accessLog()
                    .map(to -> AccessLog.open(
                            to.file(), System.out, to.json(), settings.timing().clock()));
            accessLog.ifPresent(log -> closed.push(log::close));
            Optional<PredictionLog> log = Optional.empty();
            if (request.logPredictions()) {
                PredictionRecorder recorder = PredictionRecorder.open(request.store());
                closed.push(recorder::close);
                log = Optional.of(recorder);
            }
            Optional<SqlBox> sql =
                    request.sql().map(limits -> new SqlProcesses(() -> Warehouse.file(releases), limits));
            sql.ifPresent(box -> closed.push(box::close));
            Server server = Server.start(
                    settings,
                    releases,
                    EndpointBackend.chosen(request.backend(), endpoint),
                    new Companions(log, accessLog, sql));
            return new LocalServer(server, () -> closed.forEach(Runnable::run), listening, generated, request.sql());
        } catch (RuntimeException failed) {
            closed.forEach(Runnable::run);
            throw failed;
        }
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
        String host = listening.bind();
        return (listening.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + server.port();
    }

    @Override
    public String settings() {
        return server.settings().shown() + ", "
                + sql.map(SqlProcesses.Limits::shown).orElse("sql off");
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
        return "smew " + Version.SMEW + " on " + address() + ", release " + server.release();
    }
}
