package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import smew.aws.AwsSettings;
import smew.base.Fault;
import smew.base.SmewException;
import smew.serve.ServeSettings;
import smew.serve.SqlBox;
import smew.store.S3Settings;
import smew.store.StoreSettings;

/** Queries beside everything else that a server does. */
final class SqlServedTest extends OnWarehouse {

    private static final String JSON = "application/json";
    private static final String ENDLESS = "SELECT count(*) FROM range(1000000000000)";

    @Override
    SqlProcesses.Limits limits() {
        return new SqlProcesses.Limits(2, 2, Duration.ofSeconds(4), 200_000_000, 1000, 1_000_000);
    }

    private LocalServer serving(Optional<String> token, Optional<SqlProcesses.Limits> sql) {
        return LocalServer.start(new Engine.ServeRequest(
                new StoreSettings(folder.toString(), AwsSettings.DEFAULT, S3Settings.DEFAULT),
                ServeSettings.DEFAULT.withPort(0).withToken(token),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sql,
                Optional.empty()));
    }

    @Test
    void batchesAreAnsweredWhileAllQueriesRunAndWait() {
        List<CompletableFuture<Reply>> running = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> ask(ENDLESS), Thread::startVirtualThread))
                .limit(2L + 2)
                .toList();
        for (int i = 0; i < 20; i++) {
            Reply batch = post("/predictions", JSON, "{\"ids\":[1000,1001,1002]}", JSON);
            assertEquals(200, batch.status(), batch.text());
            assertEquals(3, batch.json().get("predictions").size());
        }
        assertTrue(running.stream().noneMatch(CompletableFuture::isDone), "batches waited for queries");
        running.forEach(CompletableFuture::join);
        assertEquals("[[1]]", rows("SELECT 1").toString());
    }

    @Test
    void aServerAnswersQueriesWithinItsLimitsAndSaysWhatTheyAre() {
        LocalServer server = serving(Optional.empty(), Optional.of(limits()));
        try {
            assertTrue(server.settings().contains(", no-sql off, sql-limit 1000, sql-time 4.0s, "), server.settings());
            Reply reply = post(server.address() + "/sql", "text/plain", "FROM range(1001)", "text/csv");
            assertEquals("true", reply.header("X-Smew-Truncated"));
            assertEquals(1001, reply.text().lines().count(), "a header and 1000 rows");
        } finally {
            server.stop();
        }
    }

    @Test
    void anAddressHoldsOneQueryAndNothingElse() {
        assertEquals("[[3]]", get("/sql?sql=SELECT+1+%2B+2").json().get("rows").toString());
        assertEquals(
                "[[\"a=b&c\"]]",
                get("/sql?sql=SELECT%20'a=b%26c'").json().get("rows").toString());
        for (String address : List.of(
                "/sql",
                "/sql?",
                "/sql?limit=1",
                "/sql?SQL=SELECT+1",
                "/sql?sqll=SELECT+1",
                "/sql?sql=FROM+loans&limit=1",
                "/sql?limit=1&sql=FROM+loans",
                "/sql?sql=SELECT+1&sql=SELECT+2",
                "/sql?sql=SELECT+1&")) {
            Reply reply = get(address);
            assertEquals(400, reply.status(), address);
            assertEquals(
                    "Reading the address: expected /sql?sql=…, one query as text and nothing else.",
                    refusal(reply),
                    address);
        }
    }

    @Test
    void aServerThatIsToldSoAnswersNone() {
        LocalServer server = serving(Optional.empty(), Optional.empty());
        try {
            assertTrue(server.settings().contains(", no-sql on, backend "), server.settings());
            Reply reply = post(server.address() + "/sql", SQL, "SELECT 1", JSON);
            assertEquals(404, reply.status());
            assertTrue(refusal(reply).contains("--no-sql"));
        } finally {
            server.stop();
        }
    }

    @Test
    void whereATokenIsNeededQueriesNeedIt() {
        LocalServer server = serving(Optional.of("a token of this test"), Optional.of(limits()));
        try {
            Reply reply = post(server.address() + "/sql", SQL, "SELECT count(*) FROM loans", JSON);
            assertEquals(401, reply.status());
            assertFalse(reply.text().contains("rows"));
        } finally {
            server.stop();
        }
    }

    @Test
    void whoeverClosesTheBoxFindsNothingOfItsProcesses() {
        Set<ProcessHandle> others = ProcessHandle.current().children().collect(Collectors.toSet());
        SqlProcesses closed = new SqlProcesses(() -> Optional.of(warehouse()), limits());
        assertFalse(ask(closed, "SELECT 1").join().truncated());
        List<CompletableFuture<SqlBox.Result>> unanswered =
                Stream.generate(() -> ask(closed, ENDLESS)).limit(3).toList();
        List<ProcessHandle> started = ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .toList();
        assertFalse(started.isEmpty());
        closed.close();
        assertTrue(started.stream().noneMatch(ProcessHandle::isAlive));
        for (CompletableFuture<?> query : unanswered) {
            Throwable failed = query.handle((_, failure) -> failure).join();
            assertEquals(Fault.NOT_READY, ((SmewException) failed).fault());
        }
    }
}
