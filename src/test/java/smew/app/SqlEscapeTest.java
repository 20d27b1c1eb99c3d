package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import smew.base.Digest;
import smew.serve.Server;

/** Nothing that is asked gets out of the box. */
final class SqlEscapeTest extends OnWarehouse {

    private static final String SECRET = "secret of the canary";

    /** Plenty for what is refused, and for the honest query after it. */
    private static final SqlProcesses.Limits PATIENT =
            new SqlProcesses.Limits(2, 8, Duration.ofSeconds(30), 200_000_000, 1000, 1_000_000);

    private static final SqlProcesses.Limits HASTY =
            new SqlProcesses.Limits(1, 8, Duration.ofMillis(200), 200_000_000, 1000, 1_000_000);

    private Path canary;
    private Path created;
    private String before;

    @Override
    SqlProcesses.Limits limits() {
        return PATIENT;
    }

    @BeforeAll
    void layOut() throws IOException {
        canary = Files.writeString(folder.resolve("canary.csv"), "a,b\n" + SECRET + ",2\n");
        created = folder.resolve("new");
        before = state();
    }

    private String state() throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            Set<String> files = new TreeSet<>();
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.add(folder.relativize(file) + " " + Digest.of(file));
            }
            return files.toString();
        }
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("smew.app.SqlAttempts#escapes")
    void noAttemptSucceeds(String attempt) {
        isRefused(ask(attempt.replace("CANARY", canary.toString())
                .replace("NEW", created.toString())
                .replace("WAREHOUSE", warehouse().toString())));
    }

    @Test
    void nothingTakesMoreThanItMay() {
        try (SqlProcesses box = box(HASTY);
                Server server = startWith(Optional.of(box))) {
            SqlAttempts.excesses().forEach(excess -> isRefused(post(server, SQL, excess, "application/json")));
        }
    }

    private void isRefused(Reply reply) {
        String detail = refusal(reply);
        assertFalse(reply.text().contains(SECRET), reply.text());
        assertTrue(detail.startsWith("Reading the query") || detail.startsWith("Running the query"), detail);
    }

    @Test
    void thereAreSixtyWaysAndMore() {
        assertTrue(SqlAttempts.escapes().distinct().count() >= 60);
    }

    /** What may be asked and tells nothing. */
    @Test
    void whatDuckDbSaysOfItselfIsTheSameEverywhere() {
        assertEquals(
                "[[\"duckdb\",\"main\",\"warehouse\"]]",
                rows("SELECT current_user, current_schema, current_catalog").toString());
        assertEquals(
                "[[\"latest_loans\"],[\"loans\"],[\"smew_release\"]]",
                rows("SHOW TABLES").toString());
        assertEquals(
                "[[\"warehouse\"]]",
                rows("SELECT DISTINCT table_catalog FROM information_schema.tables")
                        .toString());
    }

    @Test
    void processesThatRunQueriesAreConfinedAndDoNotHaveTheEnvironmentOfTheServer() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/environ")));
        rows("SELECT 1");
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        assertFalse(children.isEmpty());
        for (ProcessHandle child : children) {
            Set<String> names = Stream.of(Files.readString(Path.of("/proc/" + child.pid() + "/environ"))
                            .split("\0", -1))
                    .map(line -> line.split("=", 2)[0])
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
            names.removeAll(Set.of("PWD", "OLDPWD", "SHLVL", "_"));
            assertEquals(Set.of("MALLOC_ARENA_MAX"), names);
            String limits = Files.readString(Path.of("/proc/" + child.pid() + "/limits"));
            long addressable = (200_000_000L + (1L << 30)) / 1024 * 1024;
            assertTrue(limits.matches("(?s).*Max address space +" + addressable + " +" + addressable + " .*"), limits);
            assertEquals(
                    "1000\n", Files.readString(Path.of("/proc/" + child.pid() + "/oom_score_adj")), "the first to go");
        }
    }

    @AfterAll
    void nothingHasChanged() throws IOException {
        assertEquals("[[5]]", rows("SELECT count(*) FROM loans").toString());
        assertEquals(before, state());
    }
}
