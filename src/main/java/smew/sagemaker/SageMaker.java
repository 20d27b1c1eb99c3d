package smew.sagemaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import smew.aws.Aws;
import smew.aws.AwsSettings;
import smew.base.SmewException;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingAsyncClient;
import software.amazon.awssdk.services.sagemaker.SageMakerAsyncClient;
import software.amazon.awssdk.services.sagemaker.model.Tag;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;

/** Connections to SageMaker and to what scales its endpoints. Nothing is sent before something is asked. */
public final class SageMaker implements AutoCloseable {

    /** SageMaker gives a container 60 seconds to answer. */
    private static final Duration SILENCE = Duration.ofSeconds(70);

    private static final int CONNECTIONS = 16;

    private final Aws aws;
    private final SageMakerAsyncClient client;
    private final SageMakerRuntimeAsyncClient runtime;
    private final ApplicationAutoScalingAsyncClient scaling;

    private SageMaker(Aws aws) {
        this.aws = aws;
        this.client = aws.client(SageMakerAsyncClient.builder());
        this.runtime = aws.client(SageMakerRuntimeAsyncClient.builder(), SILENCE);
        this.scaling = aws.client(ApplicationAutoScalingAsyncClient.builder());
    }

    /**
     * Prepares to ask.
     *
     * @throws SmewException CONFIGURATION when no region is known
     */
    public static SageMaker open(AwsSettings settings) {
        return new SageMaker(Aws.open(settings, SILENCE, CONNECTIONS));
    }

    /** The region that everything is made in. */
    public String region() {
        return aws.region();
    }

    SageMakerAsyncClient client() {
        return client;
    }

    SageMakerRuntimeAsyncClient runtime() {
        return runtime;
    }

    ApplicationAutoScalingAsyncClient scaling() {
        return scaling;
    }

    /** Whose something is; empty for what carries none of our tags. */
    Optional<Ownership> owner(String arn) {
        List<Tag> tags = Collections.synchronizedList(new ArrayList<>());
        ServiceRefusal.await(
                "Reading the tags of " + arn,
                client.listTagsPaginator(request -> request.resourceArn(arn))
                        .tags()
                        .subscribe(tags::add));
        return Ownership.read(tags);
    }

    @Override
    public void close() {
        client.close();
        runtime.close();
        scaling.close();
        aws.close();
    }
}
