package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.base.Fault;
import smew.base.Json;
import smew.base.SmewException;

final class LeakRulesTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    private Project project;

    @BeforeEach
    void write() {
        project = new ProjectFolder(directory, PARSER)
                .write("features/view.sql", """
                        -- @entity id
                        -- @allow as-of age   the contract wants the age of today
                        -- @allow future "a ""b\""" known
                        -- @allow rows * only customers who stayed
                        -- @severity as-of error
                        -- @severity future warn
                        SELECT 1 AS id, 2 AS age, 3 AS income
                        """)
                .write("models/risk.sql", "-- @label age\nFROM view")
                .write("checks/c.sql", "-- @severity warn\nFROM view WHERE id > 1")
                .read();
    }

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void keepsTheReasonOfWhatIsAllowed() {
        Leak leak = view(LeakKind.AS_OF, Optional.of("AGE"));
        assertEquals(Optional.of("the contract wants the age of today"), leak.reason());
        assertEquals(Relation.Severity.ERROR, leak.severity());
        assertFalse(leak.stops());
    }

    @Test
    void allowsOneColumnAndOneKindOnly() {
        assertTrue(view(LeakKind.AS_OF, Optional.of("income")).stops());
        assertEquals(Optional.empty(), view(LeakKind.FUTURE, Optional.of("age")).reason());
        assertEquals(Optional.empty(), view(LeakKind.AS_OF, Optional.empty()).reason());
    }

    @Test
    void allowsEveryFindingOfAKindByAStar() {
        assertEquals(
                Optional.of("only customers who stayed"),
                view(LeakKind.ROWS, Optional.empty()).reason());
        assertFalse(view(LeakKind.ROWS, Optional.of("age")).stops());
    }

    @Test
    void takesTheSeverityOfTheFileAndElseThatOfTheKind() {
        assertEquals(
                Relation.Severity.WARN,
                view(LeakKind.FUTURE, Optional.of("age")).severity());
        assertEquals(
                Relation.Severity.ERROR, view(LeakKind.SKEW, Optional.empty()).severity());
        LeakRules none = project.models().getFirst().leakRules();
        assertEquals(
                Relation.Severity.WARN,
                none.leak(LeakKind.ROWS, Relation.Severity.WARN, "risk", Optional.empty(), "e", "c")
                        .severity());
    }

    @Test
    void aDirectiveThatWouldAllowAFindingDoesSo() {
        Leak odd = view(LeakKind.FUTURE, Optional.of("a \"b\""));
        assertEquals("-- @allow future \"a \"\"b\"\"\"", odd.allowance());
        assertEquals(Optional.of("known"), odd.reason());
        assertEquals("-- @allow rows *", view(LeakKind.ROWS, Optional.empty()).allowance());
    }

    @Test
    void warnsOfAnExceptionThatIsNone() {
        Leaks leaks = new Leaks(List.of(view(LeakKind.AS_OF, Optional.of("age"))), List.of());
        List<Leaks.Note> notes = leaks.withStale(project.featureViews(), EnumSet.of(LeakKind.AS_OF, LeakKind.FUTURE))
                .notes();
        assertEquals(
                List.of(new Leaks.Note(
                        Relation.Severity.WARN,
                        "view",
                        "sql/features/view.sql:3: nothing was found that @allow future a \"b\" would allow. Remove the"
                                + " line.")),
                notes);
        assertEquals(
                List.of(), leaks.withStale(project.featureViews(), Set.of()).notes());
    }

    @Test
    void stopsARunWithPlaceEvidenceCureAndTheWayOut() {
        Leaks leaks = new Leaks(
                List.of(view(LeakKind.SKEW, Optional.of("age")), view(LeakKind.ROWS, Optional.empty())), List.of());
        SmewException stopped = assertThrows(SmewException.class, () -> leaks.require(project));
        assertEquals(Fault.DATA, stopped.fault());
        assertEquals(
                "sql/features/view.sql: skew, column age: It differs. Mend it. If it is meant, write -- @allow skew age"
                        + " REASON into the file.",
                stopped.getMessage());
        Leaks.NONE.require(project);
    }

    @Test
    void isWrittenAndReadAsJson() {
        Leaks leaks = new Leaks(
                List.of(view(LeakKind.AS_OF, Optional.of("age"))),
                List.of(new Leaks.Note(Relation.Severity.INFO, "view", "No time.")));
        String json = Json.write(leaks);
        assertTrue(json.startsWith("{\"found\":[{\"kind\":\"as_of\",\"severity\":\"error\","), json);
        assertEquals(leaks, Json.read(json.getBytes(StandardCharsets.UTF_8), Leaks.class));
    }

    private Leak view(LeakKind kind, Optional<String> column) {
        return project.featureViews().getFirst().leakRules().leak(kind, "view", column, "It differs.", "Mend it.");
    }
}
