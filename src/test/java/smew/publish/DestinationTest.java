package smew.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.aws.AwsSettings;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.release.Manifest;

final class DestinationTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', default, either --workgroup",
        "w, c, '', '', default, either --workgroup",
        "w, '', u, '', default, --db-user goes with --cluster",
        "'', c, u, s, default, --db-user goes with --cluster",
        "w, '', '', '', admin, --iam-role holds 'admin'",
        "w, '', '', '', arn:aws:iam::123456789012:role/x' CREDENTIALS '…, --iam-role holds"
    })
    void whatDoesNotGoTogetherIsRefused(
            String workgroup, String cluster, String user, String secret, String role, String expected) {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> new Destination.Redshift(
                        given(workgroup), given(cluster), given(user), given(secret), "dev", "public", role));
        assertEquals(Fault.USAGE, refused.fault());
        assertTrue(refused.getMessage().contains(expected), refused.getMessage());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }

    @Test
    void rolesMayBeChained() {
        String roles = "arn:aws:iam::123456789012:role/a,arn:aws-cn:iam::123456789012:role/path/b";
        assertEquals(
                roles,
                new Destination.Redshift(
                                Optional.empty(),
                                Optional.of("c"),
                                Optional.of("u"),
                                Optional.empty(),
                                "dev",
                                "public",
                                roles)
                        .iamRole());
    }

    @Test
    void anAthenaWithoutAPlaceOnS3IsRefused() {
        assertTrue(assertThrows(
                        SmewException.class,
                        () -> new Destination.Athena("d", Optional.empty(), Optional.of("results.csv")))
                .getMessage()
                .contains("--output holds 'results.csv'"));
        assertThrows(SmewException.class, () -> new Destination.Hive("my-db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/ann/out", "s3://", "s3://x", "s3:/bucket/x", "https://bucket/x"})
    void whatIsNotOnS3IsRefusedBeforeAnythingIsSent(String location) {
        ReleasedViews here =
                new ReleasedViews("id", Instant.EPOCH, LocalDate.EPOCH, location, List.of(Examples.HISTORY));
        for (Destination to : List.of(Examples.REDSHIFT, Examples.ATHENA)) {
            SmewException refused = assertThrows(
                    SmewException.class,
                    () -> Publisher.publish(here, to, false, Progress.NONE, AwsSettings.DEFAULT, Examples.patience()));
            assertEquals(Fault.CONFIGURATION, refused.fault());
            assertTrue(refused.getMessage().contains("it reads S3 only, and the store is "), refused.getMessage());
        }
        assertThrows(SmewException.class, () -> Publisher.script(here, Examples.REDSHIFT));
    }

    @Test
    void oneViewOfSeveralIsChosenByName() {
        Manifest manifest = new Manifest(
                "id",
                Instant.EPOCH,
                LocalDate.EPOCH,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(Examples.HISTORY, Examples.PROFILE),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of());
        assertEquals(
                List.of(Examples.PROFILE),
                ReleasedViews.of(manifest, "s3://lake", List.of("customer_profile"))
                        .views());
        SmewException unknown = assertThrows(
                SmewException.class, () -> ReleasedViews.of(manifest, "s3://lake", List.of("customer_profil")));
        assertEquals(Fault.NOT_FOUND, unknown.fault());
        assertTrue(unknown.getMessage().endsWith("Did you mean customer_profile?"), unknown.getMessage());
    }
}
