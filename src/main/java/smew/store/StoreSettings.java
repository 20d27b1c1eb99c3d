package smew.store;

import smew.aws.AwsSettings;

/**
 * Which store, and how it is reached.
 *
 * @param location a folder, or {@code s3://bucket/prefix}
 * @param aws how AWS is reached, for what lies on S3
 * @param s3 how objects are stored there
 */
public record StoreSettings(String location, AwsSettings aws, S3Settings s3) {

    /** A folder. */
    public static StoreSettings folder(String location) {
        return new StoreSettings(location, AwsSettings.DEFAULT, S3Settings.DEFAULT);
    }

    /** Whether releases lie on S3. */
    public boolean onS3() {
        return S3Location.isOne(location);
    }
}
