package smew.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import smew.aws.Aws;
import smew.aws.AwsSettings;
import smew.base.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/** Predictions by id that an endpoint computes, against the bare call of the SDK; the endpoint answers with a fixed body. */
final class EndpointLatency implements Item {

    private static final String ENGINE = "InvokeEndpoint by the SDK, the same row and endpoint";
    private static final int WAITING = 2_000;
    private static final Duration RUN = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "endpoint";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        long[] ids = PredictionRate.ids(bench.store());
        try (ServerProcess endpoint = ServerProcess.endpoint(bench, WAITING);
                ServerProcess quick = server(bench, endpoint, "quick");
                ServerProcess held = server(bench, endpoint, "held");
                Aws aws = Aws.open(settings(endpoint), Duration.ofSeconds(60), WAITING);
                SageMakerRuntimeAsyncClient client = aws.client(SageMakerRuntimeAsyncClient.builder())) {
            SdkBytes row = row(quick, ids[0]);
            HttpLoad load = new HttpLoad(quick.port(), 1, requests(ids));
            List<Rounds.Figures> one =
                    rounds.of(name(), () -> latencies(load.run(RUN).sortedNanos()), () -> latencies(bare(client, row)));
            HttpBurst burst = new HttpBurst(held.port(), requests(Arrays.copyOf(ids, WAITING)));
            int idle = held.threads();
            List<Rounds.Figures> many =
                    rounds.of(name() + ", " + WAITING + " at once", () -> figures(burst.run(held::threads)), () ->
                            new double[] {all(client, row), idle});
            return List.of(
                    line("half answered within", Line.Unit.MILLISECONDS, ENGINE, one, 0),
                    line("99 of 100 answered within", Line.Unit.MILLISECONDS, ENGINE, one, 1),
                    line(WAITING + " waiting at once, all answered within", Line.Unit.SECONDS, ENGINE, many, 0),
                    line(
                            "threads of the server meanwhile",
                            Line.Unit.THREADS,
                            "the same server, nobody waiting",
                            many,
                            1));
        }
    }

    private Line line(String what, Line.Unit unit, String engine, List<Rounds.Figures> figures, int index) {
        return new Line(
                name(),
                what,
                engine,
                unit,
                figures.get(0).get(index),
                figures.get(1).get(index));
    }

    private static ServerProcess server(Workbench bench, ServerProcess endpoint, String name) throws Exception {
        return ServerProcess.smew(
                bench,
                List.of(
                        "-Daws.region=eu-central-1",
                        "-Daws.accessKeyId=any",
                        "-Daws.secretAccessKey=any",
                        "-Daws.endpointUrl=http://127.0.0.1:" + endpoint.port()),
                List.of("--backend", "sagemaker:" + name, "--allow-difference", "--backend-timeout", "60s"));
    }

    private static AwsSettings settings(ServerProcess endpoint) {
        return new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(URI.create("http://127.0.0.1:" + endpoint.port())),
                Optional.of(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any"))));
    }

    private static List<byte[]> requests(long[] ids) {
        return Arrays.stream(ids)
                .mapToObj(id -> "GET /predictions/" + id + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .map(request -> request.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private static SdkBytes row(ServerProcess server, long id) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/predictions/" + id);
            String answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            return SdkBytes.fromUtf8String(
                    "{\"instances\":[" + Json.tree(answer).get("features") + "]}");
        }
    }

    private static CompletableFuture<InvokeEndpointResponse> ask(
            SageMakerRuntimeAsyncClient client, String endpoint, SdkBytes row) {
        return client.invokeEndpoint(request -> request.endpointName(endpoint)
                .contentType("application/json")
                .accept("application/json")
                .body(row));
    }

    private static long[] bare(SageMakerRuntimeAsyncClient client, SdkBytes row) {
        long[] nanos = new long[1 << 20];
        int answers = 0;
        long end = System.nanoTime() + RUN.toNanos();
        while (System.nanoTime() < end && answers < nanos.length) {
            long start = System.nanoTime();
            ask(client, "quick", row).join();
            nanos[answers++] = System.nanoTime() - start;
        }
        long[] sorted = Arrays.copyOf(nanos, answers);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] latencies(long[] sortedNanos) {
        HttpLoad.Outcome outcome = new HttpLoad.Outcome(sortedNanos, 1);
        return new double[] {outcome.millis(0.5), outcome.millis(0.99)};
    }

    private static double all(SageMakerRuntimeAsyncClient client, SdkBytes row) {
        long start = System.nanoTime();
        List<CompletableFuture<InvokeEndpointResponse>> asked = IntStream.range(0, WAITING)
                .mapToObj(_ -> ask(client, "held", row))
                .toList();
        asked.forEach(CompletableFuture::join);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double[] figures(HttpBurst.Outcome outcome) {
        return new double[] {outcome.seconds(), outcome.most()};
    }
}
