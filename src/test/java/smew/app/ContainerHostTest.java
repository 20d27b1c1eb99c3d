package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.app.Engine.HostRequest;
import smew.base.Json;
import smew.sagemaker.ContainerFiles;
import tools.jackson.databind.JsonNode;

/** From the command line and SageMaker's variables to a server that hosts one model. */
class ContainerHostTest extends OnJobFolder {

    @Test
    void aGivenFolderIsHostedAndFlagsGoBeforeWhatSageMakerSays() {
        prompt.environment.put("SAGEMAKER_BIND_TO_PORT", "8123");
        prompt.run("serve", "--prefix", "ml", "--port", "0", "--body-limit", "2MiB");
        HostRequest asked = prompt.engine.hosts.getLast();
        assertEquals(prefix.resolve("ml"), asked.files().prefix());
        assertEquals(Optional.of(0), asked.port());
        assertEquals(Optional.empty(), asked.host());
        assertEquals(Optional.of(2L << 20), asked.bodyLimitBytes());
        assertEquals("8123", asked.environment().get("SAGEMAKER_BIND_TO_PORT"));
        for (String flag : new String[] {"--store=out", "--model=risk", "--features-only"}) {
            assertEquals(2, prompt.run("serve", "--prefix", "ml", flag));
            assertTrue(prompt.err().contains("one model without a store"), prompt.err());
        }
        prompt.run("serve");
        assertEquals(1, prompt.engine.serves.size(), "without a folder it is the ordinary server");
    }

    @Test
    void aBatchTransformIsToldWhatFitsAndMaySendThat() throws Exception {
        data("train/a.csv", HEADER + rows(0, 200));
        trained();
        JsonNode plain = parameters(Map.of());
        assertEquals(6, plain.get("MaxPayloadInMB").asInt());
        assertEquals("MULTI_RECORD", plain.get("BatchStrategy").asString());
        JsonNode large =
                parameters(Map.of("SAGEMAKER_MAX_PAYLOAD_IN_MB", "60", "SAGEMAKER_BATCH_STRATEGY", "SINGLE_RECORD"));
        assertEquals(1, large.get("MaxConcurrentTransforms").asInt(), "two of 60 MB are beyond 100 MB");
        assertEquals("SINGLE_RECORD", large.get("BatchStrategy").asString());
        assertEquals(60, large.get("MaxPayloadInMB").asInt());
        assertEquals(
                7,
                parameters(Map.of("SAGEMAKER_MAX_CONCURRENT_TRANSFORMS", "7"))
                        .get("MaxConcurrentTransforms")
                        .asInt());
    }

    private JsonNode parameters(Map<String, String> environment) throws IOException, InterruptedException {
        RunningServer server = ContainerServer.start(new HostRequest(
                ContainerFiles.below(prefix),
                environment,
                Optional.of("127.0.0.1"),
                Optional.of(0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5)));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/execution-parameters"))
                    .build();
            HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
            assertEquals(200, reply.statusCode(), reply.body());
            return Json.tree(reply.body());
        } finally {
            server.stop();
        }
    }
}
