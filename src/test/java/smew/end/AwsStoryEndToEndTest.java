package smew.end;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.Aws;
import smew.aws.S3Server;
import smew.aws.StubAws;
import smew.base.Json;
import smew.duck.Duck;
import smew.end.SmewJar.Outcome;
import smew.end.SmewJar.Running;
import smew.project.Project;
import smew.project.Relation;
import smew.sagemaker.HyperParameters;
import smew.sagemaker.ModelArchive;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole story: CSV on S3 becomes features on S3, a container trains on them, another hosts the model, and a server asks that
 * endpoint for predictions by id, which are those of the model at home.
 */
final class AwsStoryEndToEndTest {

    private static final LocalDate AS_OF = LocalDate.of(2021, 9, 17);
    private static final String STORE = "s3://" + S3Server.BUCKET + "/credit";
    private static final String ID = "5008804";

    @TempDir
    Path folder;

    @TempDir
    Path logs;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPredictionByTheEndpointIsThatOfTheModelAtHome() throws Exception {
        try (S3Server s3 = S3Server.start(folder.resolve("s3"));
                StubAws sagemaker = StubAws.start()) {
            Map<String, String> environment = new HashMap<>(s3.environment());
            environment.put(
                    "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", sagemaker.endpoint().toString());
            environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
            SmewJar smew = SmewJar.in(folder, logs).with(environment);
            assertEquals(0, smew.run("init", "sample").code());
            Path project = folder.resolve("sample");
            upload(s3, project.resolve("sample-data/loans.csv.gz"));

            Outcome run = smew.run(
                    "run",
                    "--project",
                    "sample",
                    "--store",
                    STORE,
                    "--as-of",
                    AS_OF.toString(),
                    "--set",
                    "loans=s3://" + S3Server.BUCKET + "/raw/*.csv.gz");
            assertEquals(0, run.code(), run.err());

            Path job = job(smew, project);
            Outcome trained = smew.run("train", "--prefix", job.toString());
            assertEquals(0, trained.code(), trained.err());
            Path hosted = folder.resolve("hosted");
            ModelArchive archive = ModelArchive.pack(job.resolve("model"), folder.resolve(ModelArchive.NAME));
            ModelArchive.unpack("model.tar.gz", archive.file(), hosted.resolve("model"));

            Running host = smew.start("serve", "--prefix", hosted.toString(), "--port", "0");
            int hostPort = host.port();
            sagemaker.on("POST /endpoints/credit/invocations", call -> forward(hostPort, call));
            Running home = smew.start("serve", "--store", STORE, "--port", "0");
            Running asking = smew.start("serve", "--store", STORE, "--port", "0", "--backend", "sagemaker:credit");
            ObjectNode atHome = prediction(home.port());
            ObjectNode asked = prediction(asking.port());

            assertEquals("local", atHome.remove("backend").asString());
            assertEquals("sagemaker:credit", asked.remove("backend").asString());
            assertEquals(atHome, asked);
            assertEquals(Json.tree(run.out().lines().toList().getLast()).get("probability"), asked.get("probability"));
            assertEquals(List.of(), sagemaker.complaints());
            for (Running server : List.of(asking, home, host)) {
                server.process().destroy();
                assertEquals(0, server.end().code());
            }
        }
    }

    private static void upload(S3Server server, Path file) {
        try (Aws aws = Aws.open(server.settings());
                S3AsyncClient s3 = aws.client(S3AsyncClient.builder().forcePathStyle(true))) {
            Aws.await(
                    "Uploading " + file,
                    s3.putObject(request -> request.bucket(S3Server.BUCKET).key("raw/loans.csv.gz"), file));
        }
    }

    /** What SageMaker mounts: the rows of the model, from the release on S3, and its directives. */
    private Path job(SmewJar smew, Path project) throws IOException {
        Path job = folder.resolve("job");
        Files.createDirectories(job.resolve("input/config"));
        Files.createDirectories(job.resolve("input/data/train"));
        Outcome exported = smew.run(
                "sql",
                "--store",
                STORE,
                "--file",
                project.resolve("sql/models/credit_risk.sql").toString(),
                "--output",
                job.resolve("input/data/train/part-0.parquet").toString());
        assertEquals(0, exported.code(), exported.err());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            Relation.Model model = Project.read(project, duck::parse).models().getFirst();
            Files.writeString(
                    job.resolve("input/config/hyperparameters.json"), Json.write(HyperParameters.of(model, AS_OF)));
        }
        Files.writeString(
                job.resolve("input/config/inputdataconfig.json"),
                "{\"train\":{\"ContentType\":\"application/x-parquet\"}}");
        return job;
    }

    /** As SageMaker does with a request of an endpoint. */
    private StubAws.Reply forward(int port, StubAws.Call call) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/invocations"))
                .header("Content-Type", call.headers().getFirst("Content-Type"))
                .POST(BodyPublishers.ofByteArray(call.body()))
                .build();
        try {
            HttpResponse<byte[]> reply = http.send(request, BodyHandlers.ofByteArray());
            String type = reply.headers().firstValue("Content-Type").orElse("");
            return new StubAws.Reply(reply.statusCode(), Map.of("Content-Type", type), reply.body());
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private ObjectNode prediction(int port) throws Exception {
        URI one = URI.create("http://127.0.0.1:" + port + "/predictions/" + ID);
        HttpResponse<String> reply = http.send(HttpRequest.newBuilder(one).build(), BodyHandlers.ofString());
        assertEquals(200, reply.statusCode(), reply.body());
        JsonNode json = Json.tree(reply.body());
        return (ObjectNode) json;
    }
}
