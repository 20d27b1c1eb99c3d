package smew.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console;
import smew.app.Console.Outcome;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Releases;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/**
 * The sample's SQL over the real credit file, against features that were computed without it. The environment variable
 * SMEW_CREDIT names the folder with dataset_credit_risk.csv.gz and expected_features.parquet; without it this is skipped,
 * because the file states no licence.
 */
class CreditFileTest {

    private static final Origin ORIGIN = Origin.engine("Comparing", "credit_history");
    private static final String DIFFERENT = """
            SELECT count(*) FROM read_parquet(%s) AS ours FULL JOIN read_parquet(%s) AS golden USING (loan_id)
            WHERE ours.loan_id IS NULL OR golden.loan_id IS NULL
                OR ours.nb_previous_loans IS DISTINCT FROM golden.nb_previous_loans
                OR ours.age IS DISTINCT FROM golden.age
                OR ours.years_on_the_job IS DISTINCT FROM golden.years_on_the_job
                OR ours.flag_own_car IS DISTINCT FROM golden.flag_own_car
                OR (ours.avg_amount_loans_previous IS NULL) <> (golden.avg_amount_loans_previous IS NULL)
                OR abs(ours.avg_amount_loans_previous - golden.avg_amount_loans_previous)
                    > 1e-9 * abs(golden.avg_amount_loans_previous)
            """;

    @TempDir
    Path store;

    @Test
    void everyRowOfCreditHistoryIsTheGoldenOne() throws Exception {
        String data = System.getenv("SMEW_CREDIT");
        assumeTrue(data != null, "SMEW_CREDIT names no folder");
        Path credit = Path.of(data).toAbsolutePath();
        Outcome run = new Console(Path.of("").toAbsolutePath())
                .run(
                        "run",
                        "--features-only",
                        "--as-of",
                        "2021-09-17",
                        "--store",
                        store.toString(),
                        "--set",
                        "loans=" + credit.resolve("dataset_credit_risk.csv.gz"));
        assertEquals(0, run.code(), run.err());
        Releases releases = Releases.of(StoreSettings.folder(store.toString()));
        Path parquet = Path.of(releases.where(releases.requireCurrent()), "features/credit_history/part-0.parquet");
        String ours = Duck.literal(parquet.toString());
        String golden = Duck.literal(credit.resolve("expected_features.parquet").toString());
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE)) {
            assertEquals(777_715, duck.count("SELECT count(*) FROM read_parquet(" + ours + ")", ORIGIN));
            assertEquals(0, duck.count(DIFFERENT.formatted(ours, golden), ORIGIN));
        }
        JsonNode features = served(releases);
        assertEquals(15, features.get("nb_previous_loans").asInt());
        assertEquals(128.906371, features.get("avg_amount_loans_previous").asDouble(), 5e-7);
    }

    private static JsonNode served(Releases releases) throws Exception {
        ServeSettings settings = ServeSettings.DEFAULT.withPort(0).withFeaturesOnly(true);
        try (Server server = Server.start(settings, releases);
                HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/features/credit_history/5008804");
            String body = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            return Json.tree(body).get("features");
        }
    }
}
