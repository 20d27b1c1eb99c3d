package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import smew.base.Json;
import smew.publish.Destination;
import tools.jackson.databind.JsonNode;

/** Commands below a command: help, options, settings and slips are those of every command. */
final class PublishCommandTest extends OnPrompt {

    @ParameterizedTest
    @ValueSource(strings = {"redshift", "athena", "hive"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertEquals(0, prompt.run("publish", command, "--help"));
        assertTrue(prompt.out().contains("Usage: smew publish " + command), prompt.out());
        assertTrue(prompt.out().contains("Example"), prompt.out());
        assertTrue(prompt.out().contains("--store=DIR"), prompt.out());
        assertEquals(0, prompt.run("publish", "--help"));
        assertTrue(prompt.out().contains("  " + command + " "), prompt.out());
        assertEquals(0, prompt.run("publish", command, "--version"));
        assertTrue(prompt.out().startsWith("smew "), prompt.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "publish | smew publish needs a command: redshift, athena, hive.",
                "publish redshft | There is no command redshft. Did you mean redshift?",
                "publish athena --databse x | smew publish athena has no option --databse. Did you mean --database?",
                "publish redshift --database dev --workgroup w | --iam-role needs a value: ARN.",
                "publish redshift --database dev --iam-role default | either --workgroup",
                "publish athena --timeout soon | --timeout holds 'soon', expected a duration",
                "publish hive --database my-db | --database holds 'my-db', expected letters"
            })
    void aSlipIsOneSentenceAndExitsWith2(String line, String expected) {
        assertEquals(2, prompt.run(line.split(" ")));
        assertTrue(prompt.err().contains(expected), prompt.err());
    }

    @Test
    void optionsOfNestedCommandsComeFromTheEnvironmentAndTheFile() {
        prompt.write("smew.properties", "workgroup = analytics\ndatabase = file\niam-role = default\n");
        prompt.environment.put("SMEW_DATABASE", "dev");
        assertEquals(0, prompt.run("publish", "redshift", "--schema", "features", "--view", "a", "--view", "b"));
        Engine.PublishRequest request = prompt.engine.publications.getLast();
        assertEquals(
                new Destination.Redshift(
                        Optional.of("analytics"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "dev",
                        "features",
                        "default"),
                request.to());
        assertEquals(List.of("a", "b"), request.views());
        assertEquals("", prompt.err());
        assertEquals(
                "release id in Redshift\n  public.a: 40,000 rows, loaded from s3://lake/a/\n",
                prompt.out().replace("\r\n", "\n"));
        assertEquals(0, prompt.run("publish", "redshift", "--json"));
        assertEquals(
                "public.a",
                Json.tree(prompt.out()).get("tables").get(0).get("name").asString());
    }

    @Test
    void aReleaseInAFolderIsScriptedWithThePlaceItIsCopiedTo() throws IOException {
        Files.createDirectories(directory.resolve("sql/features"));
        Files.createDirectories(directory.resolve("sql/sources"));
        prompt.write("sql/sources/raw.sql", "SELECT 1::BIGINT AS id, DATE '2021-01-01' AS at, 'x' AS town\n");
        prompt.write("sql/features/town.sql", "-- @entity id\n-- @time at\nSELECT * FROM raw\n");
        Console console = new Console(directory);
        Console.Outcome run = console.run("run", "--features-only");
        assertEquals(0, run.code(), run.err());

        Console.Outcome hive = console.run("publish", "hive");
        assertEquals(0, hive.code(), hive.err());
        assertTrue(hive.out().contains("LOCATION '" + directory.resolve("out") + "/releases/"), hive.out());

        Console.Outcome athena =
                console.run("publish", "athena", "--print", "--location", "s3://lake/smew/", "--database", "d");
        assertEquals(0, athena.code(), athena.err());
        assertTrue(athena.out().contains("LOCATION 's3://lake/smew/releases/"), athena.out());
        assertTrue(athena.out().contains("\"d\".\"latest_town\""), athena.out());

        String[] redshift = {"publish", "redshift", "--workgroup", "w", "--database", "dev", "--iam-role", "default"};
        Console.Outcome refused = console.run(redshift);
        assertEquals(2, refused.code());
        assertTrue(
                refused.err().contains("Publishing to Redshift: it reads S3 only, and the store is "), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());

        Console.Outcome shown = console.run(
                "publish",
                "redshift",
                "--cluster",
                "c",
                "--db-user",
                "u",
                "--database",
                "dev",
                "--iam-role",
                "default",
                "--location",
                "s3://lake/smew",
                "--dry-run");
        assertEquals(0, shown.code(), shown.err());
        JsonNode requests = Json.tree(shown.out());
        assertEquals(2, requests.size());
        assertEquals(
                "c", requests.get(1).get("request").get("ClusterIdentifier").asString());
        assertTrue(requests.get(1).get("request").get("Sqls").get(2).asString().contains("IAM_ROLE default"));

        assertEquals(
                3,
                console.run("publish", "hive", "--release", "20260101T000000.000Z-000000000000")
                        .code());
    }
}
