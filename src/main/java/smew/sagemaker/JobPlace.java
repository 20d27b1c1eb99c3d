package smew.sagemaker;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import smew.base.Fault;
import smew.base.SmewException;
import software.amazon.awssdk.services.sagemaker.model.VpcConfig;

/**
 * What everything that runs on SageMaker needs.
 *
 * @param image address of the container image in ECR
 * @param role ARN of the role that the container acts as
 * @param kmsKey encrypts volumes and what jobs write
 * @param subnets of a VPC; empty: none, and no security groups either
 * @param isolated whether the container has no network at all
 */
public record JobPlace(
        String image,
        String role,
        Optional<String> kmsKey,
        List<String> subnets,
        List<String> securityGroups,
        boolean isolated) {

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@/-]+");
    private static final Pattern ID = Pattern.compile("[-0-9a-zA-Z]{1,32}");

    public JobPlace {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
        require(ROLE.matcher(role).matches(), "--role", role, "an ARN such as arn:aws:iam::123456789012:role/smew");
        require(
                image.matches("\\S{1,255}"),
                "--image",
                image,
                "the address of an image such as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/smew:1");
        require(
                subnets.isEmpty() == securityGroups.isEmpty(),
                "--subnets",
                String.join(",", subnets),
                "subnets and --security-groups together");
        subnets.forEach(id -> require(ID.matcher(id).matches(), "--subnets", id, "ids such as subnet-0a1b2c"));
        securityGroups.forEach(
                id -> require(ID.matcher(id).matches(), "--security-groups", id, "ids such as sg-0a1b2c"));
    }

    private static void require(boolean holds, String option, String found, String expected) {
        if (!holds) {
            throw new SmewException(Fault.USAGE, option + " holds '" + found + "', expected " + expected + ".");
        }
    }

    Optional<VpcConfig> vpc() {
        return subnets.isEmpty()
                ? Optional.empty()
                : Optional.of(VpcConfig.builder()
                        .subnets(subnets)
                        .securityGroupIds(securityGroups)
                        .build());
    }
}
