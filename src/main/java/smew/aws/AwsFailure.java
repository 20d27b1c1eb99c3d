package smew.aws;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failure of AWS means, for the person who can act on it. */
public final class AwsFailure {

    private static final Set<String> WRONG_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");
    private static final Set<String> EXPIRED =
            Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired");
    private static final Set<String> UNKNOWN_KEY =
            Set.of("InvalidAccessKeyId", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidToken");
    private static final Set<String> CLOCK =
            Set.of("RequestTimeTooSkewed", "RequestInTheFuture", "InvalidSignatureException");
    private static final Set<String> MISSING = Set.of("NoSuchKey", "ResourceNotFound", "ResourceNotFoundException");

    /** What a service says of a body that is not what was sent; a client that sends it again may have more luck. */
    private static final Set<String> DAMAGED =
            Set.of("BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch");

    private static final Set<String> FAILED = Set.of("InternalError", "ServiceUnavailable", "SlowDown");

    private AwsFailure() {}

    /** Whether asking again may help where the client does not know it: S3 also fails within an answer that began well. */
    static boolean mayPass(Throwable failed) {
        return isDamage(failed) || (status(failed) == 200 && FAILED.contains(code(failed)));
    }

    /** Whether what was sent arrived altered. */
    static boolean isDamage(Throwable failed) {
        return DAMAGED.contains(code(failed));
    }

    /** The service's own code, such as {@code NoSuchBucket}; empty where the failure is none of a service's. */
    public static String code(Throwable failed) {
        return cause(failed) instanceof AwsServiceException service
                        && service.awsErrorDetails() != null
                        && service.awsErrorDetails().errorCode() != null
                ? service.awsErrorDetails().errorCode()
                : "";
    }

    /** The HTTP status of a service's refusal; 0 where the failure is none of a service's. */
    public static int status(Throwable failed) {
        return cause(failed) instanceof AwsServiceException service ? service.statusCode() : 0;
    }

    /**
     * The failure as one of ours.
     *
     * @param doing what was being done, such as {@code Reading s3://bucket/key}
     */
    public static SmewException of(String doing, Throwable failed) {
        Throwable cause = cause(failed);
        return switch (cause) {
            case SmewException known -> known;
            case AwsServiceException service -> refused(doing, service);
            case ApiCallTimeoutException slow -> slow(doing, slow);
            case ApiCallAttemptTimeoutException slow -> slow(doing, slow);
            case SdkException client -> unreached(doing, client);
            default -> unreached(doing, cause);
        };
    }

    private static SmewException refused(String doing, AwsServiceException service) {
        String code = code(service);
        int status = service.statusCode();
        if (WRONG_REGION.contains(code) || status == 301 || status == 307) {
            return said(
                    Fault.CONFIGURATION,
                    doing,
                    service,
                    "it lies in another region than requests are signed for."
                            + " Give --aws-region, or set AWS_REGION, to "
                            + region(service).orElse("the region it lies in"));
        }
        if (isDamage(service)) {
            return said(
                    Fault.OUTSIDE,
                    doing,
                    service,
                    "what arrived there is not what was sent, three times. Try again, or check the network and any proxy");
        }
        if (code.equals("NoSuchBucket")) {
            return said(Fault.NOT_FOUND, doing, service, "there is no such bucket. Create it, or correct its name");
        }
        Optional<String> credentials = credentials(code, service);
        if (credentials.isPresent()) {
            return said(Fault.OUTSIDE, doing, service, credentials.get());
        }
        if (MISSING.contains(code) || status == 404) {
            return said(Fault.NOT_FOUND, doing, service, "there is no such thing");
        }
        if (service.isThrottlingException() || code.equals("SlowDown")) {
            return said(
                    Fault.OUTSIDE,
                    doing,
                    service,
                    "AWS asks for fewer requests, and went on after three attempts. Try again in a minute");
        }
        if ((status >= 500 && status != 501) || FAILED.contains(code)) {
            return said(
                    Fault.OUTSIDE,
                    doing,
                    service,
                    "it failed there, and went on failing after three attempts. Try again in a minute");
        }
        return said(Fault.OUTSIDE, doing, service, "AWS refused it");
    }

    /** What is wrong with who asks. */
    private static Optional<String> credentials(String code, AwsServiceException service) {
        if (EXPIRED.contains(code)) {
            return Optional.of("the credentials have expired. Sign in again, or renew them");
        }
        if (CLOCK.contains(code) && !String.valueOf(service.getMessage()).contains("does not match")) {
            return Optional.of("the clock of this machine is too far from that of AWS. Set the clock");
        }
        if (UNKNOWN_KEY.contains(code)) {
            return Optional.of("AWS does not know these credentials. Check AWS_ACCESS_KEY_ID or the AWS profile");
        }
        if (code.equals("SignatureDoesNotMatch") || code.equals("InvalidSignatureException")) {
            return Optional.of(
                    "the secret key does not fit the access key. Check AWS_SECRET_ACCESS_KEY or the AWS profile");
        }
        return service.statusCode() == 403 || code.startsWith("AccessDenied") || code.startsWith("NotAuthorized")
                ? Optional.of("access is denied. Let the role or user of these credentials do it, or use other ones")
                : Optional.empty();
    }

    private static Optional<String> region(AwsServiceException service) {
        return service.awsErrorDetails() == null || service.awsErrorDetails().sdkHttpResponse() == null
                ? Optional.empty()
                : service.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    }

    /** With what the service itself said, which names quotas and parameters better than we could. */
    private static SmewException said(Fault fault, String doing, AwsServiceException service, String meaning) {
        String words =
                service.awsErrorDetails() == null || service.awsErrorDetails().errorMessage() == null
                        ? ""
                        : service.awsErrorDetails()
                                .errorMessage()
                                .lines()
                                .findFirst()
                                .orElse("")
                                .strip();
        String code = code(service).isEmpty() ? "HTTP " + service.statusCode() : code(service);
        return new SmewException(
                fault, doing + ": " + meaning + " (" + code + (words.isEmpty() ? "" : ": " + words) + ").", service);
    }

    private static SmewException slow(String doing, Throwable slow) {
        return new SmewException(
                Fault.OUTSIDE_SLOW, doing + ": there was no answer in time. Try again, or check the network.", slow);
    }

    private static SmewException unreached(String doing, Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (said.contains("Unable to load credentials") || said.contains("Failed to load credentials")) {
                return new SmewException(
                        Fault.CONFIGURATION,
                        doing + ": there are no AWS credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or"
                                + " AWS_PROFILE, sign in, or run where a role is attached.",
                        failed);
            }
            if (said.contains("SSO") && said.toLowerCase(Locale.ROOT).contains("expired")) {
                return new SmewException(
                        Fault.OUTSIDE, doing + ": the sign-in has expired. Run aws sso login again.", failed);
            }
            if (cause instanceof UnknownHostException) {
                return new SmewException(
                        Fault.OUTSIDE,
                        doing + ": the host is unknown (" + said
                                + "). Check the region, AWS_ENDPOINT_URL and the network.",
                        failed);
            }
            if (cause instanceof ConnectException) {
                return new SmewException(
                        Fault.OUTSIDE,
                        doing + ": nothing listens there (" + said + "). Check AWS_ENDPOINT_URL and the network.",
                        failed);
            }
            if (cause instanceof TimeoutException
                    || cause.getClass().getSimpleName().contains("Timeout")
                    || said.contains("timed out")) {
                return slow(doing, failed);
            }
        }
        String said = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
        return new SmewException(
                Fault.OUTSIDE,
                doing + ": the connection failed (" + said + "). Try again, or check the network.",
                failed);
    }

    private static Throwable cause(Throwable failed) {
        Throwable cause = failed;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
