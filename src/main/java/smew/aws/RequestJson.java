package smew.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** A request as its service reads it in JSON, for people who want to see it before it is sent. */
public final class RequestJson {

    private RequestJson() {}

    /**
     * The members that are set, in the order of the service's reference; those that the SDK makes up when it sends, which differ
     * from one time to the next, are left out.
     *
     * @param request of any service that speaks JSON
     */
    public static Map<String, Object> of(SdkPojo request) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (SdkField<?> field : request.sdkFields()) {
            Object value = field.containsTrait(DefaultValueTrait.class) ? null : field.getValueOrDefault(request);
            if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
                members.put(field.locationName(), plain(value));
            }
        }
        return members;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case SdkPojo structure -> of(structure);
            case List<?> list -> list.stream().map(RequestJson::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> plain = new LinkedHashMap<>();
                map.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
                yield plain;
            }
            case SdkBytes bytes -> java.util.Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            case Number number -> number;
            case Boolean truth -> truth;
            default -> String.valueOf(value);
        };
    }
}
