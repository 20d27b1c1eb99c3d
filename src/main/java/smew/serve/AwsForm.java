package smew.serve;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import tools.jackson.databind.JsonNode;

/**
 * What the SDKs of AWS send to and expect of {@code /endpoints/NAME/invocations} beyond HTTP: headers of SageMaker, errors by
 * their type.
 */
final class AwsForm {

    private static final String PATH = "/endpoints/";
    private static final String SIGNED = "AWS4-HMAC-SHA256 ";

    /** What SageMaker calls the variant of an endpoint that has only one. */
    private static final String ONLY_VARIANT = "AllTraffic";

    private static final HttpString TARGET_VARIANT = new HttpString("X-Amzn-SageMaker-Target-Variant");
    private static final HttpString INVOKED_VARIANT = new HttpString("x-Amzn-Invoked-Production-Variant");
    private static final HttpString CUSTOM_ATTRIBUTES = new HttpString("X-Amzn-SageMaker-Custom-Attributes");
    private static final HttpString SECURITY_TOKEN = new HttpString("X-Amz-Security-Token");
    private static final HttpString ERROR_TYPE = new HttpString("x-amzn-ErrorType");

    private AwsForm() {}

    static boolean isAskedFor(String path) {
        return path.startsWith(PATH);
    }

    /** A signature cannot carry our token, but the token of a session can: SDKs send AWS_SESSION_TOKEN as it is. */
    static Optional<String> session(HeaderMap headers) {
        @Nullable String authorization = headers.getFirst(Headers.AUTHORIZATION);
        return authorization != null && authorization.startsWith(SIGNED)
                ? Optional.of(Objects.requireNonNullElse(headers.getFirst(SECURITY_TOKEN), ""))
                : Optional.empty();
    }

    /** Says which variant answers, the one that was asked for, and gives back what the client wants to see again. */
    static void head(HttpServerExchange exchange) {
        HeaderMap asked = exchange.getRequestHeaders();
        HeaderMap answer = exchange.getResponseHeaders();
        String variant = asked.getFirst(TARGET_VARIANT);
        answer.put(INVOKED_VARIANT, variant == null ? ONLY_VARIANT : variant);
        String attributes = asked.getFirst(CUSTOM_ATTRIBUTES);
        if (attributes != null) {
            answer.put(CUSTOM_ATTRIBUTES, attributes);
        }
    }

    /** The problem with its type in the header and the members in which SDKs look for words and status. */
    static Answer problem(HttpServerExchange exchange, Fault fault, Answer problem) {
        exchange.getResponseHeaders().put(ERROR_TYPE, errorType(fault));
        return Problems.extended(problem, (told, json) -> {
            JsonNode errors = told.path("errors");
            String first = errors.size() < 2
                    ? ""
                    : " " + errors.get(0).get("where").asString() + ": "
                            + errors.get(0).get("detail").asString();
            json.raw(",\"Message\":").text(told.get("detail").asString() + first);
            json.raw(",\"OriginalStatusCode\":").value(problem.status());
        });
    }

    /** By which SDKs choose the exception. What a container refuses, SageMaker calls an error of the model. */
    static String errorType(Fault fault) {
        return switch (fault) {
            case NOT_FOUND, METHOD -> "ValidationError";
            case UNAUTHORIZED -> "AccessDeniedException";
            case OVERLOAD -> "ThrottlingException";
            case NOT_READY -> "ServiceUnavailable";
            case CONFIGURATION, INTERNAL -> "InternalFailure";
            case USAGE, NOT_ACCEPTABLE, TIMEOUT, TOO_LARGE, MEDIA_TYPE, DATA, OUTSIDE, OUTSIDE_SLOW, GATE ->
                "ModelError";
        };
    }
}
