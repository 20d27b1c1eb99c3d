package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import smew.base.Fault;
import smew.base.SmewException;
import smew.release.ReleaseId;

/** Starting. */
class ServerTest extends OnTestStore {

    private static final String JSON = "application/json";

    private void refuses(ServeSettings wanted, Fault fault, String... inMessage) {
        SmewException refused = assertThrows(
                SmewException.class,
                () -> Server.start(wanted, store.releases()).close());
        assertEquals(fault, refused.fault(), refused.getMessage());
        for (String expected : inMessage) {
            assertTrue(refused.getMessage().contains(expected), refused.getMessage());
        }
    }

    @Test
    void refusesToStartWithoutAReleaseNamingTheStore() {
        refuses(settings, Fault.NOT_READY, folder.toString(), "smew run");
    }

    @Test
    void refusesToStartWithoutAModelNamingTheFolder() {
        ReleaseId id = store.publish(1, List.of());
        refuses(settings, Fault.NOT_READY, store.directory(id).resolve("models").toString(), "smew run");
        Server.start(settings.withFeaturesOnly(true), store.releases()).close();
    }

    @Test
    void refusesADefaultModelThatIsNotThere() {
        publish(1);
        refuses(settings.withModel(Optional.of("loan")), Fault.NOT_FOUND, "Did you mean loans?");
    }

    @Test
    void servesTheDefaultModelThatWasAskedFor() {
        store.publishModels(1, TestStore.loans(1, "first", 60), TestStore.loans(1, "second", 60));
        try (Server server = Server.start(settings, store.releases());
                Server other = Server.start(settings.withModel(Optional.of("second")), store.releases())) {
            assertEquals(
                    "first",
                    new Client(server)
                            .get("/predictions/1000")
                            .json()
                            .get("model")
                            .asString());
            assertEquals(
                    "second",
                    new Client(other)
                            .get("/predictions/1000")
                            .json()
                            .get("model")
                            .asString());
        }
    }

    @Test
    void refusesToStartOnADamagedRelease() throws IOException {
        publish(1);
        Path online = store.directory(TestStore.id(1)).resolve("online/loans.arrow");
        byte[] bytes = Files.readAllBytes(online);
        bytes[bytes.length / 2] ^= 1;
        Files.write(online, bytes);
        refuses(settings, Fault.DATA, online.toString());
        Files.delete(online);
        refuses(settings, Fault.DATA, online.toString());
        store.makeCurrent("nonsense");
        refuses(settings, Fault.DATA, "CURRENT", "nonsense");
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        publish(1);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            refuses(
                    settings.withPort(taken.getLocalPort()),
                    Fault.NOT_READY,
                    "127.0.0.1:" + taken.getLocalPort(),
                    "in use",
                    "--port");
        }
    }

    @Test
    void refusesAddressesThatOthersReachUnlessThereIsATokenOrAnExplicitWish() {
        publish(1);
        refuses(settings.withBind("0.0.0.0"), Fault.CONFIGURATION, "--token", "--insecure");
        refuses(settings.withBind("::"), Fault.CONFIGURATION, "--token");
        refuses(settings.withBind("no.such.host.invalid"), Fault.CONFIGURATION, "--host");
        refuses(settings.withBind("192.0.2.1").withInsecure(true), Fault.CONFIGURATION, "--host");
        Server.start(settings.withBind("0.0.0.0").withInsecure(true), store.releases())
                .close();
        Server.start(settings.withBind("localhost"), store.releases()).close();
    }

    @Test
    void refusesSettingsOutOfRange() {
        for (int port : List.of(-1, 65_536)) {
            assertEquals(
                    Fault.CONFIGURATION,
                    assertThrows(SmewException.class, () -> settings.withPort(port))
                            .fault());
        }
        assertThrows(SmewException.class, () -> settings.with(new ServeSettings.Limits(0, 1, 1)));
        assertThrows(SmewException.class, () -> settings.with(new ServeSettings.Limits(1, 1, 0)));
        assertThrows(SmewException.class, () -> settings.withToken(Optional.of(" ")));
    }

    @Test
    void asksForTheTokenEverywhereButAtTheProbes() {
        publish(1);
        String token = Token.generate();
        try (Server server =
                Server.start(settings.withBind("0.0.0.0").withToken(Optional.of(token)), store.releases())) {
            Client client = new Client(server);
            for (Route route : Routes.table()) {
                String path = route.template()
                        .replace("{name}", "loans")
                        .replace("{view}", "x")
                        .replace("{version}", TestStore.id(1).value())
                        .replace("{release}", TestStore.id(1).value())
                        .replace("{file}", "app.js")
                        .replace("{id}", "1000");
                boolean open = List.of("/ping", "/livez", "/readyz", "/v2/health/live", "/v2/health/ready")
                        .contains(path);
                boolean page = path.equals("/") || path.startsWith("/page/");
                for (String header : List.of("Bearer x", "Basic " + token, token, "Bearer", "Bearer " + token + "x")) {
                    Client.Reply reply = client.send(route.method().name(), path, "Authorization", header);
                    assertEquals(open || page ? 200 : 401, reply.status(), path);
                    assertEquals(open || page ? "" : "Bearer realm=\"smew\"", reply.header("WWW-Authenticate"));
                    if (!page) {
                        assertEquals(open ? JSON : "application/problem+json", reply.header("Content-Type"));
                    }
                }
            }
            assertEquals(401, client.get("/predictions/1000").status());
            assertEquals(
                    200,
                    client.get("/predictions/1000", "Authorization", "Bearer " + token)
                            .status());
            assertEquals(
                    200,
                    client.get("/predictions/1000", "Authorization", "bearer  " + token)
                            .status());
        }
    }
}
