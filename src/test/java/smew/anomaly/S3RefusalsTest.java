package smew.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.anomaly.SmewProcess.Running;
import smew.aws.AwsSettings;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.S3Server;
import smew.aws.Wire;
import smew.aws.Wire.Fate;
import smew.base.Digest;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.Draft;
import smew.release.ReleaseId;
import smew.release.Releases;
import smew.store.RemoteFiles;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What AWS refuses, and why, in one sentence that says what to do. */
class S3RefusalsTest extends OnS3 {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL_S3";

    @TempDir
    Path logs;

    @Test
    void everyRefusalSaysWhatToDo() {
        refusing(403, "ExpiredToken", Fault.OUTSIDE, "the credentials have expired");
        refusing(400, "ExpiredToken", Fault.OUTSIDE, "the credentials have expired");
        refusing(403, "InvalidAccessKeyId", Fault.OUTSIDE, "AWS does not know these credentials");
        refusing(403, "SignatureDoesNotMatch", Fault.OUTSIDE, "the secret key does not fit");
        refusing(403, "AccessDenied", Fault.OUTSIDE, "access is denied");
        refusing(301, "PermanentRedirect", Fault.CONFIGURATION, "another region");
        refusing(400, "AuthorizationHeaderMalformed", Fault.CONFIGURATION, "another region");
        refusing(403, "RequestTimeTooSkewed", Fault.OUTSIDE, "clock of this machine");
    }

