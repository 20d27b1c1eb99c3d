package smew.app;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import smew.app.Engine.BackendRequest;
import smew.sagemaker.EndpointSettings;

/** What computes predictions by id, and what happens where it fails. */
final class BackendOptions extends Options {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int CONCURRENCY = 2_000;

    private final Given<Converters.BackendName> backend = option(
            Converters.BackendName.class,
            "--backend",
            "BACKEND",
            "What computes predictions by id of the default model: local, sagemaker:ENDPOINT,"
                    + " sagemaker:ENDPOINT/VARIANT or sagemaker:ENDPOINT/MODEL.tar.gz. Default: local.");

    private final Given<EndpointSettings.Format> format = option(
            EndpointSettings.Format.class,
            "--backend-format",
            "FORMAT",
            "How rows travel to the endpoint: json or csv. Default: json.");

    private final Given<Duration> timeout = option(
            Duration.class,
            "--backend-timeout",
            "DURATION",
            "How long a prediction by the endpoint may take, retries included, such as 500ms. Default: 2s.");

    private final Given<Converters.Count> concurrency = option(
            Converters.Count.class,
            "--backend-concurrency",
            "N",
            "Requests to the endpoint at once; more are told 429. Default: 2000.");

    private final Given<Converters.Fallback> fallback = option(
            Converters.Fallback.class,
            "--fallback",
            "BACKEND",
            "local: the model of the release answers where the endpoint fails or is too slow. Default:"
                    + " nobody does.");

    private final Flag allowDifference =
            flag("--allow-difference", "Uses an endpoint that predicts something else than the model of the release.");

    Optional<BackendRequest> request(Clock clock) {
        return backend.value()
                .flatMap(Converters.BackendName::endpoint)
                .map(address -> new BackendRequest(
                        new EndpointSettings(
                                address,
                                format.value().orElse(EndpointSettings.Format.JSON),
                                timeout.value().orElse(TIMEOUT),
                                concurrency.value().map(Converters.Count::value).orElse(CONCURRENCY),
                                clock),
                        fallback.isPresent(),
                        allowDifference.isSet()));
    }
}
