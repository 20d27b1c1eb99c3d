package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** A canary beside releases that come and go. */
class CanaryFollowTest extends OnTwoReleases {

    @Test
    void staysBesideNewReleasesAndIsTheCurrentOneWhenThatIsSo() {
        try (Server server = start(1)) {
            Client client = new Client(server);
            publish(3);
            server.refresh();
            assertEquals(TestStore.id(3).value(), server.release());
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(client.get("/predictions/1000").json()));
            store.makeCurrent(TestStore.id(OTHER).value());
            server.refresh();
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(client.get("/predictions/1000").json()));
            assertFalse(client.get("/metrics").body().contains("smew_canary_share{"));
            publish(4);
            server.refresh();
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(client.get("/predictions/1000").json()));
        }
        try (Server server = Server.start(canary(4, 1), store.releases())) {
            assertEquals(
                    TestStore.id(4).value(),
                    release(new Client(server).get("/predictions/1000").json()));
        }
    }

    @Test
    void aNewReleaseWithOtherModelsIsFollowedAndAnswersForThoseAlone() {
        try (Server server = start(1)) {
            Client client = new Client(server);
            store.publishModels(3, TestStore.loans(3, "loans", 60), TestStore.loans(3, "more", 60));
            server.refresh();
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(client.get("/predictions/1000").json()));
            assertEquals(
                    TestStore.id(3).value(),
                    release(client.get("/models/more/predictions/1000").json()));
        }
    }

    @Test
    void answersOnWhenItIsDeletedBelowTheServer() throws IOException {
        try (Server server = start(1)) {
            try (var tree = Files.walk(store.directory(TestStore.id(OTHER)))) {
                tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
            publish(3);
            server.refresh();
            assertEquals(
                    TestStore.id(OTHER).value(),
                    release(new Client(server).get("/predictions/1000").json()));
        }
    }
}
