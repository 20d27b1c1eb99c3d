package smew.sagemaker;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import smew.aws.Aws;
import smew.aws.AwsFailure;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.SageMakerAsyncClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;

/** Why an endpoint is not there, which the runtime does not tell: it says of all of them that they are not found. */
final class EndpointState {

    private EndpointState() {}

    /** Asks SageMaker and waits; empty where the endpoint is in service or nothing can be found out. */
    static Optional<SmewException> trouble(String doing, Aws aws, String endpoint) {
        try (SageMakerAsyncClient client = aws.client(SageMakerAsyncClient.builder())) {
            return of(
                    doing,
                    client.describeEndpoint(request -> request.endpointName(endpoint))
                            .join());
        } catch (CompletionException failed) {
            boolean absent = String.valueOf(failed.getMessage()).contains("Could not find");
            return absent && AwsFailure.code(failed).equals("ValidationException")
                    ? Optional.of(new SmewException(
                            Fault.NOT_FOUND,
                            doing + ": there is no such endpoint in " + aws.region()
                                    + ". Deploy it, or correct its name in --backend, or the region.",
                            failed))
                    : Optional.empty();
        }
    }

    private static Optional<SmewException> of(String doing, DescribeEndpointResponse endpoint) {
        return switch (endpoint.endpointStatus()) {
            case CREATING ->
                Optional.of(new SmewException(
                        Fault.NOT_READY, doing + ": it is still being created. Wait until it is in service."));
            case DELETING ->
                Optional.of(new SmewException(Fault.NOT_FOUND, doing + ": it is being deleted. Deploy it again."));
            case FAILED, OUT_OF_SERVICE, UPDATE_ROLLBACK_FAILED ->
                Optional.of(new SmewException(
                        Fault.OUTSIDE,
                        doing + ": SageMaker says it is " + endpoint.endpointStatusAsString() + ", because "
                                + Optional.ofNullable(endpoint.failureReason()).orElse("of no reason that it tells")
                                + ". Deploy it again."));
            case IN_SERVICE, UPDATING, SYSTEM_UPDATING, ROLLING_BACK, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }
}
