package smew.sagemaker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import smew.aws.RequestJson;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * One request that changes something, as it is or would be sent.
 *
 * @param service by its name in AWS's tools, {@code sagemaker}
 * @param operation such as {@code CreateModel}
 * @param request its members
 */
public record PlannedRequest(String service, String operation, Map<String, Object> request) {

    static PlannedRequest of(String operation, SdkPojo request) {
        return new PlannedRequest("sagemaker", operation, RequestJson.of(request));
    }

    static PlannedRequest scaling(String operation, SdkPojo request) {
        return new PlannedRequest("application-autoscaling", operation, RequestJson.of(request));
    }

    /** An object that would be written to S3. */
    public static PlannedRequest upload(String address, Path file) {
        String[] parts = address.replaceFirst("^s3://", "").split("/", 2);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("Bucket", parts[0]);
        request.put("Key", parts[1]);
        request.put("ContentLength", bytes(file));
        return new PlannedRequest("s3", "PutObject", request);
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failed) {
            throw new SmewException(Fault.OUTSIDE, "Reading " + file + ": " + failed + ".", failed);
        }
    }

    /** All of them as a JSON list, in the order in which they are sent. */
    public static String json(List<PlannedRequest> requests) {
        return Json.pretty(requests);
    }
}
