package smew.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** Loans by two releases whose answers carry their number; the current one knows more of them. */
abstract class OnTwoReleases extends OnTestStore {

    static final int CURRENT = 1;
    static final int OTHER = 2;

    @BeforeEach
    void releases() {
        store.write(OTHER, views(OTHER, 60), List.of(TestStore.loans(OTHER, "loans", 60)));
        store.write(CURRENT, views(CURRENT, 80), List.of(TestStore.loans(CURRENT, "loans", 80)));
        store.makeCurrent(TestStore.id(CURRENT).value());
    }

    private static List<TestStore.View> views(int number, int rows) {
        return List.of(new TestStore.View(
                "history",
                List.of("id"),
                List.of("day"),
                TestStore.loans(number, "loans", rows).table()));
    }

    ServeSettings canary(int number, double share) {
        return settings.with(new ServeSettings.Trials(
                Optional.of(new ServeSettings.Canary(TestStore.id(number).value(), share)), Optional.empty()));
    }

    Server start(double share) {
        return Server.start(canary(OTHER, share), store.releases());
    }

    static String release(JsonNode answer) {
        String release = answer.get("release").asString();
        // Whatever the answer says comes from the release that it names.
        assertEquals(
                release, TestStore.id(answer.at("/features/marker").asInt()).value(), answer.toString());
        return release;
    }
}
