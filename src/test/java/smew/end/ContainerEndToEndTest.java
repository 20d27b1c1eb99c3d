package smew.end;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.duck.Duck;
import smew.end.SmewJar.Outcome;
import smew.end.SmewJar.Running;
import smew.project.Project;
import smew.sagemaker.HyperParameters;
import tools.jackson.databind.JsonNode;

/** The sample's model, trained and hosted as SageMaker does it, from the files and the command of the Dockerfile. */
@DisabledOnOs(OS.WINDOWS)
class ContainerEndToEndTest {

    private static final String AS_OF = "2021-09-17";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    @TempDir
    static Path logs;

    private static ContainerImage image;
    private static Path project;
    private static Path prefix;
    private static JsonNode scored;
    private static Outcome trained;

    @BeforeAll
    static void train() throws IOException {
        image = ContainerImage.build(folder.resolve("image"), logs);
        project = folder.resolve("sample");
        prefix = folder.resolve("ml");
        assertEquals(0, SmewJar.in(folder, logs).run("init", "sample").code());
        SmewJar smew = SmewJar.in(project, logs);
        Outcome run = smew.run("run", "--as-of", AS_OF);
        assertEquals(0, run.code(), run.err());
        scored = Json.tree(run.out().lines().toList().getLast());
        Files.createDirectories(prefix.resolve("input/config"));
        Files.createDirectories(prefix.resolve("input/data/train"));
        Outcome exported = smew.run(
                "sql",
                "--file",
                "sql/models/credit_risk.sql",
                "--output",
                prefix.resolve("input/data/train/part-0.parquet").toString());
        assertEquals(0, exported.code(), exported.err());
        write("hyperparameters.json", Json.write(HyperParameters.of(model(), LocalDate.parse(AS_OF))));
        write("inputdataconfig.json", "{\"train\":{\"ContentType\":\"application/x-parquet\"}}");
        write("resourceconfig.json", "{\"current_host\":\"algo-1\",\"hosts\":[\"algo-1\"]}");
        trained = image.start(Map.of(), "train", "--prefix", prefix.toString()).end();
    }

    private static smew.project.Relation.Model model() {
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            return Project.read(project, duck::parse).models().getFirst();
        }
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(prefix.resolve("input/config").resolve(name), text);
    }

    @Test
    void theImageRunsAsNobodyImportantAndAnswersOnItsPort() {
        assertEquals(List.of("SMEW_USER=smew"), image.all("ARG"));
        assertEquals(List.of("${SMEW_USER}"), image.all("USER"));
        assertEquals(List.of("8080"), image.all("EXPOSE"));
    }

    @Test
    void trainingWritesTheModelOfTheRunBitForBit() throws IOException {
        assertEquals(0, trained.code(), trained.err());
        Path store = project.resolve("out");
        Path released = store.resolve("releases")
                .resolve(new StoreFiles(store).current())
                .resolve("models/credit_risk");
        for (String file : List.of("model.trees", "card.json")) {
            assertArrayEquals(
                    Files.readAllBytes(released.resolve(file)),
                    Files.readAllBytes(prefix.resolve("model").resolve(file)),
                    file);
        }
        assertTrue(
                Pattern.compile("(?m)^smew auc=0\\.\\d+;$")
                        .matcher(trained.out())
                        .find(),
                trained.out());
    }

    @Test
    void hostingAnswersAsTheRunDidAndEndsInTimeWithWhatItHasBegun() throws Exception {
        Running host = image.start(Map.of(), "serve", "--prefix", prefix.toString(), "--port", "0");
        int port = host.port();
        assertEquals(0, image.health(port));
        String body = "{\"instances\":[" + scored.get("features") + "]}";
        HttpRequest request = HttpRequest.newBuilder(uri(port, "/invocations"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> reply = HTTP.send(request, BodyHandlers.ofString());
        assertEquals(200, reply.statusCode(), reply.body());
        JsonNode predicted = Json.tree(reply.body()).at("/predictions/0");
        assertEquals(scored.get("probabilities"), predicted.get("probabilities"));
        assertEquals(404, status(port, "/predictions/5008804"));
        assertEquals(200, status(port, "/execution-parameters"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        long stopped;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /invocations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("HTTP/1.1 100 Continue", in.readLine());
            stopped = System.nanoTime();
            host.process().destroy();
            while (status(port, "/ping") == 200) {
                assertTrue(System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(20), "it takes no new work");
            }
            out.write(bytes);
            List<String> answer = in.lines().toList();
            assertTrue(answer.contains("HTTP/1.1 200 OK"), answer.toString());
            assertTrue(answer.getLast().contains("\"prediction\":"), answer.toString());
        }
        assertEquals(0, host.end().code());
        assertTrue(System.nanoTime() - stopped < TimeUnit.SECONDS.toNanos(30), "it ends within 30 s");
        assertNotEquals(0, image.health(port));
    }

    @Test
    void hostingWithoutAModelEndsAndSaysWhereItLooked() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty/model"));
        Outcome host = image.start(
                        Map.of(), "serve", "--prefix", empty.getParent().toString(), "--port", "0")
                .end();
        assertEquals(5, host.code());
        assertTrue(host.err().contains("from " + empty + ": there is no card.json"), host.err());
        assertFalse(host.err().contains("Serving"), host.err());
    }

    @Test
    void aJobThatIsStoppedEndsAtOnce() throws Exception {
        Path job = folder.resolve("stopped");
        Files.createDirectories(job.resolve("input/config"));
        Path pipe = Files.createDirectories(job.resolve("input/data")).resolve("train_0");
        Files.writeString(job.resolve("input/config/hyperparameters.json"), "{\"label\":\"y\"}");
        Files.writeString(
                job.resolve("input/config/inputdataconfig.json"), "{\"train\":{\"TrainingInputMode\":\"Pipe\"}}");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        // What it has begun to copy stays behind.
        Map<String, String> temporary = Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + logs);
        Running training = image.start(temporary, "train", "--prefix", job.toString());
        // Opening it waits until the job reads.
        try (OutputStream rows = Files.newOutputStream(pipe)) {
            rows.write("a,y\n1,0\n".getBytes(StandardCharsets.US_ASCII));
            rows.flush();
            training.process().destroy();
            assertTrue(training.process().waitFor(10, TimeUnit.SECONDS), "it ends within ten seconds");
        }
        assertEquals(143, training.end().code());
        assertFalse(Files.exists(job.resolve("model/card.json")));
    }

    /** 0 where nobody listens any more. */
    private static int status(int port, String path) throws IOException, InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException closed) {
            return 0;
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
