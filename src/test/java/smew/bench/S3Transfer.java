package smew.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import smew.aws.Aws;
import smew.aws.S3Server;
import smew.base.Content;
import smew.store.S3Settings;
import smew.store.Store;
import smew.store.StoreSettings;
import smew.store.Writer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A release of one gigabyte to an S3 server on loopback and back, against the SDK's own client that copies the same files. */
final class S3Transfer implements Item {

    /** One large view, some smaller ones, and the rest of a release. */
    private static final Map<String, Long> FILES = files();

    private static Map<String, Long> files() {
        Map<String, Long> files = new LinkedHashMap<>();
        files.put("features/loans/part-0.parquet", 700_000_000L);
        files.put("features/customers/part-0.parquet", 200_000_000L);
        files.put("online/loans.arrow", 60_000_000L);
        files.put("online/customers.arrow", 30_000_000L);
        files.put("models/risk/model.trees", 9_990_000L);
        files.put("release.json", 10_000L);
        return files;
    }

    @Override
    public String name() {
        return "s3";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        Path made = bench.newFolder();
        Map<String, Content> contents = make(made);
        try (S3Server server = S3Server.start(bench.newFolder());
                Aws aws = Aws.open(server.settings(), Duration.ofMinutes(2), 64);
                S3AsyncClient plain = aws.client(S3AsyncClient.builder()
                        .forcePathStyle(true)
                        .multipartEnabled(true)
                        // Its checksums come behind the content, and the server breaks the connection over them.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED));
                // The server hands out no single parts, which the other client asks for.
                S3AsyncClient whole = aws.client(S3AsyncClient.builder().forcePathStyle(true))) {
            List<Rounds.Figures> up = rounds.atMost(3)
                    .of(
                            name() + " upload",
                            () -> upload(bench, server, made),
                            () -> Rounds.seconds(() -> plainUpload(plain, made)));
            List<Rounds.Figures> down = rounds.atMost(3)
                    .of(
                            name() + " download",
                            () -> download(bench, server, contents),
                            () -> plainDownload(bench, whole));
            return List.of(
                    Line.seconds(
                            name(),
                            "1 GB release to S3",
                            "the SDK's multipart upload, without checksums",
                            up.get(0),
                            up.get(1)),
                    Line.seconds(
                            name(),
                            "1 GB release from S3, checksums compared",
                            "the SDK's download of all files at once",
                            down.get(0),
                            down.get(1)));
        }
    }

    private static Map<String, Content> make(Path folder) throws IOException {
        Map<String, Content> contents = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        byte[] block = new byte[1 << 16];
        for (Map.Entry<String, Long> entry : FILES.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                for (long left = entry.getValue(); left > 0; left -= block.length) {
                    random.nextBytes(block);
                    out.write(block, 0, (int) Math.min(block.length, left));
                }
            }
            contents.put(entry.getKey(), Content.of(file));
        }
        return contents;
    }

    private static Store store(Path cache, S3Server server) {
        S3Settings cold = S3Settings.DEFAULT.withCache(cache, 10_000_000_000L);
        return Store.open(new StoreSettings("s3://" + S3Server.BUCKET + "/ours", server.settings(), cold));
    }

    private static double[] upload(Workbench bench, S3Server server, Path made) throws Exception {
        try (Store store = store(bench.newFolder(), server);
                Writer writer = store.write("CURRENT")) {
            return Rounds.seconds(() -> {
                writer.publish(made, "releases/1", "release.json");
                writer.point(new byte[] {'1'});
            });
        }
    }

    private static void plainUpload(S3AsyncClient plain, Path made) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        FILES.keySet()
                .forEach(key -> all.add(plain.putObject(
                        request -> request.bucket(S3Server.BUCKET).key("plain/" + key), made.resolve(key))));
        all.forEach(CompletableFuture::join);
    }

    private static double[] download(Workbench bench, S3Server server, Map<String, Content> contents) throws Exception {
        Path cache = bench.newFolder();
        try (Store store = store(cache, server)) {
            return Rounds.seconds(() -> contents.forEach((path, content) ->
                    store.file("shelf", "releases/1/" + path, content).orElseThrow()));
        } finally {
            Workbench.delete(cache);
        }
    }

    private static double[] plainDownload(Workbench bench, S3AsyncClient plain) throws Exception {
        Path folder = bench.newFolder();
        double[] seconds = Rounds.seconds(() -> {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (String key : FILES.keySet()) {
                Files.createDirectories(folder.resolve(key).getParent());
                all.add(plain.getObject(
                        request -> request.bucket(S3Server.BUCKET).key("plain/" + key), folder.resolve(key)));
            }
            all.forEach(CompletableFuture::join);
        });
        Workbench.delete(folder);
        return seconds;
    }
}
