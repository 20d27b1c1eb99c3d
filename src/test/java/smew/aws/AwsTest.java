package smew.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.sagemaker.SageMakerAsyncClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointRequest;

final class AwsTest {

    @Test
    void saysThatABucketIsMissing(@TempDir Path folder) {
        try (S3Server server = S3Server.start(folder);
                Aws aws = Aws.open(server.settings());
                S3AsyncClient s3 = aws.client(S3AsyncClient.builder().forcePathStyle(true))) {
            SmewException failed = assertThrows(
                    SmewException.class,
                    () -> Aws.await("Listing s3://absent", s3.listObjectsV2(request -> request.bucket("absent"))));
            assertEquals(Fault.NOT_FOUND, failed.fault());
            assertTrue(
                    failed.getMessage().startsWith("Listing s3://absent: there is no such bucket."),
                    failed.getMessage());
        }
    }

    @Test
    void takesWhatAServicePlays() {
        try (StubAws stub = StubAws.start();
                Aws aws = Aws.open(stub.settings());
                SageMakerAsyncClient client = aws.client(SageMakerAsyncClient.builder())) {
            stub.on(
                    "SageMaker.DescribeEndpoint",
                    Shape.of(DescribeEndpointRequest.builder(), "EndpointName"),
                    call -> StubAws.Reply.json("{\"EndpointStatus\":\"InService\"}"));
            assertEquals(
                    "InService",
                    Aws.await("Asking", client.describeEndpoint(request -> request.endpointName("churn")))
                            .endpointStatusAsString());
            assertEquals(List.of(), stub.complaints());
            assertThrows(SmewException.class, () -> Aws.await("Asking", client.describeEndpoint(request -> {})));
            assertEquals(1, stub.complaints().size(), stub.complaints().toString());
        }
    }
}
