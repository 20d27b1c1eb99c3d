package smew.sagemaker;

import java.util.Map;
import smew.aws.Shape;
import software.amazon.awssdk.services.applicationautoscaling.model.DeregisterScalableTargetRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScalingPolicyRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.sagemaker.model.AddTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateModelRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateProcessingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.CreateTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeModelRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeProcessingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.DescribeTrainingJobRequest;
import software.amazon.awssdk.services.sagemaker.model.ListTagsRequest;
import software.amazon.awssdk.services.sagemaker.model.ListTrainingJobsRequest;
import software.amazon.awssdk.services.sagemaker.model.UpdateEndpointRequest;

/** Required members and forms of texts, from the reference of SageMaker (2017-07-24) and Application Auto Scaling (2016-02-06). */
final class SageMakerShapes {

    private static final String NAME = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}";
    private static final String ROLE = "arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
    private static final String S3 = "s3://([^/]+)/?(.*)";
    private static final String KEY = "[a-zA-Z0-9:/_-]*";
    private static final String TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*";
    private static final String ID = "[-0-9a-zA-Z]{1,32}";
    private static final String ARN = "arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.+";

    static final Shape CREATE_TRAINING_JOB = Shape.of(
                    CreateTrainingJobRequest.builder(),
                    "TrainingJobName",
                    "AlgorithmSpecification",
                    "AlgorithmSpecification.TrainingImage",
                    "AlgorithmSpecification.TrainingInputMode",
                    "AlgorithmSpecification.MetricDefinitions[].Name",
                    "AlgorithmSpecification.MetricDefinitions[].Regex",
                    "RoleArn",
                    "InputDataConfig[].ChannelName",
                    "InputDataConfig[].DataSource",
                    "InputDataConfig[].DataSource.S3DataSource.S3DataType",
                    "InputDataConfig[].DataSource.S3DataSource.S3Uri",
                    "OutputDataConfig",
                    "OutputDataConfig.S3OutputPath",
                    "ResourceConfig",
                    "ResourceConfig.InstanceType",
                    "ResourceConfig.InstanceCount",
                    "ResourceConfig.VolumeSizeInGB",
                    "StoppingCondition",
                    "VpcConfig.Subnets",
                    "VpcConfig.SecurityGroupIds",
                    "Tags[].Key",
                    "Tags[].Value")
            .with(Map.ofEntries(
                    Map.entry("TrainingJobName", NAME),
                    Map.entry("HyperParameters", "(?s).{0,2500}"),
                    Map.entry("AlgorithmSpecification.TrainingImage", "\\S{1,255}"),
                    Map.entry("AlgorithmSpecification.TrainingInputMode", "Pipe|File|FastFile"),
                    Map.entry("RoleArn", ROLE),
                    Map.entry("InputDataConfig[].ChannelName", "[A-Za-z0-9._-]{1,64}"),
                    Map.entry(
                            "InputDataConfig[].DataSource.S3DataSource.S3DataType",
                            "ManifestFile|S3Prefix|AugmentedManifestFile"),
                    Map.entry("InputDataConfig[].DataSource.S3DataSource.S3Uri", S3),
                    Map.entry("OutputDataConfig.S3OutputPath", S3),
                    Map.entry("OutputDataConfig.KmsKeyId", KEY),
                    Map.entry("ResourceConfig.InstanceType", "ml\\.[a-z0-9]+\\.[a-z0-9]+"),
                    Map.entry("ResourceConfig.VolumeKmsKeyId", KEY),
                    Map.entry("VpcConfig.Subnets[]", ID),
                    Map.entry("VpcConfig.SecurityGroupIds[]", ID),
                    Map.entry("Tags[].Key", TAG),
                    Map.entry("Tags[].Value", TAG)));

    static final Shape CREATE_PROCESSING_JOB = Shape.of(
                    CreateProcessingJobRequest.builder(),
                    "ProcessingJobName",
                    "ProcessingInputs[].InputName",
                    "ProcessingInputs[].S3Input.S3Uri",
                    "ProcessingInputs[].S3Input.S3DataType",
                    "ProcessingInputs[].S3Input.LocalPath",
                    "ProcessingInputs[].S3Input.S3InputMode",
                    "ProcessingResources",
                    "ProcessingResources.ClusterConfig",
                    "ProcessingResources.ClusterConfig.InstanceCount",
                    "ProcessingResources.ClusterConfig.InstanceType",
                    "ProcessingResources.ClusterConfig.VolumeSizeInGB",
                    "StoppingCondition.MaxRuntimeInSeconds",
                    "AppSpecification",
                    "AppSpecification.ImageUri",
                    "NetworkConfig.VpcConfig.Subnets",
                    "NetworkConfig.VpcConfig.SecurityGroupIds",
                    "RoleArn",
                    "Tags[].Key",
                    "Tags[].Value")
            .with(Map.ofEntries(
                    Map.entry("ProcessingJobName", NAME),
                    Map.entry("ProcessingInputs[].S3Input.S3Uri", S3),
                    Map.entry("ProcessingInputs[].S3Input.LocalPath", "/opt/ml/processing/.{1,230}"),
                    Map.entry("ProcessingInputs[].S3Input.S3DataType", "ManifestFile|S3Prefix"),
                    Map.entry("ProcessingInputs[].S3Input.S3InputMode", "Pipe|File"),
                    Map.entry("ProcessingInputs[].S3Input.S3DataDistributionType", "FullyReplicated|ShardedByS3Key"),
                    Map.entry("ProcessingResources.ClusterConfig.InstanceType", "ml\\.[a-z0-9]+\\.[a-z0-9]+"),
                    Map.entry("ProcessingResources.ClusterConfig.VolumeKmsKeyId", KEY),
                    Map.entry("AppSpecification.ImageUri", "\\S{1,255}"),
                    Map.entry("AppSpecification.ContainerArguments[]", ".{0,256}"),
                    Map.entry("RoleArn", ROLE),
                    Map.entry("Tags[].Key", TAG),
                    Map.entry("Tags[].Value", TAG)));

    static final Shape DESCRIBE_TRAINING_JOB =
            Shape.of(DescribeTrainingJobRequest.builder(), "TrainingJobName").with(Map.of("TrainingJobName", NAME));

    static final Shape DESCRIBE_PROCESSING_JOB = Shape.of(DescribeProcessingJobRequest.builder(), "ProcessingJobName")
            .with(Map.of("ProcessingJobName", NAME));

    /** The members that all of these lists share. */
    static final Shape LIST =
            Shape.of(ListTrainingJobsRequest.builder()).with(Map.of("NameContains", "[a-zA-Z0-9-]{0,63}"));

    static final Shape CREATE_MODEL = Shape.of(
                    CreateModelRequest.builder(),
                    "ModelName",
                    "PrimaryContainer.Image",
                    "PrimaryContainer.ModelDataUrl",
                    "ExecutionRoleArn",
                    "Tags[].Key",
                    "Tags[].Value")
            .with(Map.of(
                    "ModelName", NAME,
                    "PrimaryContainer.Image", "\\S{1,255}",
                    "PrimaryContainer.ModelDataUrl", S3,
                    "ExecutionRoleArn", ROLE,
                    "Tags[].Value", TAG));

    static final Shape CREATE_ENDPOINT_CONFIG = Shape.of(
                    CreateEndpointConfigRequest.builder(),
                    "EndpointConfigName",
                    "ProductionVariants",
                    "ProductionVariants[].VariantName",
                    "ProductionVariants[].ModelName",
                    "ProductionVariants[].ServerlessConfig.MemorySizeInMB",
                    "ProductionVariants[].ServerlessConfig.MaxConcurrency",
                    "DataCaptureConfig.InitialSamplingPercentage",
                    "DataCaptureConfig.DestinationS3Uri",
                    "DataCaptureConfig.CaptureOptions",
                    "DataCaptureConfig.CaptureOptions[].CaptureMode")
            .with(Map.of(
                    "EndpointConfigName", NAME,
                    "ProductionVariants[].VariantName", NAME,
                    "ProductionVariants[].ModelName", NAME,
                    "ProductionVariants[].InstanceType", "ml\\.[a-z0-9]+\\.[a-z0-9]+",
                    "DataCaptureConfig.DestinationS3Uri", S3,
                    "DataCaptureConfig.CaptureOptions[].CaptureMode", "Input|Output|InputAndOutput",
                    "KmsKeyId", KEY,
                    "Tags[].Value", TAG));

    static final Shape CREATE_ENDPOINT = Shape.of(CreateEndpointRequest.builder(), "EndpointName", "EndpointConfigName")
            .with(Map.of("EndpointName", NAME, "EndpointConfigName", NAME));

    static final Shape UPDATE_ENDPOINT = Shape.of(
                    UpdateEndpointRequest.builder(),
                    "EndpointName",
                    "EndpointConfigName",
                    "ExcludeRetainedVariantProperties[].VariantPropertyType",
                    "DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration",
                    "DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration.Type",
                    "DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration.WaitIntervalInSeconds")
            .with(Map.of("EndpointName", NAME, "EndpointConfigName", NAME));

    static final Shape NAMED_MODEL =
            Shape.of(DescribeModelRequest.builder(), "ModelName").with(Map.of("ModelName", NAME));

    static final Shape NAMED_ENDPOINT_CONFIG = Shape.of(DescribeEndpointConfigRequest.builder(), "EndpointConfigName")
            .with(Map.of("EndpointConfigName", NAME));

    static final Shape NAMED_ENDPOINT =
            Shape.of(DescribeEndpointRequest.builder(), "EndpointName").with(Map.of("EndpointName", NAME));

    static final Shape LIST_TAGS =
            Shape.of(ListTagsRequest.builder(), "ResourceArn").with(Map.of("ResourceArn", ARN));

    static final Shape ADD_TAGS = Shape.of(
                    AddTagsRequest.builder(), "ResourceArn", "Tags", "Tags[].Key", "Tags[].Value")
            .with(Map.of("ResourceArn", ARN));

    static final Shape REGISTER = Shape.of(
                    RegisterScalableTargetRequest.builder(), "ServiceNamespace", "ResourceId", "ScalableDimension")
            .with(Map.of(
                    "ServiceNamespace", "sagemaker",
                    "ScalableDimension", "sagemaker:variant:DesiredInstanceCount",
                    "ResourceId", "endpoint/[^/]+/variant/[^/]+"));

    static final Shape DEREGISTER = Shape.of(
                    DeregisterScalableTargetRequest.builder(), "ServiceNamespace", "ResourceId", "ScalableDimension")
            .with(Map.of("ServiceNamespace", "sagemaker"));

    static final Shape DESCRIBE_TARGETS = Shape.of(DescribeScalableTargetsRequest.builder(), "ServiceNamespace");

    static final Shape POLICY = Shape.of(
                    PutScalingPolicyRequest.builder(),
                    "PolicyName",
                    "ServiceNamespace",
                    "ResourceId",
                    "ScalableDimension",
                    "PolicyType",
                    "TargetTrackingScalingPolicyConfiguration.TargetValue",
                    "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType")
            .with(Map.of(
                    "PolicyType", "StepScaling|TargetTrackingScaling",
                    "TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType",
                            "SageMakerVariantInvocationsPerInstance"));

    private SageMakerShapes() {}
}
