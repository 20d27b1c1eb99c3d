package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Whatever is sent, nothing fails, nothing hangs and nothing is kept. A million of them: {@code ./run.sh bench --only fuzz}. */
class FuzzTest extends OnTestStore {

    private static final int CLIENTS = 4;
    private static final int REQUESTS = 2_000;

    private static final FuzzRequests.Target TARGET =
            new FuzzRequests.Target(List.of("loans"), List.of("1000", "1059"), "amount", "city");

    @Test
    void everyRouteAnswersWhateverItIsSentAndKeepsNothing() throws Exception {
        publish(1);
        try (Server server = Server.start(settings, store.releases(), Optional.empty(), Companions.NONE)) {
            Client client = new Client(server);
            String before = client.get("/predictions/1000").body();
            send(server, 0);
            long direct = direct();
            for (int round = 1; round < 4; round++) {
                send(server, round);
            }
            assertTrue(direct() < direct + 8_000_000, () -> direct + " bytes outside the heap, then " + direct());
            assertEquals(before, client.get("/predictions/1000").body());
            assertTrue(client.get("/metrics").body().contains("\nsmew_http_requests_in_flight 1.0\n"));
        }
    }

    private static void send(Server server, int round) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<FuzzClient.Outcome>> sent = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                FuzzClient client = new FuzzClient(server.port(), round * 100L + i, TARGET);
                sent.add(clients.submit(() -> client.send(REQUESTS)));
            }
            for (Future<FuzzClient.Outcome> each : sent) {
                assertTrue(
                        each.get().answers() > REQUESTS / 2,
                        () -> each.resultNow().toString());
            }
        }
    }

    /** Memory of buffers outside the heap, the server's among them. */
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
