package smew.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.WatchTurn.Ran;
import smew.base.Problem;
import smew.store.StoreSettings;

/** After a save, what it concerns runs, and what became of it is told. */
class WatchTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private int saves;

    /** Somebody saves a file. */
    private interface Save {
        void save() throws IOException;
    }

    @BeforeEach
    void project() throws IOException {
        write("loans.csv", "id,amount\n1,10\n2,20\n3,30\n");
        write("sql/sources/loans.sql", """
                -- @input loans = loans.csv
                SELECT * FROM read_csv(getvariable('loans'), header = true)
                """);
        write("sql/features/loan.sql", "-- @entity id\nSELECT id, amount FROM loans\n");
        write("sql/features/square.sql", "-- @entity id\nSELECT id, amount * amount AS square FROM loan\n");
        write("sql/features/alone.sql", "-- @entity id\nSELECT 1 AS id, 2 AS two\n");
        write("sql/checks/amounts.sql", "SELECT * FROM loans WHERE amount < 0\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        Files.writeString(path, text);
        // A disk may count time in seconds; whoever saves by hand is slower.
        Files.setLastModifiedTime(
                path, FileTime.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++saves)));
    }

    /** Whoever watches a folder trains nothing and looks for no leaks. */
    static RunRequest request(Path folder) {
        return new RunRequest(
                folder,
                StoreSettings.folder(folder.resolve("out").toString()),
                LocalDate.of(2026, 1, 1),
                Map.of(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                true,
                false,
                RunRequest.Orders.NONE);
    }

    /** The turns that saves lead to, after the first one. */
    private List<WatchTurn> turns(Save... saves) {
        Iterator<Save> next = List.of(saves).iterator();
        List<WatchTurn> turns = new ArrayList<>();
        int[] seen = {0};
        int[] waits = {0};
        Alarm alarm = _ -> {
            assertTrue(++waits[0] < 10_000, "a save is noticed");
            // Not while files come to rest: only after the turn of the last save.
            if (turns.size() == seen[0] + 1) {
                seen[0]++;
                if (!next.hasNext()) {
                    throw new InterruptedException();
                }
                try {
                    next.next().save();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        };
        assertThrows(
                InterruptedException.class,
                () -> new Wiring(CLOCK).watch(request(folder), alarm, (turn, _) -> turns.add(turn)));
        assertEquals(saves.length + 1, turns.size());
        return turns;
    }

    private static List<String> names(WatchTurn turn) {
        return turn.relations().stream().map(Ran::name).toList();
    }

    private static List<String> differences(WatchTurn turn, String relation) {
        return turn.relations().stream()
                .filter(ran -> ran.name().equals(relation))
                .flatMap(ran -> ran.differences().stream())
                .map(found -> found.what() + ": " + found.before().orElse("none") + " -> "
                        + found.now().orElse("none"))
                .toList();
    }

    @Test
    void runsOnlyWhatASaveConcerns() throws IOException {
        List<WatchTurn> turns = turns(
                () -> write(
                        "sql/features/loan.sql",
                        "-- @entity id\nSELECT id, amount + 1 AS amount, true AS yes FROM loans\n"),
                () -> write("sql/features/alone.sql", "-- @entity id\n-- Other words.\nSELECT 1 AS id, 2 AS two\n"),
                () -> write("loans.csv", "id,amount\n1,10\n2,20\n"),
                () -> write("sql/checks/amounts.sql", "SELECT * FROM loans WHERE amount < 15\n"));
        assertEquals(List.of("loans", "alone", "loan", "square", "amounts"), names(turns.get(0)));
        assertEquals(List.of("loan", "square"), names(turns.get(1)));
        assertEquals(
                List.of(
                        "range of amount: 10 to 30 -> 11 to 31",
                        "mean of amount: 20 -> 21",
                        "column yes: none -> BOOLEAN"),
                differences(turns.get(1), "loan"));
        assertEquals(List.of("sql/features/loan.sql"), turns.get(1).changed());
        assertEquals(List.of(), names(turns.get(2)));
        assertEquals(List.of("loans", "loan", "square", "amounts"), names(turns.get(3)));
        assertTrue(
                differences(turns.get(3), "loans").contains("rows: 3 -> 2"),
                turns.get(3).toString());
        assertEquals(List.of("amounts"), names(turns.get(4)));
        assertTrue(
                turns.get(4).problems().getFirst().detail().contains("found 1 rows"),
                turns.get(4).toString());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count(), "nothing is written beside sql and loans.csv");
        }
    }

    @Test
    void keepsWhatIsWrongInPlaceUntilItIsMended() throws IOException {
        String whole = Files.readString(folder.resolve("sql/features/loan.sql"));
        List<WatchTurn> turns = turns(
                () -> write("sql/features/loan.sql", "-- @entity id\nSELECT id,\n    amont FROM loans\n"),
                () -> write("sql/features/alone.sql", "-- @entity id\nSELECT 1 AS id, 3 AS two\n"),
                () -> write("sql/features/loan.sql", "-- @entity id\nSELECT id FROM FROM\n"),
                () -> write("sql/features/loan.sql", whole));
        assertEquals(List.of(), turns.get(0).problems());
        for (WatchTurn turn : turns.subList(1, 3)) {
            Problem wrong = turn.problems().getFirst();
            assertEquals("sql/features/loan.sql:3", wrong.where());
            assertTrue(wrong.detail().contains("amont"), wrong.detail());
            assertEquals("sql/features/square.sql", turn.problems().get(1).where());
            assertTrue(turn.problems().get(1).detail().startsWith("waits for loan"), turn.toString());
        }
        assertEquals(
                "sql/features/loan.sql:2", turns.get(3).problems().getFirst().where());
        assertEquals(List.of(), turns.get(4).problems());
        assertEquals(List.of("loan", "square"), names(turns.get(4)));
        assertEquals(List.of(), differences(turns.get(4), "loan"), "compared with what it was before it broke");
    }

    @Test
    void rowsThatShareAKeyAreToldAtTheDirectiveThatForbidsThem() throws IOException {
        WatchTurn turn =
                turns(() -> write("loans.csv", "id,amount\n1,10\n1,20\n")).getLast();
        Problem shared = turn.problems().getFirst();
        assertEquals("sql/features/loan.sql:1", shared.where());
        assertTrue(shared.detail().startsWith("2 rows share their id"), shared.detail());
    }

    @Test
    void followsFilesThatComeAndGo() throws IOException {
        List<WatchTurn> turns = turns(
                () -> write("sql/features/more.sql", "-- @entity id\nSELECT id, square FROM square\n"),
                () -> Files.delete(folder.resolve("sql/features/square.sql")),
                () -> Files.delete(folder.resolve("sql/features/more.sql")),
                () -> Files.delete(folder.resolve("loans.csv")));
        assertEquals(List.of("more"), names(turns.get(1)));
        assertTrue(turns.get(2).problems().getFirst().where().startsWith("sql/features/more.sql:"), turns.toString());
        assertEquals(List.of(), turns.get(3).problems());
        assertTrue(turns.get(4).problems().getFirst().detail().contains("there is no file"), turns.toString());
    }

    @Test
    void printsWhatASaveDid() throws IOException {
        WatchTurn turn = turns(() ->
                        write("sql/features/loan.sql", "-- @entity id\nSELECT id, amount + 1 AS amount FROM loans\n"))
                .getLast();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new WatchText(new PrintStream(out, true, StandardCharsets.UTF_8), CLOCK, false).ended(turn, Map.of());
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("sql/features/loan.sql changed: 2 relations in "), text);
        assertTrue(text.contains("    mean of amount: 21, was 20\n"), text);
        assertTrue(text.endsWith("  no problem\n"), text);
    }
}
