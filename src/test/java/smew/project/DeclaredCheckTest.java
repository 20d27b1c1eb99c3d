package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.project.DeclaredCheck.Bound;
import smew.project.DeclaredCheck.Written;
import smew.project.Relation.Severity;

/** Rules for rows as files declare them. */
final class DeclaredCheckTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @Test
    void readsColumnsValuesAndRelations() {
        List<DeclaredCheck> checks = source("""
                -- @unique id, "odd name"
                -- @not-null id
                -- @accepted status 0, 'a, b', "", New  York
                -- @relationship "odd name" -> loans."an ""id\"""
                -- @freshness day <= 2 weeks
                """);
        assertEquals(
                List.of(
                        new DeclaredCheck.Unique(
                                written(Directive.UNIQUE, "id, \"odd name\"", 1), List.of("id", "odd name")),
                        new DeclaredCheck.NotNull(written(Directive.NOT_NULL, "id", 2), List.of("id")),
                        new DeclaredCheck.Accepted(
                                written(Directive.ACCEPTED, "status 0, 'a, b', \"\", New  York", 3),
                                "status",
                                List.of("0", "a, b", "", "New  York")),
                        new DeclaredCheck.Relationship(
                                written(Directive.RELATIONSHIP, "\"odd name\" -> loans.\"an \"\"id\"\"\"", 4),
                                "odd name",
                                "loans",
                                "an \"id\""),
                        new DeclaredCheck.Freshness(written(Directive.FRESHNESS, "day <= 2 weeks", 5), "day", 14)),
                checks);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            18..100,             18,         false, 100,        false
            0.5..1.5,            0.5,        false, 1.5,        false
            -5..-1,              -5,         false, -1,         false
            0<..,                0,          true,  ,           false
            ..<1e3,              ,           false, 1e3,        true
            2020-01-01 .. as-of, 2020-01-01, false, as-of,      false
            """)
    void readsBoundsThatAreInOrOutOrOpen(String span, String from, boolean out, String to, boolean outToo) {
        DeclaredCheck.Range range =
                (DeclaredCheck.Range) source("-- @range age " + span + "\n").getFirst();
        assertEquals(Optional.ofNullable(from).map(value -> new Bound(value, out)), range.from());
        assertEquals(Optional.ofNullable(to).map(value -> new Bound(value, outToo)), range.to());
    }

    @Test
    void weighsAColumnBeforeTheDirectiveAndThatBeforeTheDefault() {
        assertEquals(
                List.of(Severity.ERROR, Severity.WARN, Severity.ERROR),
                source("""
                                -- @range age 0..
                                -- @range day 0..
                                -- @not-null age
                                -- @severity range AGE error
                                -- @severity range warn
                                """).stream().map(check -> check.written().severity()).toList());
    }

    @Test
    void tellsADirectiveThatMakesItAWarning() {
        DeclaredCheck check = source("-- @not-null \"odd name\", id\n").getFirst();
        assertEquals("-- @severity not-null \"odd name\" warn", check.warning());
        List<DeclaredCheck> again = source("-- @not-null \"odd name\", id\n" + check.warning() + "\n");
        assertEquals(Severity.WARN, again.getFirst().written().severity());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            @unique                    ~ @unique has no value, expected @unique COLUMN[, COLUMN…].
            @range age 18-100          ~ @range holds 'age 18-100': '18-100' are no bounds such as 0..100. Expected @range COLUMN FROM..TO.
            @range age ..              ~ @range holds 'age ..': both bounds are missing. Expected @range COLUMN FROM..TO.
            @range age <..1            ~ @range holds 'age <..1': no bound stands beside <. Expected @range COLUMN FROM..TO.
            @accepted age              ~ @accepted holds 'age': a column and a list of values are expected. Expected @accepted COLUMN VALUE[, VALUE…].
            @accepted age 1,,2         ~ @accepted holds 'age 1,,2': no value at ',2'. Expected @accepted COLUMN VALUE[, VALUE…].
            @accepted age 1, 1         ~ @accepted holds 'age 1, 1': the value 1 is named twice. Expected @accepted COLUMN VALUE[, VALUE…].
            @relationship age -> loans ~ @relationship holds 'age -> loans': a column, -> and a column of another relation are expected. Expected @relationship COLUMN -> RELATION.COLUMN.
            @relationship age -> lons.id ~ @relationship names lons, which is no source or feature view. Did you mean loans?
            @freshness day < 2 days    ~ @freshness holds 'day < 2 days': a column, <= and a number of days or weeks are expected. Expected @freshness COLUMN <= N days|weeks.
            @severity range warn       ~ @severity range warn: this file has no @range. Remove the line, or add the directive.
            @severity rang warn        ~ @severity holds 'rang warn': 'rang' is none of unique, not-null, accepted, range, relationship, freshness (did you mean range?). Expected @severity [LEAK-KIND | DIRECTIVE [COLUMN]] error|warn.
            """)
    void saysWhatIsWrong(String line, String problem) {
        assertEquals(
                List.of("sql/sources/loans.sql:1: " + problem),
                new ProjectFolder(directory, PARSER)
                        .write("sources/loans.sql", "-- " + line + "\nSELECT 1 AS age")
                        .problems());
    }

    @Test
    void refusesTheSameRuleTwiceAndRulesInModelsAndChecks() {
        assertEquals(
                List.of(
                        "sql/checks/c.sql:1: @unique does not belong in a check, only in sources, features. Remove the line, or"
                                + " move it.",
                        "sql/models/m.sql:2: @range does not belong in a model, only in sources, features. Remove the line, or"
                                + " move it.",
                        "sql/sources/loans.sql:2: @unique age stands on line 1 already. Keep one of them."),
                new ProjectFolder(directory, PARSER)
                                .write("sources/loans.sql", "-- @unique age\n-- @unique age\nSELECT 1 AS age")
                                .write("features/v.sql", "-- @entity age\nFROM loans")
                                .write("models/m.sql", "-- @label age\n-- @range age 1..\nSELECT *, 1 AS x FROM v")
                                .write("checks/c.sql", "-- @unique age\nFROM v")
                                .problems()
                                .stream()
                                .filter(problem -> !problem.contains("label and also"))
                                .toList());
    }

    @Test
    void keepsSeveritiesOfLeaksAndOfRulesApart() {
        Project project = new ProjectFolder(directory, PARSER)
                .write("sources/loans.sql", "SELECT 1 AS age")
                .write(
                        "features/v.sql",
                        "-- @entity age\n-- @range age 1..\n-- @severity range warn\n-- @severity future warn\nFROM loans")
                .read();
        Relation view = project.featureViews().getFirst();
        assertEquals(Severity.WARN, view.declaredChecks().getFirst().written().severity());
        assertEquals(1, view.leakRules().severities().size());
    }

    private static Written written(Directive directive, String value, int line) {
        return new Written(directive, value, line, Severity.ERROR);
    }

    private List<DeclaredCheck> source(String directives) {
        return new ProjectFolder(directory, PARSER)
                .write("sources/loans.sql", directives + "SELECT 1 AS age")
                .read()
                .sources()
                .getFirst()
                .declaredChecks();
    }
}
