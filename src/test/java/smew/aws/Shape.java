package smew.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What a request of an operation must look like. Which members exist and of which type they are, the SDK tells; which are
 * required and what texts must look like, it does not, so a test states that from the service's reference.
 *
 * @param members an empty builder of the request
 * @param required paths of members that must be there wherever the structure around them is, {@code ResourceConfig.InstanceType}
 *     or {@code InputDataConfig[].ChannelName}
 * @param forms regular expressions of texts, by path
 */
public record Shape(SdkPojo members, List<String> required, Map<String, String> forms) {

    public static Shape of(SdkPojo members, String... required) {
        return new Shape(members, List.of(required), Map.of());
    }

    public Shape with(Map<String, String> texts) {
        return new Shape(members, required, texts);
    }
}
