package smew.sagemaker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;

/** What SageMaker and Application Auto Scaling mean by their refusals. */
final class ServiceRefusal {

    private ServiceRefusal() {}

    /** Waits for an answer; a failure says what it means. */
    static <T> T await(String doing, CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw of(doing, failed);
        }
    }

    /** An answer, or empty where what was asked for does not exist. */
    static <T> Optional<T> find(String doing, CompletableFuture<T> answer) {
        try {
            return Optional.of(answer.join());
        } catch (CompletionException failed) {
            if (isAbsent(failed)) {
                return Optional.empty();
            }
            throw of(doing, failed);
        }
    }

    /** SageMaker has no code of its own for most things that do not exist. */
    static boolean isAbsent(Throwable failed) {
        String code = AwsFailure.code(failed);
        return code.equals("ResourceNotFound")
                || code.equals("ObjectNotFoundException")
                || (code.equals("ValidationException") && said(failed).matches("(?is).*(could not find|not found).*"));
    }

    private static String said(Throwable failed) {
        Throwable cause =
                failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        return String.valueOf(cause.getMessage());
    }

    static SmewException of(String doing, Throwable failed) {
        SmewException known = AwsFailure.of(doing, failed);
        return switch (AwsFailure.code(failed)) {
            case "ResourceLimitExceeded", "LimitExceededException" ->
                with(
                        known,
                        doing,
                        "the account's quota is reached. Ask for more under Service Quotas, or use another"
                                + " --instance-type or a smaller --instance-count");
            case "ResourceInUse" -> with(known, doing, "something of that name exists already. Try again");
            case "ValidationException" ->
                new SmewException(
                        Fault.CONFIGURATION,
                        known.getMessage().replaceFirst("AWS refused it", "AWS found it invalid")
                                + " Check --role, --image, --instance-type and what the message names.",
                        failed);
            default -> known;
        };
    }

    private static SmewException with(SmewException known, String doing, String meaning) {
        String words = known.getMessage().replaceFirst("(?s)^.*?\\((?=ResourceLimit|LimitEx|ResourceInUse)", "(");
        return new SmewException(Fault.OUTSIDE, doing + ": " + meaning + " " + words, known);
    }
}
