package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.aws.AwsSettings;
import smew.base.UserCache;
import smew.store.S3Settings;

/** How AWS is reached, for whatever lies there. Credentials come from where all AWS tools look for them. */
final class AwsOptions {

    @Option(
            names = "--aws-region",
            paramLabel = "NAME",
            description = "The AWS region. Default: AWS_REGION, or that of the AWS profile.")
    private Optional<String> region = Optional.empty();

    @Option(
            names = "--s3-path-style",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Names buckets in paths, not in hosts. Default: true where AWS_ENDPOINT_URL is set.")
    private Optional<Boolean> pathStyle = Optional.empty();

    @Option(
            names = "--s3-kms-key",
            paramLabel = "ID",
            description = "Encrypts what is written to S3 with this KMS key. Default: as the bucket has it.")
    private Optional<String> kmsKey = Optional.empty();

    @Option(
            names = "--s3-storage-class",
            paramLabel = "CLASS",
            description = "Storage class of what is written to S3, such as STANDARD_IA. Default: as the bucket has it.")
    private Optional<String> storageClass = Optional.empty();

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Keeps copies of what is read from S3. Default: smew in the cache folder of this user.")
    private Optional<Path> cache = Optional.empty();

    @Option(
            names = "--cache-size",
            paramLabel = "SIZE",
            description = "How large these copies may be together. Default: 10GB.")
    private Converters.Size cacheSize = new Converters.Size("10GB", 10_000_000_000L);

    AwsSettings aws() {
        return AwsSettings.DEFAULT.withRegion(region);
    }

    /** What encrypts objects on S3, where that is set. */
    Optional<String> kmsKey() {
        return kmsKey;
    }

    S3Settings s3(Surroundings world) {
        Path folder = cache.map(world.directory()::resolve).orElseGet(() -> UserCache.folder(world.environment()));
        return new S3Settings(pathStyle, kmsKey, storageClass, folder, cacheSize.bytes());
    }
}
