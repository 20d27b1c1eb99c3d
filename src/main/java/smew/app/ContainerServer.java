package smew.app;

import java.util.Optional;
import smew.app.Engine.HostRequest;
import smew.sagemaker.HostVariables;
import smew.serve.Companions;
import smew.serve.ServeSettings;
import smew.serve.ServeSettings.Hosting;
import smew.serve.Server;

/** The server of a SageMaker container: one model, without a store. */
final class ContainerServer {

    private static final String EVERY_ADDRESS = "0.0.0.0";

    /** The largest request of an endpoint. */
    private static final int BODY_MEBIBYTES = 25;

    /** A batch transform fills requests by size, and rows may be short. */
    private static final int ROWS = 1_000_000;

    /** SageMaker's limit of what the concurrent requests of a transform hold together. */
    private static final int TRANSFORM_MEGABYTES = 100;

    private ContainerServer() {}

    /** Hosts the model of a container: reachable without a token, because only SageMaker's network reaches it. */
    static LocalServer start(HostRequest request) {
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
        Server server = Server.start(settings, request.files().modelDirectory(), Companions.NONE);
        return new LocalServer(server, () -> {}, EffectiveSettings.of(settings), Optional.empty());
    }

    /** One request for each processor, as long as SageMaker allows so many of that size at once. */
    private static int concurrent(int payloadMegabytes) {
        return Math.max(
                1, Math.min(Runtime.getRuntime().availableProcessors(), TRANSFORM_MEGABYTES / payloadMegabytes));
    }
}
