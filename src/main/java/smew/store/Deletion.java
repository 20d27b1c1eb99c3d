package smew.store;

import java.util.List;
import smew.aws.Aws;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes objects of a bucket, many with one request. */
record Deletion(S3AsyncClient client, String bucket, AwsRequestOverrideConfiguration patience) {

    /** S3 takes no more. */
    private static final int AT_ONCE = 1000;

    private static final int ATTEMPTS = 3;

    /** Deletes these; those that are absent are deleted already. */
    void of(List<String> keys) {
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            List<S3Error> left = some(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)));
            // The client repeats requests, and not what failed of one that was answered.
            for (int attempt = 2; attempt <= ATTEMPTS && !left.isEmpty(); attempt++) {
                left = some(left.stream().map(S3Error::key).toList());
            }
            if (!left.isEmpty()) {
                S3Error first = left.getFirst();
                throw new SmewException(
                        Fault.OUTSIDE,
                        "Deleting s3://" + bucket + "/" + first.key() + ": S3 refused it (" + first.code() + ": "
                                + first.message()
                                + "). Let the role or user of these credentials do it, or try again.");
            }
        }
    }

    private List<S3Error> some(List<String> keys) {
        List<ObjectIdentifier> objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        return Aws.await(
                        "Deleting s3://" + bucket + "/" + keys.getFirst(),
                        client.deleteObjects(request -> request.bucket(bucket)
                                .delete(Delete.builder()
                                        .objects(objects)
                                        .quiet(true)
                                        .build())
                                .overrideConfiguration(patience)))
                .errors();
    }
}
