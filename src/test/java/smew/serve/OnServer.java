package smew.serve;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import smew.release.ReleaseId;
import smew.serve.TestStore.Model;

/** One server for all tests of a class, on a store of its own. */
abstract class OnServer {

    @TempDir
    static Path folder;

    static Server server;
    static Client client;

    /** Serves a first release of these models. */
    static ReleaseId serve(Model... models) {
        return serve(ServeSettings.DEFAULT.withPort(0), models);
    }

    static ReleaseId serve(ServeSettings settings, Model... models) {
        TestStore store = new TestStore(folder);
        ReleaseId release = store.publishModels(1, models);
        server = Server.start(settings, store.releases());
        client = new Client(server);
        return release;
    }

    @AfterAll
    static void stop() {
        server.close();
    }
}
