package smew.sagemaker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.aws.AwsSettings;
import smew.aws.S3Server;
import smew.aws.Shape;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;

/** What an endpoint may do to us. */
final class EndpointFailureTest extends OnStubEndpoint {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|ValidationError|Endpoint churn of account 123456789012 not found.|OUTSIDE|no such endpoint, variant or model is in service|NOT_FOUND",
                "403|AccessDeniedException|User: arn:aws:iam::123456789012:user/x may not|OUTSIDE|the server is not allowed to|OUTSIDE",
                "403|ExpiredTokenException|The token of 123456789012 expired|OUTSIDE|the server is not allowed to|OUTSIDE",
                "429|ThrottlingException|Rate exceeded by 123456789012|OVERLOAD|asked too often|OUTSIDE",
                "429|ModelNotReadyException|Model in 123456789012|NOT_READY|not loaded yet|OUTSIDE",
                "503|ServiceUnavailable|at arn:aws:x:123456789012|OUTSIDE|it failed with status 503|OUTSIDE",
            })
    void saysInOneSentenceWhyAnEndpointFailed(
            int status, String code, String message, Fault fault, String expected, Fault explained) {
        stub.on(INVOKE, call -> Reply.error(status, code, message));
        try (Endpoint endpoint = open()) {
            SmewException failed = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals(fault, failed.fault());
            assertTrue(failed.getMessage().contains(expected), failed.getMessage());
            assertFalse(failed.getMessage().matches(".*(" + ACCOUNT + "|arn:|127\\.0).*"), failed.getMessage());
            SmewException full = endpoint.explained(failed);
            assertEquals(explained, full.fault());
            assertTrue(full.getMessage().contains(ACCOUNT), full.getMessage());
            assertTrue(full.getMessage().startsWith("Asking endpoint churn: "), full.getMessage());
        }
    }

    @Test
    void tellsAModelThatRefusesRowsFromOneThatFails() {
        AtomicInteger status = new AtomicInteger(422);
        stub.on(
                INVOKE,
                call -> new Reply(
                        424,
                        Map.of("x-amzn-ErrorType", "ModelError"),
                        ("{\"Message\":\"Received error from " + ACCOUNT + "\",\"OriginalStatusCode\":" + status
                                        + ",\"OriginalMessage\":\"/opt/ml/model is odd\"}")
                                .getBytes(UTF_8)));
        try (Endpoint endpoint = open()) {
            for (int i = 0; i < Breaker.WINDOW; i++) {
                assertEquals(
                        "Asking endpoint churn: its model refused the rows with status 422.",
                        failure(endpoint.predict(card, table, new int[] {0})).getMessage());
            }
            status.set(500);
            SmewException failed = failure(endpoint.predict(card, table, new int[] {0}));
            assertEquals("Asking endpoint churn: its model failed with status 500.", failed.getMessage());
            assertTrue(endpoint.explained(failed).getMessage().contains("/opt/ml/model is odd"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Creating|NOT_READY|still being created",
                "Failed|OUTSIDE|because the image is missing",
                "Deleting|NOT_FOUND|being deleted",
                "InService|NOT_FOUND|ValidationError",
                "''|NOT_FOUND|no such endpoint in eu-central-1",
            })
    void findsOutWhyAnEndpointIsNotThere(String state, Fault fault, String expected) {
        stub.on(INVOKE, call -> Reply.error(400, "ValidationError", "Endpoint churn of account 1 not found."));
        stub.on(
                "SageMaker.DescribeEndpoint",
                Shape.of(DescribeEndpointRequest.builder(), "EndpointName"),
                call -> state.isEmpty()
                        ? Reply.error(400, "ValidationException", "Could not find endpoint \"arn:aws:…\".")
                        : Reply.json(Map.of("EndpointStatus", state, "FailureReason", "the image is missing")));
        try (Endpoint endpoint = open()) {
            SmewException full = endpoint.explained(failure(endpoint.predict(card, table, new int[] {0})));
            assertEquals(fault, full.fault(), full.getMessage());
            assertTrue(full.getMessage().contains(expected), full.getMessage());
            assertEquals(List.of(), stub.complaints());
        }
    }

    @Test
    void saysThatNobodyListensWithoutTheAddress() {
        Throwable refused = SdkClientException.create(
                "Unable to execute HTTP request", new ConnectException("Connection refused: /10.1.2.3:443"));
        EndpointFailure failure =
                EndpointFailure.of("Asking endpoint churn", Duration.ofSeconds(2), new CompletionException(refused));
        assertEquals(
                "Asking endpoint churn: it cannot be reached.",
                failure.toClients().getMessage());
        assertTrue(failure.toOperators().getMessage().contains("nothing listens there"));
        assertTrue(failure.ofEndpoint());
    }

    @Test
    void failsWithinTheDeadlineWhereNobodyListens() throws IOException {
        // Bound and not listening: a port that is merely free may be another process's by the time it is asked.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            AwsSettings nowhere = new AwsSettings(
                    Optional.of("eu-central-1"),
                    Optional.of(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                    Optional.of(S3Server.credentials()));
            EndpointSettings settings = new EndpointSettings(
                    EndpointAddress.parse("sagemaker:churn"),
                    EndpointSettings.Format.JSON,
                    Duration.ofSeconds(2),
                    100,
                    clock);
            try (Endpoint endpoint = Endpoint.open(settings, nowhere)) {
                // The SDK (2.40.2) sometimes waits for a connection that was refused: then it is the deadline that ends
                // it.
                Fault fault =
                        failure(endpoint.predict(card, table, new int[] {0})).fault();
                assertTrue(fault == Fault.OUTSIDE || fault == Fault.OUTSIDE_SLOW, fault.toString());
            }
        }
    }
}
