package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.SmewException;

class HostVariablesTest {

    @Test
    void leavesToTheContainerWhatSageMakerDoesNotSay() {
        HostVariables plain = HostVariables.read(Map.of());
        assertEquals(8080, plain.port());
        assertEquals(Optional.empty(), plain.accept());
        assertEquals("MULTI_RECORD", plain.batchStrategy());
        assertEquals(plain, HostVariables.read(Map.of("SAGEMAKER_MAX_PAYLOAD_IN_MB", "0")));
    }

    @Test
    void takesWhatSageMakerSays() {
        HostVariables said = HostVariables.read(Map.of(
                "SAGEMAKER_BIND_TO_PORT", "8123",
                "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "text/CSV; charset=utf-8",
                "SAGEMAKER_BATCH", "true",
                "SAGEMAKER_MAX_CONCURRENT_TRANSFORMS", "3",
                "SAGEMAKER_BATCH_STRATEGY", "SingleRecord",
                "SAGEMAKER_MAX_PAYLOAD_IN_MB", "40",
                "SAGEMAKER_MODEL_SERVER_WORKERS", "9"));
        assertEquals(
                new HostVariables(8123, Optional.of("text/csv"), Optional.of(3), "SINGLE_RECORD", Optional.of(40)),
                said);
    }

    @Test
    void tellsEveryValueThatIsWrong() {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> HostVariables.read(Map.of("SAGEMAKER_BIND_TO_PORT", "70000", "SAGEMAKER_BATCH_STRATEGY", "x")));
        assertEquals(2, refused.problems().size());
        assertTrue(refused.getMessage().contains("SAGEMAKER_BIND_TO_PORT: it holds '70000'"), refused.getMessage());
    }
}
