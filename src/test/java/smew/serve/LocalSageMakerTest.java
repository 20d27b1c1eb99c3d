package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.Aws;
import smew.aws.AwsSettings;
import smew.base.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;
import software.amazon.awssdk.services.sagemakerruntime.model.SageMakerRuntimeException;
import software.amazon.awssdk.services.sagemakerruntime.model.ValidationErrorException;
import tools.jackson.databind.JsonNode;

/** The SDK of AWS asks a server of ours as it would ask SageMaker. */
class LocalSageMakerTest {

    private static final AwsCredentials ANYBODY = AwsBasicCredentials.create("any", "any");
    private static final String ROW = "500,Oslo,true,1\n";

    @TempDir
    static Path folder;

    private static TestStore store;
    private static Server server;

    @BeforeAll
    static void start() {
        store = new TestStore(folder);
        store.publishModels(1, TestStore.loans(1, "loans_eu", 60));
        server = Server.start(ServeSettings.DEFAULT.withPort(0), store.releases());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static InvokeEndpointResponse invoke(
            Server asked, AwsCredentials credentials, Consumer<InvokeEndpointRequest.Builder> change) {
        AwsSettings settings = new AwsSettings(
                Optional.of("eu-central-1"),
                Optional.of(URI.create("http://127.0.0.1:" + asked.port())),
                Optional.of(StaticCredentialsProvider.create(credentials)));
        try (Aws aws = Aws.open(settings);
                SageMakerRuntimeAsyncClient client = aws.client(SageMakerRuntimeAsyncClient.builder())) {
            return client.invokeEndpoint(request -> change.accept(request.endpointName("loans_eu")
                            .contentType("text/csv")
                            .body(SdkBytes.fromUtf8String(ROW))))
                    .join();
        }
    }

    private static SageMakerRuntimeException refused(
            Server asked, AwsCredentials credentials, Consumer<InvokeEndpointRequest.Builder> change) {
        return assertInstanceOf(
                SageMakerRuntimeException.class,
                assertThrows(CompletionException.class, () -> invoke(asked, credentials, change))
                        .getCause());
    }

    @Test
    void answersAsInvocationsDo() {
        Client client = new Client(server);
        assertEquals(
                client.post("/invocations", "text/csv", ROW).body(),
                invoke(server, ANYBODY, request -> {}).body().asUtf8String());
        InvokeEndpointResponse csv = invoke(server, ANYBODY, request -> request.accept("text/csv"));
        assertTrue(csv.contentType().startsWith("text/csv"), csv.contentType());
        assertTrue(
                csv.body().asUtf8String().matches("[01],[0-9.E-]+\n"),
                csv.body().asUtf8String());
        assertEquals("AllTraffic", csv.invokedProductionVariant());
    }

    @Test
    void takesTheHeadersOfSageMaker() {
        InvokeEndpointResponse answer = invoke(
                server,
                ANYBODY,
                request -> request.endpointName("loans-eu")
                        .targetVariant("blue")
                        .targetModel("a.tar.gz")
                        .inferenceId("7")
                        .customAttributes("trace=7"));
        assertEquals("blue", answer.invokedProductionVariant());
        assertEquals("trace=7", answer.customAttributes());
    }

    @Test
    void refusesWithTheExceptionThatTheSdkKnows() {
        SageMakerRuntimeException absent = refused(server, ANYBODY, request -> request.endpointName("loans_us"));
        assertInstanceOf(ValidationErrorException.class, absent);
        assertEquals(404, absent.statusCode());
        assertTrue(absent.getMessage().contains("Did you mean loans_eu?"), absent.getMessage());
        ModelErrorException bad = assertInstanceOf(
                ModelErrorException.class,
                refused(server, ANYBODY, request -> request.body(SdkBytes.fromUtf8String("much,Oslo,true,1\n"))));
        assertEquals(422, bad.originalStatusCode());
        assertTrue(bad.getMessage().contains("column amount: found 'much'"), bad.getMessage());
        ModelErrorException unread = assertInstanceOf(
                ModelErrorException.class, refused(server, ANYBODY, request -> request.contentType("text/plain")));
        assertEquals(415, unread.originalStatusCode());
    }

    @Test
    void takesTheTokenOfTheSessionForItsOwn() {
        String token = "our-own-token";
        try (Server secret =
                Server.start(ServeSettings.DEFAULT.withPort(0).withToken(Optional.of(token)), store.releases())) {
            SageMakerRuntimeException unsigned = refused(secret, ANYBODY, request -> {});
            assertEquals("AccessDeniedException", unsigned.awsErrorDetails().errorCode());
            assertEquals(401, unsigned.statusCode());
            assertTrue(unsigned.getMessage().contains("AWS_SESSION_TOKEN"), unsigned.getMessage());
            assertEquals(
                    401,
                    refused(secret, AwsSessionCredentials.create("any", "any", "x"), request -> {})
                            .statusCode());
            assertEquals(
                    "AllTraffic",
                    invoke(secret, AwsSessionCredentials.create("any", "any", token), request -> {})
                            .invokedProductionVariant());
            Client client = new Client(secret);
            assertEquals(
                    401,
                    client.post(
                                    "/invocations",
                                    "text/csv",
                                    ROW,
                                    "Authorization",
                                    "AWS4-HMAC-SHA256 x",
                                    "X-Amz-Security-Token",
                                    token)
                            .status(),
                    "elsewhere the header is nothing");
            assertEquals(
                    200,
                    client.post("/endpoints/loans_eu/invocations", "text/csv", ROW, "Authorization", "Bearer " + token)
                            .status());
        }
    }

    @Test
    void everyFaultHasATypeThatSdksCanTell() {
        Client client = new Client(server);
        Client.Reply reply = client.send("PUT", "/endpoints/loans_eu/invocations");
        assertEquals("ValidationError", reply.header("x-amzn-ErrorType"));
        JsonNode problem = Json.tree(reply.body());
        assertEquals(problem.get("detail"), problem.get("Message"));
        assertEquals("", client.send("PUT", "/invocations").header("x-amzn-ErrorType"));
    }
}