    private void refusing(int status, String code, Fault fault, String says) {
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                throw Layer.error(status, code);
            }
        });
        try (Releases releases = releases();
                RemoteFiles files = new RemoteFiles(settings(ADDRESS, server.settings()))) {
            refused(fault, says, releases::current);
            // A HEAD is answered without a reason.
            refused(fault, says, () -> files.fetch("s3://bucket/one.csv"));
            refused(fault, says, () -> files.fetch("s3://bucket/*.csv"));
            refused(fault, says, () -> releases.begin("0".repeat(64), Clock.systemUTC()));
        }
    }

    @Test
    void aKeyThatMayOnlyReadIsToldAtTheFirstFile() {
        ReleaseId first;
        ReleaseId second;
        try (Releases releases = releases()) {
            first = publish(releases, 1, SMALL);
            second = publish(releases, 2, SMALL);
        }
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (call.operation().changes()) {
                    throw Layer.error(403, "AccessDenied");
                }
            }
        });
        try (Releases releases = releases();
                Draft draft = releases.begin(Digest.of("2"), Clock.systemUTC())) {
            refused(Fault.OUTSIDE, "access is denied", () -> manifest(draft, 2, SMALL));
        }
        try (Releases releases = releases()) {
            refused(Fault.OUTSIDE, "access is denied", () -> releases.makeCurrent(first));
        }
        assertWhole(second);
    }

    @Test
    void aMissingBucketIsToldWhateverIsAskedOfIt() {
        try (Releases releases = Releases.of(settings("s3://absent/prefix", server.settings()));
                RemoteFiles files = new RemoteFiles(settings(ADDRESS, server.settings()))) {
            refused(Fault.NOT_FOUND, "no such bucket", releases::current);
            refused(Fault.NOT_FOUND, "no such bucket", releases::list);
            refused(Fault.NOT_FOUND, "no such bucket", () -> publish(releases, 1, SMALL));
            refused(Fault.NOT_FOUND, "no such bucket", () -> files.fetch("s3://absent/one.csv"));
            refused(Fault.NOT_FOUND, "no such bucket", () -> files.fetch("s3://absent/folder/"));
            refused(Fault.NOT_FOUND, "no such bucket", () -> files.fetch("s3://absent/*.csv"));
        }
    }

    @Test
    void aBadNameIsRefusedBeforeAnythingIsAsked() {
        for (String bad : List.of("s3://", "s3:///x", "s3://UPPER/x", "s3://a/x", "s3://under_score/x", "s3://-a-/x")) {
            refused(
                    Fault.CONFIGURATION,
                    "expected s3://BUCKET/PREFIX",
                    () -> Releases.of(settings(bad, server.settings())).close());
        }
        assertEquals(List.of(), layer.calls());
    }

    @Test
    void wrongKeysAreToldApart() {
        AwsBasicCredentials good = (AwsBasicCredentials) S3Server.credentials().resolveCredentials();
        credentials(good.accessKeyId(), "wrong", "the secret key does not fit");
        credentials("AKIDUNKNOWN", good.secretAccessKey(), "AWS does not know these credentials");
    }

    private void credentials(String key, String secret, String says) {
        AwsCredentialsProvider other = StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
        try (Releases releases = releases(server.settings().withCredentials(other))) {
            SmewException failed = refused(Fault.OUTSIDE, says, releases::current);
            assertFalse(failed.getMessage().contains(secret), failed.getMessage());
        }
    }

    @Test
    void credentialsThatExpireAreReplacedByNewOnes() throws IOException {
        AwsBasicCredentials good = (AwsBasicCredentials) S3Server.credentials().resolveCredentials();
        Path handed = logs.resolve("credentials.json");
        hand(handed, good.accessKeyId(), good);
        try (ProcessCredentialsProvider provider = ProcessCredentialsProvider.builder()
                        .command(List.of("cat", handed.toString()))
                        .build();
                Releases releases = releases(server.settings().withCredentials(provider))) {
            ReleaseId first = publish(releases, 1, SMALL);
            hand(handed, "AKIDOTHER", good);
            refused(Fault.OUTSIDE, "AWS does not know these credentials", releases::current);
            hand(handed, good.accessKeyId(), good);
            assertEquals(Optional.of(first), releases.current());
        }
    }

    /** As a tool for credential_process hands them out, to expire at once. */
    private static void hand(Path file, String key, AwsBasicCredentials good) throws IOException {
        Files.writeString(
                file,
                "{\"Version\":1,\"AccessKeyId\":\"" + key + "\",\"SecretAccessKey\":\"" + good.secretAccessKey()
                        + "\",\"SessionToken\":\"token\",\"Expiration\":\""
                        + Instant.now().plusSeconds(2) + "\"}");
    }

    @Test
    void theRoleOfAContainerIsFound() throws IOException {
        AwsBasicCredentials good = (AwsBasicCredentials) S3Server.credentials().resolveCredentials();
        Path answer = logs.resolve("answer.json");
        Files.writeString(
                answer,
                "{\"AccessKeyId\":\"" + good.accessKeyId() + "\",\"SecretAccessKey\":\"" + good.secretAccessKey()
                        + "\",\"Token\":\"token\",\"Expiration\":\""
                        + Instant.now().plusSeconds(3600) + "\"}");
        HttpServer container = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        container.createContext("/", exchange -> {
            byte[] body = Files.readAllBytes(answer);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        container.start();
        try (Releases releases = releases()) {
            ReleaseId id = publish(releases, 1, SMALL);
            Running run = new SmewProcess(
                            folder,
                            logs,
                            Map.of(
                                    ENDPOINT,
                                    server.endpoint().toString(),
                                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                                    "http://127.0.0.1:" + container.getAddress().getPort()))
                    .start(
                            "releases",
                            "--store",
                            ADDRESS,
                            "--cache",
                            folder.resolve("cache").toString());
            assertEquals(0, run.code(), run.complained());
            assertTrue(run.printed().contains(id.value()), run.printed());
            assertEquals("", run.complained());
        } finally {
            container.stop(0);
        }
    }

    @Test
    void withoutAnyCredentialsACommandSaysSoSoon() {
        // What answers for a machine's role in a closed network: nothing.
        try (Wire silent = Wire.to(server.endpoint())) {
            silent.fate(_ -> Fate.SILENT);
            for (boolean region : new boolean[] {true, false}) {
                Map<String, String> environment = new TreeMap<>(Map.of(
                        ENDPOINT,
                        server.endpoint().toString(),
                        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                        silent.endpoint().toString()));
                if (region) {
                    environment.put("AWS_REGION", "eu-west-1");
                }
                long start = System.nanoTime();
                Running run = new SmewProcess(folder, logs, environment)
                        .start("releases", "--store", "s3://bucket", "--cache", folder.resolve("cache") + "");
                assertEquals(2, run.code(), run.complained());
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertTrue(took.toSeconds() < 40, "it took " + took);
                assertTrue(run.complained().contains("there are no AWS credentials"), run.complained());
                assertEquals(1, run.complained().lines().count(), run.complained());
            }
        }
    }

    /** Over a socket of its own, because the JDK's HTTP server writes the date of this machine over any other. */
    @Test
    void aClockThatIsOffIsSetRightByTheServersOwn() throws IOException {
        Iterator<Integer> answers = List.of(403, 200).iterator();
        AtomicReference<String> signed = new AtomicReference<>("");
        Instant there = Instant.now().plus(Duration.ofHours(5));
        try (ServerSocket ahead = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                while (answers.hasNext()) {
                    answer(ahead, answers.next(), there, signed);
                }
            });
            AwsSettings aws = server.settings().withEndpoint(URI.create("http://127.0.0.1:" + ahead.getLocalPort()));
            try (Releases releases = releases(aws)) {
                assertThrows(SmewException.class, releases::current, "an empty CURRENT names nothing");
            }
            String hour = there.toString().replaceAll("[-:]", "").substring(0, 11);
            assertTrue(signed.get().startsWith(hour), signed + " is of " + hour);
        }
    }

    /** Reads one request and answers it. */
    private static void answer(ServerSocket server, int status, Instant date, AtomicReference<String> signed) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(Locale.ROOT).startsWith("x-amz-date:")) {
                    signed.set(line.substring("x-amz-date:".length()).strip());
                }
            }
            String body = status == 200
                    ? ""
                    : "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference is too large.</Message></Error>";
            String head = "HTTP/1.1 " + status + " Answered\r\nDate: "
                    + DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC))
                    + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
