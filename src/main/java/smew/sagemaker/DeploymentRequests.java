package smew.sagemaker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import smew.aws.RequestJson;
import smew.base.Json;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.MetricType;
import software.amazon.awssdk.services.applicationautoscaling.model.PolicyType;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.sagemaker.model.AddTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.CaptureMode;
import software.amazon.awssdk.services.sagemaker.model.CaptureOption;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.TrafficRoutingConfigType;
import software.amazon.awssdk.services.sagemaker.model.UpdateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.VariantProperty;
import software.amazon.awssdk.services.sagemaker.model.VariantPropertyType;

/** The requests that put a model behind an endpoint. Names of models and configurations carry the release and all they hold. */
record DeploymentRequests(Deployment.Order order) {

    CreateModelRequest model() {
        JobPlace place = order.place();
        CreateModelRequest.Builder request = CreateModelRequest.builder()
                .primaryContainer(container -> container.image(place.image()).modelDataUrl(order.archive()))
                .executionRoleArn(place.role())
                .enableNetworkIsolation(place.isolated())
                .tags(order.owner().tags());
        place.vpc().ifPresent(request::vpcConfig);
        return request.modelName(name(request.build())).build();
    }

    CreateEndpointConfigRequest configuration() {
        CreateEndpointConfigRequest.Builder request = CreateEndpointConfigRequest.builder()
                .productionVariants(order.hosting()
                        .variant()
                        .variantName(order.variant())
                        .modelName(model().modelName())
                        .build())
                .tags(order.owner().tags());
        if (order.hosting().fleet()) {
            // Serverless endpoints have no volume to encrypt.
            order.place().kmsKey().ifPresent(request::kmsKeyId);
        }
        order.capture()
                .ifPresent(capture -> request.dataCaptureConfig(config -> {
                    config.enableCapture(true)
                            .initialSamplingPercentage(capture.percent())
                            .destinationS3Uri(capture.destination())
                            .captureOptions(
                                    CaptureOption.builder()
                                            .captureMode(CaptureMode.INPUT)
                                            .build(),
                                    CaptureOption.builder()
                                            .captureMode(CaptureMode.OUTPUT)
                                            .build())
                            .captureContentTypeHeader(
                                    types -> types.csvContentTypes("text/csv").jsonContentTypes("application/json"));
                    order.place().kmsKey().ifPresent(config::kmsKeyId);
                }));
        return request.endpointConfigName(name(request.build())).build();
    }

    private String name(SdkPojo request) {
        return ResourceName.of(
                order.owner().model().orElse("model"),
                order.owner().release().orElse(""),
                Json.write(RequestJson.of(request)));
    }

    CreateEndpointRequest create() {
        return CreateEndpointRequest.builder()
                .endpointName(order.endpoint())
                .endpointConfigName(configuration().endpointConfigName())
                .tags(order.owner().tags())
                .build();
    }

    /**
     * A new fleet is made beside the old one and takes over when it is healthy. What scaling has come to stays, what is captured
     * is as ordered.
     *
     * @param fleet whether the variant is a fleet already
     */
    UpdateEndpointRequest update(String configuration, boolean fleet) {
        UpdateEndpointRequest.Builder request =
                UpdateEndpointRequest.builder().endpointName(order.endpoint()).endpointConfigName(configuration);
        if (fleet && order.hosting().fleet()) {
            request.retainAllVariantProperties(true)
                    .excludeRetainedVariantProperties(VariantProperty.builder()
                            .variantPropertyType(VariantPropertyType.DATA_CAPTURE_CONFIG)
                            .build())
                    .deploymentConfig(deployment ->
                            deployment.blueGreenUpdatePolicy(policy -> policy.trafficRoutingConfiguration(
                                    traffic -> traffic.type(TrafficRoutingConfigType.ALL_AT_ONCE)
                                            .waitIntervalInSeconds(0))));
        }
        return request.build();
    }

    AddTagsRequest tags(String arn) {
        return AddTagsRequest.builder()
                .resourceArn(arn)
                .tags(order.owner().tags())
                .build();
    }

    /** What scaling knows the variant by. */
    static String resource(String endpoint, String variant) {
        return "endpoint/" + endpoint + "/variant/" + variant;
    }

    Optional<RegisterScalableTargetRequest> target() {
        return order.scaling()
                .map(scaling -> RegisterScalableTargetRequest.builder()
                        .serviceNamespace(ServiceNamespace.SAGEMAKER)
                        .resourceId(resource(order.endpoint(), order.variant()))
                        .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                        .minCapacity(scaling.least())
                        .maxCapacity(scaling.most())
                        .build());
    }

    DeregisterScalableTargetRequest noTarget() {
        return DeregisterScalableTargetRequest.builder()
                .serviceNamespace(ServiceNamespace.SAGEMAKER)
                .resourceId(resource(order.endpoint(), order.variant()))
                .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                .build();
    }

    Optional<PutScalingPolicyRequest> policy() {
        return order.scaling()
                .map(scaling -> PutScalingPolicyRequest.builder()
                        .policyName("smew-" + order.endpoint() + "-invocations")
                        .serviceNamespace(ServiceNamespace.SAGEMAKER)
                        .resourceId(resource(order.endpoint(), order.variant()))
                        .scalableDimension(ScalableDimension.SAGEMAKER_VARIANT_DESIRED_INSTANCE_COUNT)
                        .policyType(PolicyType.TARGET_TRACKING_SCALING)
                        .targetTrackingScalingPolicyConfiguration(tracking -> tracking.targetValue(scaling.target())
                                .predefinedMetricSpecification(metric -> metric.predefinedMetricType(
                                        MetricType.SAGE_MAKER_VARIANT_INVOCATIONS_PER_INSTANCE)))
                        .build());
    }

    /**
     * All of them, without what exists already.
     *
     * @param existing the endpoint as it is; empty where there is none
     */
    List<PlannedRequest> planned(boolean hasModel, boolean hasConfiguration, Optional<CurrentEndpoint> existing) {
        List<PlannedRequest> all = new ArrayList<>();
        if (!hasModel) {
            all.add(PlannedRequest.of("CreateModel", model()));
        }
        CreateEndpointConfigRequest configuration = configuration();
        if (!hasConfiguration) {
            all.add(PlannedRequest.of("CreateEndpointConfig", configuration));
        }
        String name = configuration.endpointConfigName();
        if (existing.isEmpty()) {
            all.add(PlannedRequest.of("CreateEndpoint", create()));
        } else if (!existing.get().configuration().equals(name)) {
            if (existing.get().endsScaling()) {
                all.add(PlannedRequest.scaling("DeregisterScalableTarget", noTarget()));
            }
            all.add(PlannedRequest.of(
                    "UpdateEndpoint", update(name, existing.get().fleet())));
            all.add(PlannedRequest.of("AddTags", tags(existing.get().arn())));
        }
        target().ifPresent(request -> all.add(PlannedRequest.scaling("RegisterScalableTarget", request)));
        policy().ifPresent(request -> all.add(PlannedRequest.scaling("PutScalingPolicy", request)));
        return all;
    }
}
