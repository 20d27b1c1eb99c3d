package smew.serve;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of its own for each test, and settings under which nobody polls: tests call refresh. */
abstract class OnTestStore {

    final ServeSettings settings = ServeSettings.DEFAULT
            .withPort(0)
            .with(new ServeSettings.Timing(Duration.ofDays(1), Duration.ofSeconds(20), Clock.systemUTC()));

    @TempDir
    Path folder;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    void publish(int number) {
        store.publishModels(number, TestStore.loans(number, "loans", 60));
    }

    /** The sum of a metric over all of its values with a label, such as {@code side="canary"}. */
    static double sum(String metrics, String name, String label) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
