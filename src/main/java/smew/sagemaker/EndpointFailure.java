package smew.sagemaker;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/**
 * What a failed request means.
 *
 * @param toClients one sentence without accounts, hosts or addresses
 * @param toOperators the same with what AWS said
 * @param ofEndpoint whether the endpoint itself is in trouble, and not the rows that it was sent
 */
record EndpointFailure(SmewException toClients, SmewException toOperators, boolean ofEndpoint) {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    static EndpointFailure of(String doing, Duration timeout, Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        return switch (cause) {
            // An answer of the wrong shape: we have found the words.
            case SmewException known -> new EndpointFailure(known, known, known.fault() == Fault.OUTSIDE);
            case TimeoutException slow -> slow(doing, timeout, slow);
            case ModelErrorException model -> model(doing, model);
            default -> other(doing, timeout, cause);
        };
    }

    private static EndpointFailure slow(String doing, Duration timeout, Throwable cause) {
        SmewException slow = new SmewException(
                Fault.OUTSIDE_SLOW,
                doing + ": it did not answer within " + timeout.toMillis() + " ms. Ask again.",
                cause);
        return new EndpointFailure(slow, slow, true);
    }

    private static EndpointFailure model(String doing, ModelErrorException model) {
        int status = model.originalStatusCode() == null ? model.statusCode() : model.originalStatusCode();
        boolean refused = status >= 400 && status < 500;
        String found = doing + ": its model " + (refused ? "refused the rows" : "failed") + " with status " + status;
        SmewException full = new SmewException(
                Fault.OUTSIDE, found + " (" + said(model) + "). Its log in CloudWatch says why.", model);
        return new EndpointFailure(new SmewException(Fault.OUTSIDE, found + ".", model), full, !refused);
    }

    private static String said(ModelErrorException model) {
        String words = model.originalMessage() == null
                ? String.valueOf(model.awsErrorDetails().errorMessage())
                : model.originalMessage();
        return words.lines().findFirst().orElse("").strip();
    }

    private static EndpointFailure other(String doing, Duration timeout, Throwable cause) {
        SmewException full = AwsFailure.of(doing, cause);
        int status = AwsFailure.status(cause);
        String code = AwsFailure.code(cause);
        if (full.fault() == Fault.OUTSIDE_SLOW) {
            return slow(doing, timeout, cause);
        }
        if (code.equals("ValidationError")) {
            SmewException absent = new SmewException(Fault.NOT_FOUND, full.getMessage(), cause);
            return new EndpointFailure(
                    new SmewException(
                            Fault.OUTSIDE, doing + ": no such endpoint, variant or model is in service.", cause),
                    absent,
                    true);
        }
        if (code.startsWith("ModelNotReady")) {
            return new EndpointFailure(
                    SmewException.later(Fault.NOT_READY, doing + ": its model is not loaded yet.", MOMENT, cause),
                    full,
                    true);
        }
        if (status == 429 || code.startsWith("Throttl")) {
            return new EndpointFailure(
                    SmewException.later(Fault.OVERLOAD, doing + ": it is asked too often. Ask again.", MOMENT, cause),
                    full,
                    true);
        }
        String reason = full.fault() == Fault.CONFIGURATION
                ? "the server has no valid AWS credentials or region"
                : status == 401 || status == 403
                        ? "the server is not allowed to"
                        : status > 0 ? "it failed with status " + status : "it cannot be reached";
        return new EndpointFailure(new SmewException(Fault.OUTSIDE, doing + ": " + reason + ".", cause), full, true);
    }
}
