package smew.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import smew.app.WritingHelp.Examination;

/** The cache of this user, the port that serve listens on, the terminal, and whether AWS is set up. */
final class SurroundingSymptoms {

    private static final int PATIENCE_MILLIS = 1_000;

    private SurroundingSymptoms() {}

    static List<Symptom> of(Examination examination) {
        List<Symptom> found = new ArrayList<>();
        found.add(cache(examination.cache()));
        found.add(port(examination.port()));
        found.add(encoding());
        found.add(aws(examination.environment()));
        return found;
    }

    private static Symptom cache(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".doctor-", ""));
            return Symptom.ok("cache", folder + " can be written to; " + unpacked(folder.resolve("lib")));
        } catch (IOException failed) {
            return Symptom.warn(
                    "cache",
                    folder + " cannot be written to (" + failed
                            + "), so that libraries are unpacked anew at each start",
                    "Make it writable, or set XDG_CACHE_HOME to a folder that is.");
        }
    }

    private static String unpacked(Path libraries) throws IOException {
        if (!Files.isDirectory(libraries)) {
            return "no library is unpacked there yet";
        }
        try (Stream<Path> folders = Files.list(libraries)) {
            return "unpacked: "
                    + String.join(
                            ", ",
                            folders.filter(Files::isDirectory)
                                    .map(folder -> folder.getFileName().toString())
                                    .sorted()
                                    .toList());
        }
    }

    private static Symptom port(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return Symptom.ok("port", port + " is free for smew serve");
        } catch (IOException taken) {
            return smewAnswers(port)
                    ? Symptom.ok("port", port + ": a smew serve answers there")
                    : Symptom.warn(
                            "port",
                            port + " is taken by another program (" + taken.getMessage() + ")",
                            "End that program, or let smew serve --port N listen elsewhere.");
        }
    }

    /** Only this machine is asked. */
    private static boolean smewAnswers(int port) {
        try {
            HttpURLConnection asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/openapi.json")
                    .toURL()
                    .openConnection(Proxy.NO_PROXY);
            asked.setConnectTimeout(PATIENCE_MILLIS);
            asked.setReadTimeout(PATIENCE_MILLIS);
            String said = new String(asked.getInputStream().readNBytes(100_000), StandardCharsets.UTF_8);
            asked.disconnect();
            return said.contains("Smew");
        } catch (IOException | RuntimeException silent) {
            return false;
        }
    }

    private static Symptom encoding() {
        String encoding =
                System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        return encoding.equalsIgnoreCase("UTF-8") || encoding.equalsIgnoreCase("UTF8")
                ? Symptom.ok("terminal", "texts are written in " + encoding)
                : Symptom.warn(
                        "terminal",
                        "texts are written in " + encoding + ", where letters beyond ASCII may look wrong",
                        "Use a UTF-8 locale such as LANG=C.UTF-8, or java -Dstdout.encoding=UTF-8 -jar smew.jar.");
    }

    /** Whether AWS is set up; nobody is asked. */
    private static Symptom aws(Map<String, String> environment) {
        Path home = Path.of(System.getProperty("user.home"), ".aws");
        boolean variables = environment.containsKey("AWS_ACCESS_KEY_ID");
        boolean files = Files.exists(home.resolve("credentials")) || Files.exists(home.resolve("config"));
        String region = environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", ""));
        if (!variables && !files && region.isEmpty()) {
            return Symptom.ok("aws", "not set up, and needed only for S3 and SageMaker");
        }
        return Symptom.ok(
                "aws",
                "credentials " + (variables ? "in the environment" : files ? "perhaps in " + home : "not found")
                        + ", region "
                        + (region.isEmpty() ? "not in the environment" : region)
                        + (environment.containsKey("AWS_ENDPOINT_URL")
                                ? ", at " + environment.get("AWS_ENDPOINT_URL")
                                : "")
                        + "; nobody was asked");
    }
}
