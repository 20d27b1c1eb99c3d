package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.aws.Aws;
import smew.aws.Layer;
import smew.aws.Layer.Call;
import smew.aws.Layer.Operation;
import smew.aws.S3Server;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.features.Inputs.Given;
import smew.release.Manifest;
import smew.release.Output;
import smew.store.S3Settings;
import smew.store.StoreSettings;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Runs whose inputs and releases lie on S3: the same as from files, and no error names a copy. */
class S3RunTest {

    private final Layer.Switch layer = new Layer.Switch();
    private final Wiring wiring = new Wiring(Clock.systemUTC());

    @TempDir
    Path folder;

    private S3Server server;
    private Path project;

    @BeforeEach
    void start() throws IOException {
        server = S3Server.start(folder.resolve("server"), layer);
        project = folder.resolve("project");
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT id, day, amount, status
                FROM read_csv(getvariable('loans'), header = true, delim = ',', quote = '"', escape = '"', types = {
                    'id': 'BIGINT', 'day': 'DATE', 'amount': 'DOUBLE', 'status': 'INTEGER'
                })
                """);
        write("sql/features/history.sql", "-- @entity id\n-- @time day\nSELECT id, day, amount, status FROM loans\n");
        write("sql/models/risk.sql", """
                -- @label status
                -- @allow separation * the label was made from the amount
                -- @allow label-copy * the label was made from the amount
                -- @algorithm decision-tree max-depth=3
                SELECT id, day, amount, status FROM history
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void inputsOnS3MakeTheSameReleaseAsLocalCopies() throws IOException {
        Files.createDirectories(project.resolve("in"));
        for (int part = 0; part < 3; part++) {
            byte[] zipped = zip(loans(part));
            Files.write(project.resolve("in/loans-" + part + ".csv.gz"), zipped);
            put("raw/loans-" + part + ".csv.gz", zipped);
        }
        put("raw/other.txt", "no loans".getBytes(StandardCharsets.UTF_8));
        RunResult local = run(StoreSettings.folder(folder.resolve("out").toString()), "in/loans-*.csv.gz");
        RunResult remote = run(onS3("s3://bucket/store"), "s3://bucket/raw/loans-*.csv.gz");
        assertEquals(digest(local), digest(remote));
        assertEquals(bytes(local), bytes(remote));
        assertEquals(
                List.of(
                        "s3://bucket/raw/loans-0.csv.gz",
                        "s3://bucket/raw/loans-1.csv.gz",
                        "s3://bucket/raw/loans-2.csv.gz"),
                remote.manifest().inputs().stream().map(Manifest.Input::uri).toList());
        assertTrue(remote.place().startsWith("s3://bucket/store/releases/"), remote.place());
    }

    @Test
    void prefixesPartitionsSingleObjectsAndOddNamesAreRead() {
        byte[] csv = loans(0).getBytes(StandardCharsets.UTF_8);
        put("a/p/one.csv", csv);
        put("a/p/_SUCCESS", new byte[0]);
        put("hive/year=2020/month=1/x.csv", csv);
        put("deep/er/x.csv", csv);
        for (String odd :
                List.of("sp ace", "pl+us", "per%20cent", "qu'ote\"d", "Łódź ü", "br[1]acket", "st*ar", "a&b=c;d")) {
            put("odd/" + odd + ".csv", csv);
            assertEquals(400, rows("s3://bucket/odd/" + odd + ".csv"), odd);
        }
        assertEquals(400, rows("s3://bucket/a/p/"));
        assertEquals(400, rows("s3://bucket/a/p"));
        assertEquals(400, rows("s3://bucket/hive/year=2020/"));
        assertEquals(400, rows("s3://bucket/hive/*/*/*.csv"));
        assertEquals(400, rows("s3://bucket/deep/**/*.csv"));
        assertEquals(400, rows("s3://bucket/a/**/one.csv"));
    }

    @Test
    void whatIsNotThereOrCannotBeReadIsNamedByItsAddress() {
        refused(Fault.NOT_FOUND, "there is no file s3://bucket/none/*.csv", "s3://bucket/none/*.csv");
        refused(Fault.NOT_FOUND, "there is no file s3://bucket/none", "s3://bucket/none");
        refused(Fault.NOT_FOUND, "no such bucket", "s3://absent/x.csv");
        put("bad/row.csv", (loans(0) + "1,2020-01-01,x,y,z\n").getBytes(StandardCharsets.UTF_8));
        refused(Fault.DATA, "s3://bucket/bad/row.csv", "s3://bucket/bad/row.csv");
        put("bad/type.csv", loans(0).replace("2020-01-01", "soon").getBytes(StandardCharsets.UTF_8));
        refused(Fault.DATA, "s3://bucket/bad/type.csv", "s3://bucket/bad/type.csv");
        put("bad/columns.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        refused(Fault.DATA, "s3://bucket/bad/columns.csv", "s3://bucket/bad/columns.csv");
        put("bad/empty.csv", new byte[0]);
        refused(Fault.DATA, "s3://bucket/bad/empty.csv", "s3://bucket/bad/empty.csv");
        put("bad/cut.csv.gz", Arrays.copyOf(zip(loans(0)), 300));
        refused(Fault.DATA, "s3://bucket/bad/cut.csv.gz", "s3://bucket/bad/cut.csv.gz");
    }

    @Test
    void namesThatWouldBeTheSameFileHereAreToldApart() {
        put("twice/a/b.csv", loans(0).getBytes(StandardCharsets.UTF_8));
        for (String other : List.of("twice/a//b.csv", "twice/a/./b.csv", "twice/a", "twice/a/b.csv/c.csv")) {
            // S3 tells them apart, and the disk below the server of this test does not.
            layer.to(new Layer.Plan() {
                @Override
                public ListObjectsV2Response list(ListObjectsV2Response listed) {
                    S3Object known = listed.contents().getFirst();
                    return listed.toBuilder()
                            .contents(known, known.toBuilder().key(other).build())
                            .build();
                }
            });
            refused(Fault.DATA, "both would be the same file", "s3://bucket/twice/");
        }
        layer.to(new Layer.Plan() {
            @Override
            public ListObjectsV2Response list(ListObjectsV2Response listed) {
                S3Object known = listed.contents().getFirst();
                return listed.toBuilder()
                        .contents(known.toBuilder().key("twice/../../../x.csv").build())
                        .build();
            }
        });
        refused(Fault.DATA, "leads out of its own folder", "s3://bucket/twice/");
    }

    @Test
    void anInputThatIsReplacedWhileItIsReadIsTold() {
        put("in/one.csv", loans(0).getBytes(StandardCharsets.UTF_8));
        AtomicBoolean once = new AtomicBoolean();
        layer.to(new Layer.Plan() {
            @Override
            public void before(Call call) {
                if (call.is(Operation.READ, "one.csv") && once.compareAndSet(false, true)) {
                    put("in/one.csv", loans(1).getBytes(StandardCharsets.UTF_8));
                }
            }
        });
        refused(Fault.NOT_READY, "replaced while it was being read", "s3://bucket/in/one.csv");
        layer.off();
        assertEquals(400, rows("s3://bucket/in/one.csv"));
    }

    private void refused(Fault fault, String says, String input) {
        SmewException failed = assertThrows(SmewException.class, () -> run(onS3("s3://bucket/refused"), input), says);
        assertTrue(failed.getMessage().contains(says), failed.getMessage());
        assertEquals(fault, failed.fault(), failed.getMessage());
        assertFalse(failed.getMessage().contains(folder.toString()), failed.getMessage());
        assertFalse(failed.getMessage().contains("sessions"), failed.getMessage());
    }

    private long rows(String input) {
        return run(onS3("s3://bucket/rows"), input)
                .manifest()
                .views()
                .getFirst()
                .rows();
    }

    private RunResult run(StoreSettings store, String input) {
        return wiring.run(
                new RunRequest(
                        project,
                        new StoreSettings(store.location(), server.settings(), s3()),
                        LocalDate.of(2021, 1, 1),
                        Map.of("loans", new Given(input, "--set loans", project, true)),
                        OptionalLong.empty(),
                        OptionalInt.of(1),
                        Optional.empty(),
                        false,
                        true,
                        RunRequest.Orders.NONE),
                Progress.NONE);
    }

    private StoreSettings onS3(String address) {
        return new StoreSettings(address, server.settings(), s3());
    }

    private S3Settings s3() {
        return S3Settings.DEFAULT.withCache(folder.resolve("cache"), 100_000_000);
    }

    private static String digest(RunResult result) {
        return result.manifest().id().replaceFirst(".*-", "");
    }

    /** What a run makes but for what tells when. */
    private static Map<String, String> bytes(RunResult result) {
        return result.manifest().outputs().stream()
                .filter(output -> !output.path().equals("report.html"))
                .collect(Collectors.toMap(Output::path, Output::digest));
    }

    private void put(String key, byte[] bytes) {
        try (Aws aws = Aws.open(server.settings());
                S3AsyncClient client = aws.client(S3AsyncClient.builder().forcePathStyle(true))) {
            Aws.await(
                    "Writing",
                    client.putObject(request -> request.bucket("bucket").key(key), AsyncRequestBody.fromBytes(bytes)));
        }
    }

    private static String loans(int part) {
        StringBuilder rows = new StringBuilder("id,day,amount,status\n");
        for (int i = 0; i < 400; i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "%d,2020-%02d-%02d,%d,%d\n",
                    part * 100 + i % 50,
                    1 + i / 50,
                    1 + i % 28,
                    1000 + i * 7 % 100,
                    i * 7 % 100 / 60));
        }
        return rows.toString();
    }

    private static byte[] zip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return bytes.toByteArray();
    }

    private void write(String path, String text) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
