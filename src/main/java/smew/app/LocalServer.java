package smew.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import smew.app.Engine.ServeRequest;
import smew.base.Version;
import smew.model.PredictionLog;
import smew.monitor.Recorder;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.serve.AccessLog;
import smew.serve.ChosenBackend;
import smew.serve.Companions;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Access;
import smew.serve.ServeSettings.Listening;
import smew.serve.Server;
import smew.serve.SqlBox;
import smew.serve.Token;
import smew.store.Store;

/** The server of this process, with a token of its own making where others can reach it and none was given. */
final class LocalServer implements RunningServer {

    private final Server server;
    private final Runnable afterwards;
    private final Listening listening;
    private final EffectiveSettings effective;
    private final Optional<String> generatedToken;

    /**
     * A server that runs.
     *
     * @param afterwards closes what it worked with
     */
    LocalServer(Server server, Runnable afterwards, EffectiveSettings effective, Optional<String> generatedToken) {
        this.server = server;
        this.afterwards = afterwards;
        this.listening = server.settings().listening();
        this.effective = effective;
        this.generatedToken = generatedToken;
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
            Optional<ChosenBackend> backend = request.backend()
                    .map(asked -> EndpointBackend.open(asked, request.store().aws(), closed));
            Optional<AccessLog> accessLog = request.accessLog()
                    .map(to -> AccessLog.open(
                            to.file(),
                            new FileOutputStream(FileDescriptor.out),
                            to.json(),
                            settings.timing().clock()));
            accessLog.ifPresent(log -> closed.push(log::close));
            Optional<PredictionLog> log = Optional.empty();
            if (request.predictionLog().isPresent()) {
                // A store of its own: it writes what is left after the server has closed the other.
                Store store = Store.open(request.store());
                closed.push(store::close);
                Recorder recorder =
                        Recorder.start(request.predictionLog().get(), store::replace, InstantSource.system());
                closed.push(recorder::close);
                log = Optional.of(recorder);
            }
            Optional<SqlBox> sql =
                    request.sql().map(limits -> new SqlProcesses(() -> Warehouse.file(releases), limits));
            sql.ifPresent(box -> closed.push(box::close));
            Server server = Server.start(
                    settings,
                    releases,
                    backend,
                    new Companions(
                            log,
                            accessLog,
                            sql,
                            request.project()
                                    .map(project -> new ProjectOnDisk(
                                            project, settings.timing().clock()))));
            return new LocalServer(
                    server,
                    () -> closed.forEach(Runnable::run),
                    EffectiveSettings.of(request, settings).mapped(server.mapped()),
                    generated);
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
        return effective.toString();
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
