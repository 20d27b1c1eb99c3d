package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.Releases;
import smew.release.Warehouse;
import smew.serve.Companions;
import smew.serve.ServeSettings;
import smew.serve.Server;
import smew.serve.SqlBox;
import smew.serve.TestStore;
import smew.store.StoreSettings;
import tools.jackson.databind.JsonNode;

/** A server over a small warehouse, asked for rows by HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnWarehouse {

    static final String SQL = "application/sql";
    static final String ARROW = "application/vnd.apache.arrow.stream";

    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Releases releases;
    private SqlProcesses box;
    private Server server;

    /** What queries may take in this test. */
    abstract SqlProcesses.Limits limits();

    @BeforeAll
    void start(@TempDir Path store) {
        folder = store;
        new TestStore(folder).publishModels(1, TestStore.loans(1, "loans", 60));
        writeWarehouse("first", 5);
        releases = Releases.of(StoreSettings.folder(folder.toString()));
        box = box(limits());
        server = startWith(Optional.of(box));
    }

    @AfterAll
    void stop() {
        server.close();
        box.close();
        releases.close();
    }

    Path warehouse() {
        return folder.resolve(Warehouse.FILE);
    }

    /** Puts one in place of that which is there, as a run does. */
    void writeWarehouse(String release, int rows) {
        Path aside = folder.resolve("aside.duckdb");
        try (Duck duck = Duck.open(aside, false, Duck.Limits.NONE)) {
            Origin origin = Origin.engine("Writing", "the warehouse");
            duck.execute("CREATE TABLE smew_release AS SELECT " + Duck.literal(release) + " AS id", origin);
            duck.execute(
                    "CREATE TABLE loans AS SELECT i AS id, i * 10.5 AS amount, 'Łódź ' || i AS city FROM range(" + rows
                            + ") t(i)",
                    origin);
            duck.execute("CREATE VIEW latest_loans AS SELECT * FROM loans", origin);
        }
        try {
            Files.move(aside, warehouse(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What came back. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.tree(text());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** One over the same warehouse, which whoever asks closes. */
    SqlProcesses box(SqlProcesses.Limits limits) {
        return new SqlProcesses(() -> Warehouse.file(releases), limits);
    }

    /** A server on the same release, which whoever asks closes. */
    Server startWith(Optional<SqlBox> sql) {
        return Server.start(
                ServeSettings.DEFAULT.withPort(0),
                releases,
                Optional.empty(),
                new Companions(Optional.empty(), Optional.empty(), sql));
    }

    Reply post(String type, String body, String accept) {
        return post("/sql", type, body, accept);
    }

    Reply post(Server asked, String type, String body, String accept) {
        return post("http://127.0.0.1:" + asked.port() + "/sql", type, body, accept);
    }

    /** Asks a path of the server of this test, or an address. */
    Reply post(String where, String type, String body, String accept) {
        String address = where.startsWith("/") ? "http://127.0.0.1:" + server.port() + where : where;
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", type)
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(body)));
    }

    Reply get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    Reply ask(String sql) {
        return post(SQL, sql, "application/json");
    }

    /** The rows of an answer that must be one. */
    JsonNode rows(String sql) {
        Reply reply = ask(sql);
        assertEquals(200, reply.status(), sql + "\n" + reply.text());
        return reply.json().get("rows");
    }

    /** Asserts that it is refused in the one shape of failures, and tells nothing of this machine. */
    String refusal(Reply reply) {
        assertEquals("application/problem+json", reply.header("Content-Type"), reply.text());
        assertEquals(4, reply.status() / 100, reply.text());
        assertFalse(reply.text().contains(folder.toString()), reply.text());
        assertFalse(
                reply.text().matches("(?s).*(/tmp|/etc|/proc|\\.java|Exception|Stack Trace|libduckdb).*"),
                reply.text());
        return reply.json().get("detail").asString();
    }

    static CompletableFuture<SqlBox.Result> ask(SqlBox box, String sql) {
        return box.ask(new SqlBox.Question(sql, List.of(), 1, SqlBox.Format.JSON))
                .toCompletableFuture();
    }
}
