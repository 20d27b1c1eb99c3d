package smew.end;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console;
import smew.app.Console.Outcome;
import smew.base.Json;
import smew.release.Releases;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** Tables of the shapes that people bring: each becomes a working project within ten lines of SQL. */
class LookAlikeTest {

    @TempDir
    Path folder;

    /** Like a table of telephone customers: text ids, categories, blank numbers, a label in words, and no time. */
    @Test
    void customersWithCategoriesAndBlankNumbersBecomeAClassifier() throws Exception {
        Path project = project("""
                -- @input customers = data.csv
                SELECT * FROM read_csv(getvariable('customers'), nullstr = ' ', types = {'Churn': 'VARCHAR'})
                """, "SELECT * FROM customers", """
                -- @label Churn
                -- @positive Yes
                -- @missing median
                SELECT * FROM view
                """, customers());
        JsonNode metrics = run(project).get("models").get(0).get("metrics");
        double auc = metrics.get("auc").asDouble();
        assertTrue(auc > 0.7 && auc < 0.99, "AUC " + auc);
        try (Server server = server(project)) {
            JsonNode one = get(server, 200, "0007-\u00c4/B");
            assertEquals("0007-\u00c4/B", one.get("id").asString());
            assertTrue(List.of("Yes", "No").contains(one.get("prediction").asString()), one.toString());
            assertEquals(
                    one.get("probability").asDouble(),
                    one.get("probabilities").get("Yes").asDouble());
            assertTrue(one.get("features").get("TotalCharges").isNull(), one.toString());
            get(server, 404, "0007-nobody");
        }
    }

    /** Like a table of districts: a number to predict, missing values, one category, and no time. */
    @Test
    void districtsWithMissingValuesBecomeARegression() throws Exception {
        Path project = project("""
                -- @input districts = data.csv
                SELECT * FROM read_csv(getvariable('districts'))
                """, "SELECT * FROM districts", """
                -- @label value
                -- @missing median
                SELECT * FROM view
                """, districts());
        JsonNode metrics = run(project).get("models").get(0).get("metrics");
        double explained = metrics.get("r2").asDouble();
        assertTrue(explained > 0.5 && explained < 1, "R2 " + explained);
        try (Server server = server(project)) {
            JsonNode one = get(server, 200, "7");
            assertTrue(one.get("features").get("bedrooms").isNull(), one.toString());
            double value = one.get("prediction").asDouble();
            assertTrue(value > 50_000 && value < 600_000, one.toString());
        }
    }

    @Test
    void twoShufflesOfTheRowsGiveTheSameModel() throws Exception {
        String source = """
                -- @input districts = data.csv
                SELECT * FROM read_csv(getvariable('districts'))
                """;
        String model = """
                -- @label value
                -- @missing median
                SELECT * FROM view
                """;
        Path project = project(source, "SELECT * FROM districts", model, districts());
        run(project);
        List<byte[]> first = models(project);
        List<String> rows = new ArrayList<>(districts().lines().toList());
        Collections.shuffle(rows.subList(1, rows.size()), new Random(7));
        Files.writeString(project.resolve("data.csv"), String.join("\n", rows) + "\n");
        run(project);
        List<byte[]> second = models(project);
        assertEquals(1, first.size());
        assertArrayEquals(first.getFirst(), second.getFirst());
    }

    private Path project(String source, String view, String model, String data) throws IOException {
        String entity = "-- @entity id\n" + view + "\n";
        long lines = Stream.of(source, entity, model).flatMap(String::lines).count();
        assertTrue(lines <= 10, lines + " lines");
        String name = source.contains("customers") ? "customers" : "districts";
        write("sql/sources/" + name + ".sql", source);
        write("sql/features/view.sql", entity);
        write("sql/models/model.sql", model);
        write("data.csv", data);
        return folder;
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Customers on month-to-month contracts leave more often, and the longer they stay the less. */
    private static String customers() {
        Random random = new Random(11);
        StringBuilder rows = new StringBuilder("id,gender,SeniorCitizen,Contract,tenure,TotalCharges,Churn\n");
        for (int i = 0; i < 900; i++) {
            String id = i == 7 ? "0007-\u00c4/B" : String.format(Locale.ROOT, "%04d-%c", i, 'A' + i % 26);
            String contract = List.of("Month-to-month", "One year", "Two year").get(random.nextInt(3));
            int tenure = random.nextInt(72);
            String charges = i % 80 == 7 ? " " : String.format(Locale.ROOT, "%.2f", tenure * 65.5);
            double risk = (contract.startsWith("Month") ? 0.6 : 0.1) + (tenure < 20 ? 0.2 : 0);
            rows.append(String.join(
                            ",",
                            id,
                            random.nextBoolean() ? "Female" : "Male",
                            Integer.toString(random.nextInt(2)),
                            contract,
                            Integer.toString(tenure),
                            charges,
                            random.nextDouble() < risk ? "Yes" : "No"))
                    .append('\n');
        }
        return rows.toString();
    }

    /** Values grow with income, and near the bay. */
    private static String districts() {
        Random random = new Random(13);
        StringBuilder rows = new StringBuilder("id,income,bedrooms,proximity,value\n");
        for (int i = 0; i < 900; i++) {
            double income = 1 + 9 * random.nextDouble();
            String near = List.of("NEAR BAY", "INLAND", "<1H OCEAN").get(random.nextInt(3));
            double value =
                    50_000 + 40_000 * income + (near.equals("NEAR BAY") ? 90_000 : 0) + 9_000 * random.nextGaussian();
            String bedrooms = i % 100 == 7 ? "" : Integer.toString(100 + random.nextInt(900));
            rows.append(String.format(Locale.ROOT, "%d,%.4f,%s,%s,%.1f\n", i, income, bedrooms, near, value));
        }
        return rows.toString();
    }

    private JsonNode run(Path project) {
        Outcome run = new Console(project).run("run", "--as-of", "2024-01-01", "--json");
        assertEquals(0, run.code(), run.err());
        return Json.tree(run.out());
    }

    private static Server server(Path project) {
        return Server.start(ServeSettings.DEFAULT.withPort(0), releases(project));
    }

    private static Releases releases(Path project) {
        return Releases.of(StoreSettings.folder(project.resolve("out").toString()));
    }

    private static List<byte[]> models(Path project) throws IOException {
        Path models = Path.of(releases(project).where(releases(project).requireCurrent()), "models");
        try (Stream<Path> files = Files.walk(models)) {
            List<byte[]> bytes = new ArrayList<>();
            for (Path file : files.filter(path -> path.endsWith("model.trees")).toList()) {
                bytes.add(Files.readAllBytes(file));
            }
            return bytes;
        }
    }

    private static JsonNode get(Server server, int status, String id) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/predictions/" + encoded);
            HttpResponse<String> reply = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertEquals(status, reply.statusCode(), reply.body());
            return Json.tree(reply.body());
        }
    }
}
