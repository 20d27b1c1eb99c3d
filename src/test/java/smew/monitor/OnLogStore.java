package smew.monitor;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import smew.store.Store;
import smew.store.StoreSettings;

/** A store in a folder for each test, and a clock that stands still. */
abstract class OnLogStore {

    static final InstantSource CLOCK = InstantSource.fixed(Watched.NOON);

    @TempDir
    Path folder;

    Store store;

    @BeforeEach
    void open() {
        store = Store.open(StoreSettings.folder(folder.resolve("out").toString()));
    }

    @AfterEach
    void close() {
        store.close();
    }
}
