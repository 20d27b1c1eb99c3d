package smew.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

final class EnduranceTest {

    private final Endurance endurance = new Endurance(3, AwsFailure::of);

    private Optional<String> ask(Throwable failure) {
        return endurance.ask("Asking", () -> CompletableFuture.failedFuture(failure));
    }

    private Optional<String> answer() {
        return endurance.ask("Asking", () -> CompletableFuture.completedFuture("yes"));
    }

    private static Throwable service(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("Refused by the test.")
                        .build())
                .build();
    }

    @Test
    void bearsWhatMayPassAndFailsOnTooManyInARow() {
        assertEquals(Optional.empty(), ask(service(500, "InternalError")));
        assertEquals(Optional.empty(), ask(service(400, "ThrottlingException")));
        assertEquals(Optional.of("yes"), answer());
        assertEquals(Optional.empty(), ask(SdkClientException.create("away", new ConnectException("refused"))));
        assertEquals(Optional.empty(), ask(service(503, "SlowDown")));
        SmewException failed = assertThrows(SmewException.class, () -> ask(service(500, "InternalError")));
        assertTrue(failed.getMessage().startsWith("Asking: "), failed.getMessage());
    }

    @Test
    void failsAtOnceOnWhatStays() {
        assertThrows(SmewException.class, () -> ask(service(400, "ValidationException")));
        SmewException nobody = assertThrows(
                SmewException.class,
                () -> ask(SdkClientException.create("Unable to load credentials from any of the providers")));
        assertEquals(Fault.CONFIGURATION, nobody.fault());
    }
}
