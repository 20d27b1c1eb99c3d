package smew.app;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.app.Engine.BackendRequest;
import smew.sagemaker.EndpointSettings;

/** What computes predictions by id, and what happens where it fails. */
final class BackendOptions {

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "What computes predictions by id of the default model: local, sagemaker:ENDPOINT,"
                    + " sagemaker:ENDPOINT/VARIANT or sagemaker:ENDPOINT/MODEL.tar.gz. Default: local.")
    private Converters.BackendName backend = new Converters.BackendName(Optional.empty());

    @Option(
            names = "--backend-format",
            paramLabel = "FORMAT",
            description = "How rows travel to the endpoint: json or csv. Default: json.")
    private EndpointSettings.Format format = EndpointSettings.Format.JSON;

    @Option(
            names = "--backend-timeout",
            paramLabel = "DURATION",
            description = "How long a prediction by the endpoint may take, retries included, such as 500ms."
                    + " Default: 2s.")
    private Duration timeout = Duration.ofSeconds(2);

    @Option(
            names = "--backend-concurrency",
            paramLabel = "N",
            description = "Requests to the endpoint at once; more are told 429. Default: 2000.")
    private Converters.Count concurrency = new Converters.Count(2_000);

    @Option(
            names = "--fallback",
            paramLabel = "BACKEND",
            description = "local: the model of the release answers where the endpoint fails or is too slow."
                    + " Default: nobody does.")
    private Optional<Converters.Fallback> fallback = Optional.empty();

    @Option(
            names = "--allow-difference",
            fallbackValue = "true",
            description = "Uses an endpoint that predicts something else than the model of the release.")
    private boolean allowDifference;

    Optional<BackendRequest> request(Clock clock) {
        return backend.endpoint()
                .map(address -> new BackendRequest(
                        new EndpointSettings(address, format, timeout, concurrency.value(), clock),
                        fallback.isPresent(),
                        allowDifference));
    }
}
