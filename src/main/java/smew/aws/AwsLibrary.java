package smew.aws;

import java.util.List;
import smew.base.PackedLibrary;
import smew.base.SmewException;

/**
 * The AWS SDK, packed in Smew's JAR. Whoever is about to use a class that knows the SDK opens it first. Nothing here may know a class of
 * the SDK.
 */
public final class AwsLibrary {

    private static final PackedLibrary SDK =
            new PackedLibrary("the AWS SDK", "aws", "software.amazon.awssdk.core.SdkClient", List.of());

    private AwsLibrary() {}

    /**
     * Makes the SDK's classes known. May be called often, from any thread.
     *
     * @throws SmewException OUTSIDE when the file system refuses the unpacked file
     */
    public static void open() {
        SDK.open();
    }
}
