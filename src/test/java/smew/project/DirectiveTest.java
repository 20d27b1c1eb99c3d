package smew.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DirectiveTest {

    private static final DuckParser PARSER = new DuckParser();

    @TempDir
    Path directory;

    @AfterAll
    static void close() {
        PARSER.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @lable y                     | There is no directive @lable. Did you mean @label?
            @whatever y                  | There is no directive @whatever. Known: @entity, @time, @label, @task
            @Seed 1                      | There is no directive @Seed. Did you mean @seed?
            @                            | There is no directive @.
            @seed                        | @seed has no value, expected @seed N.
            @seed 1.5                    | @seed holds '1.5': '1.5' is no whole number of 64 bits. Expected @seed N.
            @seed 9223372036854775808    | @seed holds '9223372036854775808': '9223372036854775808' is no whole
            @split entity                | @split holds 'entity': two words are expected, not 1. Expected @split entity|time|
            @split entity 1              | @split holds 'entity 1': the fraction 1 is not above 0 and below 1.
            @split entity NaN            | @split holds 'entity NaN': the fraction NaN is not above 0
            @split entity x              | @split holds 'entity x': 'x' is no number.
            @split entitie 0.3           | @split holds 'entitie 0.3': 'entitie' is none of entity, time, random (did you
            @split time 0.3              | A split by time needs an event time.
            @task classify               | @task holds 'classify': 'classify' is none of classification, regression.
            @resample class_weight       | @resample holds 'class_weight': 'class_weight' is none of none, smote, class-weight
            @missing mean                | @missing holds 'mean': 'mean' is none of zero, median, error
            @positive ''                 | @positive holds '''': nothing stands between the quotes.
            @algorithm Forest            | @algorithm holds 'Forest': 'Forest' is no name of an algorithm (lower case and -).
            @algorithm tree depth 3      | @algorithm holds 'tree depth 3': 'depth' is no key=value without blanks.
            @algorithm tree d=3 d=4      | @algorithm holds 'tree d=3 d=4': parameter d is given twice.
            @algorithm tree d==3         | @algorithm holds 'tree d==3': 'd==3' is no key=value
            @time a,,b                   | @time holds 'a,,b': no column name at ',b'.
            @time a, A                   | @time holds 'a, A': column A is named twice.
            @time a b                    | @time holds 'a b': no column name at 'a b'.
            @time a,                     | @time holds 'a,': no column name at ''.
            @time x                      | Column x is the event time and also part of the entity.
            @label b                     | @label stands on line 2 already. Keep one of them.
            @input a = b                 | @input does not belong in a model, only in sources. Remove the line, or move it.
            @severity warn               | @severity holds 'warn': a leak kind and a severity are expected. Expected @severity
            @severity futur warn         | @severity holds 'futur warn': 'futur' is none of future, as-of, rows, separation,
            @severity future info        | @severity holds 'future info': 'info' is none of error, warn.
            @severity protocol warn      | @severity holds 'protocol warn': 'protocol' is none of future, as-of, rows
            @allow future                | @allow holds 'future': a leak kind, a column or *, and a reason are expected.
            @allow future income         | @allow holds 'future income': a leak kind, a column or *, and a reason are expected.
            @allow asof age it is meant  | @allow holds 'asof age it is meant': 'asof' is none of future, as-of, rows
            @allow as-of a,b it is meant | @allow holds 'as-of a,b it is meant': one column is expected, not 2.
            """)
    void refusesABadLineInAModel(String line, String expected) {
        String sql = "-- @entity x\n-- @label y\n-- " + line + "\nSELECT 1 AS x, 2 AS y";
        List<String> problems = folder().write("models/m.sql", sql).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("sql/models/m.sql:3: " + expected), problems.getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @input loans                 | @input holds 'loans': no NAME = PATH. Expected @input NAME = PATH.
            @input my-loans = x          | @input holds 'my-loans = x': 'my-loans' is no variable name (letters, digits and _).
            @input as_of = x             | @input holds 'as_of = x': as_of is the variable that holds the as-of date.
            @input A = y                 | @input A stands on line 1 already.
            """)
    void refusesABadInput(String line, String expected) {
        String sql = "-- @input a = x\n-- " + line + "\nFROM read_csv(getvariable('a'))";
        List<String> problems = folder().write("sources/s.sql", sql).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("sql/sources/s.sql:2: " + expected), problems.getFirst());
    }

    @Test
    void readsPathsWithBlanksQuotesAndSigns() {
        folder().write("sources/s.sql", """
                -- @input a=my data/x=1/*.csv
                -- @input b = ' s3://bucket/key '
                SELECT getvariable('a'), getvariable('b')
                """);
        assertEquals(
                "{a=my data/x=1/*.csv, b= s3://bucket/key }",
                folder().read().sources().getFirst().inputs().toString());
    }

    @Test
    void refusesADirectiveBelowTheStartOfTheSql() {
        folder().write("sources/s.sql", "SELECT 1\n-- @time x\n, '-- @time y' AS z -- mail@example.org");
        List<String> problems = folder().problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith("sql/sources/s.sql:2: @time stands after the SQL starts"));
    }

    @Test
    void asksForWhatIsRequired() {
        folder().write("features/v.sql", "SELECT 1 AS x").write("models/m.sql", "-- @entity x\nFROM v");
        assertEquals(
                List.of(
                        "sql/features/v.sql:1: A feature view needs a line -- @entity COLUMN[, COLUMN…].",
                        "sql/models/m.sql:1: A model needs a line -- @label COLUMN."),
                folder().problems());
    }

    @Test
    void keepsClassesOutOfARegression() {
        folder().write(
                        "models/m.sql",
                        "-- @entity x\n-- @label y\n-- @task regression\n-- @positive 1\n-- @resample smote\nSELECT 1 AS x");
        assertEquals(
                List.of(
                        "sql/models/m.sql:4: @positive names a class, and a regression has none. Remove one of the two lines.",
                        "sql/models/m.sql:5: @resample balances classes, and a regression has none. Remove one of the two"
                                + " lines."),
                folder().problems());
    }

    @Test
    void refusesALabelThatIsAKey() {
        folder().write("models/m.sql", "-- @entity x\n-- @label X\nSELECT 1 AS x");
        assertTrue(
                folder().problems().getFirst().startsWith("sql/models/m.sql:2: Column X is the label and also part"));
    }

    @Test
    void rendersOneRowOfMarkdownForEachDirective() {
        List<String> lines = Directive.markdown().lines().toList();
        assertEquals(2 + Directive.values().length, lines.size());
        assertEquals(
                "| `@tolerance SHARE` | tests | by what share of them floating-point numbers may differ from expected ones; default"
                        + " `0.000001`, `0` for none |",
                lines.getLast());
        assertTrue(lines.contains(
                "| `@not-null COLUMN[, COLUMN…]` | sources, features | every row has a value in each of these"
                        + " columns; may be repeated |"));
        assertTrue(lines.get(4).startsWith("| `@entity COLUMN[, COLUMN…]` | features (required), models | "));
    }

    private ProjectFolder folder() {
        return new ProjectFolder(directory, PARSER);
    }
}
