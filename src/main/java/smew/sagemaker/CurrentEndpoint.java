package smew.sagemaker;

import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.EndpointStatus;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;

/**
 * An endpoint of ours that is in service, before a deployment.
 *
 * @param configuration that it serves
 * @param fleet whether machines of its own answer for the variant
 * @param endsScaling whether its scaling has to end first, because SageMaker changes no type of instance that is scaled
 */
record CurrentEndpoint(String configuration, String arn, boolean fleet, boolean endsScaling) {

    /**
     * Looks for it.
     *
     * @throws SmewException GATE when it is none of this project, or would lose its scaling; NOT_READY while it is being changed;
     *     OUTSIDE when it has failed
     */
    static Optional<CurrentEndpoint> find(SageMaker sageMaker, Deployment.Order order) {
        String doing = "Deploying to endpoint " + order.endpoint();
        Optional<DescribeEndpointResponse> found = ServiceRefusal.find(
                doing, sageMaker.client().describeEndpoint(request -> request.endpointName(order.endpoint())));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        requireOurs(sageMaker, order, doing, found.get());
        requireInService(order, doing, found.get());
        boolean fleet = found.get().productionVariants().stream()
                .anyMatch(variant ->
                        variant.variantName().equals(order.variant()) && variant.currentServerlessConfig() == null);
        boolean endsScaling = fleet
                && changesType(sageMaker, order, doing, found.get().endpointConfigName())
                && isScaled(sageMaker, order);
        if (endsScaling && order.hosting().fleet() && order.scaling().isEmpty()) {
            throw new SmewException(
                    Fault.GATE,
                    doing
                            + ": it is scaled, and SageMaker changes no type of instance that is. Give --autoscaling MIN:MAX"
                            + " to end its scaling and begin it anew.");
        }
        return Optional.of(new CurrentEndpoint(
                found.get().endpointConfigName(), found.get().endpointArn(), fleet, endsScaling));
    }

    private static void requireOurs(
            SageMaker sageMaker, Deployment.Order order, String doing, DescribeEndpointResponse endpoint) {
        if (sageMaker
                .owner(endpoint.endpointArn())
                .filter(found -> !order.owner().differs(found))
                .isEmpty()) {
            throw new SmewException(
                    Fault.GATE,
                    doing + ": its tags do not name the project "
                            + order.owner().project() + ", so something else made it. Give --endpoint another name.");
        }
    }

    private static void requireInService(Deployment.Order order, String doing, DescribeEndpointResponse endpoint) {
        EndpointStatus status = endpoint.endpointStatus();
        switch (status) {
            case IN_SERVICE -> {}
            case FAILED, OUT_OF_SERVICE, UPDATE_ROLLBACK_FAILED ->
                throw new SmewException(
                        Fault.OUTSIDE,
                        doing + ": it is " + status + " (" + TrainingJob.reason(endpoint.failureReason())
                                + ") and cannot be updated. Delete it with smew sagemaker delete --endpoint "
                                + order.endpoint() + ", then deploy again.");
            default ->
                throw new SmewException(
                        Fault.NOT_READY,
                        doing + ": it is " + endpoint.endpointStatusAsString()
                                + " now, expected InService. Deploy again when that has ended.");
        }
    }

    private static boolean changesType(
            SageMaker sageMaker, Deployment.Order order, String doing, String configuration) {
        return ServiceRefusal.find(
                        doing,
                        sageMaker.client().describeEndpointConfig(request -> request.endpointConfigName(configuration)))
                .stream()
                .flatMap(found -> found.productionVariants().stream())
                .filter(variant -> variant.variantName().equals(order.variant()))
                .map(ProductionVariant::instanceTypeAsString)
                .anyMatch(type -> !(order.hosting() instanceof Hosting.Instances instances)
                        || !instances.type().equals(type));
    }

    private static boolean isScaled(SageMaker sageMaker, Deployment.Order order) {
        return !ServiceRefusal.await(
                        "Looking for the scaling of endpoint " + order.endpoint(),
                        sageMaker
                                .scaling()
                                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.SAGEMAKER)
                                        .resourceIds(DeploymentRequests.resource(order.endpoint(), order.variant()))))
                .scalableTargets()
                .isEmpty();
    }
}
