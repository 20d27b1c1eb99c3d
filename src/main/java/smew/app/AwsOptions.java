package smew.app;

import java.nio.file.Path;
import java.util.Optional;
import smew.aws.AwsSettings;
import smew.base.UserCache;
import smew.store.S3Settings;

/** How AWS is reached, for whatever lies there. Credentials come from where all AWS tools look for them. */
final class AwsOptions extends Options {

    private static final long CACHED_BYTES = 10_000_000_000L;

    private final Given<String> region = option(
            String.class, "--aws-region", "NAME", "The AWS region. Default: AWS_REGION, or that of the AWS profile.");

    private final Given<Boolean> pathStyle = option(
            Boolean.class,
            "--s3-path-style",
            "BOOLEAN",
            "Names buckets in paths, not in hosts. Default: true where AWS_ENDPOINT_URL is set.");

    private final Given<String> kmsKey = option(
            String.class,
            "--s3-kms-key",
            "ID",
            "Encrypts what is written to S3 with this KMS key. Default: as the bucket has it.");

    private final Given<String> storageClass = option(
            String.class,
            "--s3-storage-class",
            "CLASS",
            "Storage class of what is written to S3, such as STANDARD_IA. Default: as the bucket has it.");

    private final Given<Path> cache = option(
            Path.class,
            "--cache",
            "DIR",
            "Keeps copies of what is read from S3. Default: smew in the cache folder of this user.");

    private final Given<Converters.Size> cacheSize = option(
            Converters.Size.class, "--cache-size", "SIZE", "How large these copies may be together. Default: 10GB.");

    AwsSettings aws() {
        return AwsSettings.DEFAULT.withRegion(region.value());
    }

    /** What encrypts objects on S3, where that is set. */
    Optional<String> kmsKey() {
        return kmsKey.value();
    }

    S3Settings s3(Surroundings world) {
        Path folder =
                cache.value().map(world.directory()::resolve).orElseGet(() -> UserCache.folder(world.environment()));
        return new S3Settings(
                pathStyle.value(),
                kmsKey.value(),
                storageClass.value(),
                folder,
                cacheSize.value().map(Converters.Size::bytes).orElse(CACHED_BYTES));
    }
}
