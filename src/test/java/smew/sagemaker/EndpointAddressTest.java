package smew.sagemaker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Fault;
import smew.base.SmewException;

final class EndpointAddressTest {

    private static EndpointAddress address(String endpoint, String variant, String model) {
        return new EndpointAddress(endpoint, Optional.ofNullable(variant), Optional.ofNullable(model));
    }

    @Test
    void tellsAVariantFromATargetModel() {
        assertEquals(address("churn", null, null), EndpointAddress.parse("sagemaker:churn"));
        assertEquals(address("credit_risk", "blue-2", null), EndpointAddress.parse("sagemaker:credit_risk/blue-2"));
        assertEquals(address("churn", null, "eu/a.tar.gz"), EndpointAddress.parse("sagemaker:churn/eu/a.tar.gz"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sagemaker:churn", "sagemaker:churn/blue", "sagemaker:churn/a.tar.gz"})
    void isWrittenAsItWasRead(String text) {
        assertEquals(text, EndpointAddress.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "churn", "sagemaker:", "sagemaker:a/b/c", "sagemaker:a/", "sagemaker:a b", "sagemaker:a//b"})
    void refusesWhatIsNoAddress(String text) {
        SmewException refused = assertThrows(SmewException.class, () -> EndpointAddress.parse(text));
        assertEquals(Fault.USAGE, refused.fault());
        assertTrue(refused.getMessage().contains("sagemaker:ENDPOINT/VARIANT"), refused.getMessage());
    }
}
