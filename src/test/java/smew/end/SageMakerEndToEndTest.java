package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.S3Server;
import smew.base.Json;
import smew.end.SmewJar.Outcome;
import smew.sagemaker.SageMakerStub;
import tools.jackson.databind.JsonNode;

/** The commands below sagemaker as users type them: every class of AWS that they need is in the JAR. */
final class SageMakerEndToEndTest {

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private void project() throws Exception {
        Path project = Files.createDirectories(folder.resolve("value"));
        for (String kind : List.of("sources", "features", "models")) {
            Files.createDirectories(project.resolve("sql/" + kind));
        }
        Files.writeString(project.resolve("sql/sources/sales.sql"), """
                -- @input sales = sales.csv
                SELECT * FROM read_csv(getvariable('sales'), header = true)
                """);
        Files.writeString(
                project.resolve("sql/features/history.sql"), "-- @entity id\n-- @time day\nSELECT * FROM sales\n");
        Files.writeString(
                project.resolve("sql/models/value.sql"),
                "-- @label amount\n-- @algorithm decision-tree\nSELECT *, id % 9 AS shelf FROM history\n");
        StringBuilder rows = new StringBuilder("id,day,amount\n");
        IntStream.range(0, 300)
                .forEach(i -> rows.append(i % 40 + ",2020-01-" + (1 + i % 28) + "," + i * 13 % 97 + "\n"));
        Files.writeString(project.resolve("sales.csv"), rows.toString().replaceAll("-(\\d),", "-0$1,"));
        Files.writeString(project.resolve("smew.properties"), """
                store = s3://bucket/smew
                cache = ../cache
                image = 123456789012.dkr.ecr.us-east-1.amazonaws.com/smew:1
                role = arn:aws:iam::123456789012:role/smew
                """);
    }

    @Test
    void deployTellAndDelete() throws Exception {
        project();
        try (S3Server s3 = S3Server.start(folder.resolve("s3"));
                SageMakerStub sageMaker = new SageMakerStub()) {
            Map<String, String> environment = new HashMap<>(s3.environment());
            for (String service : List.of("SAGEMAKER", "SAGEMAKER_RUNTIME", "APPLICATION_AUTO_SCALING")) {
                environment.put(
                        "AWS_ENDPOINT_URL_" + service,
                        sageMaker.stub().endpoint().toString());
            }
            SmewJar smew = SmewJar.in(folder.resolve("value"), logs);
            assertEquals(0, ended(smew, environment, "run").code());

            JsonNode training = Json.tree(
                    ended(smew, environment, "sagemaker", "train", "--dry-run").out());
            assertEquals("PutObject", training.at("/0/operation").asString());
            assertEquals("value", training.at("/1/request/HyperParameters/name").asString());
            JsonNode planned = Json.tree(ended(
                            smew,
                            environment,
                            "sagemaker",
                            "deploy",
                            "--endpoint",
                            "value",
                            "--autoscaling",
                            "1:3",
                            "--dry-run")
                    .out());
            assertEquals(6, planned.size());
            assertEquals(List.of(), sageMaker.changes());

            Outcome deployed = ended(smew, environment, "sagemaker", "deploy", "--endpoint", "value", "--no-wait");
            assertTrue(
                    deployed.out().startsWith("endpoint value (created) will serve value of release"), deployed.out());
            Outcome told = ended(smew, environment, "sagemaker", "status", "--json");
            assertEquals(
                    "InService", Json.tree(told.out()).at("/endpoints/0/state").asString());
            Outcome asked = ended(smew, environment, "sagemaker", "delete", "--endpoint", "value");
            assertEquals(7, asked.code(), asked.err());
            assertTrue(asked.out().contains("Deleting endpoint value\n"), asked.out());
            assertEquals(
                    0,
                    ended(smew, environment, "sagemaker", "delete", "--endpoint", "value", "--yes")
                            .code());
            assertEquals(List.of(), sageMaker.standing().get("endpoints"));
            assertEquals(List.of(), sageMaker.stub().complaints());
        }
    }

    private static Outcome ended(SmewJar smew, Map<String, String> environment, String... arguments) {
        Outcome outcome = smew.with(environment).run(arguments);
        assertTrue(outcome.code() == 0 || outcome.code() == 7, outcome.err());
        return outcome;
    }
}
