package smew.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import smew.base.Fault;
import smew.base.SmewException;
import smew.sagemaker.JobPlace;

/** What everything needs that runs on SageMaker. */
final class PlaceOptions {

    @Option(
            names = "--image",
            paramLabel = "URI",
            description = "The container image in ECR, built from src/main/docker/Dockerfile.")
    private Optional<String> image = Optional.empty();

    @Option(names = "--role", paramLabel = "ARN", description = "The IAM role that the container acts as.")
    private Optional<String> role = Optional.empty();

    @Option(
            names = "--kms-key",
            paramLabel = "ID",
            description =
                    "Encrypts volumes, and what SageMaker writes to S3, with this KMS key. Default: --s3-kms-key.")
    private Optional<String> kmsKey = Optional.empty();

    @Option(
            names = "--subnets",
            paramLabel = "ID[,ID...]",
            description = "Subnets of a VPC to run in; needs --security-groups.")
    private Optional<String> subnets = Optional.empty();

    @Option(
            names = "--security-groups",
            paramLabel = "ID[,ID...]",
            description = "Security groups of the VPC; needs --subnets.")
    private Optional<String> securityGroups = Optional.empty();

    JobPlace place(CommonOptions common, boolean isolated) {
        return new JobPlace(
                required(image, "--image URI"),
                required(role, "--role ARN"),
                kmsKey.or(common.aws::kmsKey),
                list(subnets),
                list(securityGroups),
                isolated);
    }

    private static String required(Optional<String> value, String option) {
        return value.orElseThrow(() -> new SmewException(
                Fault.USAGE,
                "This needs " + option + ", or the same in the environment or in smew.properties. See"
                        + " smew sagemaker --help."));
    }

    static List<String> list(Optional<String> text) {
        return text.map(all -> List.of(all.strip().split("\\s*,\\s*"))).orElse(List.of());
    }

    /** {@code K=V,K=V}. */
    static Map<String, String> tags(Optional<String> text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : list(text)) {
            String[] parts = tag.split("=", 2);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw new SmewException(
                        Fault.USAGE, "--tags holds '" + tag + "', expected KEY=VALUE, as in --tags team=risk,cost=42.");
            }
            tags.put(parts[0], parts[1]);
        }
        return tags;
    }
}
