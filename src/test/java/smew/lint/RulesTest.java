package smew.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule on what it is for, and on what looks like it and is right. */
final class RulesTest {

    @TempDir
    Path directory;

    private LintedProject project;

    @BeforeEach
    void open() {
        project = LintedProject.ofLoans(directory);
    }

    /** Each column breaks this rule once, or none where there is no name of a rule. */
    private void each(String rule, String... columns) {
        for (int index = 0; index < columns.length; index++) {
            project.file(
                    "features/history" + index + ".sql",
                    "-- @entity id\n-- @time day\nSELECT loan_id, id, day, kind, amount,\n" + columns[index]
                            + "\nFROM loans\n");
        }
        List<String> expected = new ArrayList<>();
        for (int index = 0; index < columns.length && !rule.isEmpty(); index++) {
            expected.add("features/history" + index + ".sql " + rule);
        }
        assertEquals(
                expected,
                project.rules().stream()
                        .map(found -> found.replaceFirst(":\\d+:\\d+", ""))
                        .toList());
    }

    @Test
    void reportsAWindowThatSeesLaterRows() {
        each(
                "future-window",
                "lead(amount) OVER (PARTITION BY id ORDER BY day) AS x",
                "lag(amount, -1) OVER (PARTITION BY id ORDER BY day) AS x",
                "lag(amount) OVER (PARTITION BY id ORDER BY day DESC) AS x",
                "sum(amount) OVER (PARTITION BY id) AS x",
                "sum(amount) OVER () AS x",
                "avg(amount) OVER (PARTITION BY id ORDER BY day ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS x",
                "max(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS x",
                "sum(amount) OVER (PARTITION BY id ORDER BY day DESC) AS x",
                "row_number() OVER (PARTITION BY id ORDER BY day DESC) AS x",
                "cume_dist() OVER (PARTITION BY id ORDER BY day) AS x");
    }

    @Test
    void hasNothingAgainstAWindowOfEarlierRows() {
        each(
                "",
                "lag(amount) OVER (PARTITION BY id ORDER BY day, loan_id) AS x",
                "lead(amount) OVER (PARTITION BY id ORDER BY day DESC) AS x",
                "row_number() OVER (PARTITION BY id ORDER BY day, loan_id) AS x",
                "sum(amount) OVER (PARTITION BY id, day) AS x",
                "sum(amount) OVER (PARTITION BY loan_id) AS x",
                "sum(amount) OVER (PARTITION BY id ORDER BY day, loan_id ROWS UNBOUNDED PRECEDING) AS x",
                "sum(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND INTERVAL 1 DAY PRECEDING) AS x",
                "sum(amount) OVER (PARTITION BY id ORDER BY day RANGE UNBOUNDED PRECEDING EXCLUDE TIES) AS x");
    }

    @Test
    void reportsAFrameThatEndsWithRowsOfTheSameMoment() {
        each(
                "peer-window",
                "sum(amount) OVER (PARTITION BY id ORDER BY day) AS x",
                "last_value(amount) OVER (PARTITION BY id ORDER BY day) AS x");
    }

    @Test
    void windowsWithoutTimeAreNoneOfItsBusiness() {
        project.file(
                "features/history.sql",
                "-- @entity loan_id\nSELECT loan_id, id, day, kind, sum(amount) OVER (PARTITION BY id) AS x FROM loans\n");
        assertEquals(List.of(), project.rules());
    }

    @Test
    void newestRowsMayBeChosenByQualify() {
        project.file("features/history.sql", """
                -- @entity id
                -- @time day
                SELECT loan_id, id, day, kind, amount FROM loans
                QUALIFY row_number() OVER (PARTITION BY id ORDER BY day DESC, loan_id) = 1
                """);
        assertEquals(List.of(), project.rules());
    }

    @Test
    void reportsAStarThatEndsAtWhatTheFileReads() {
        project.file(
                "features/history.sql",
                "-- @entity id\n-- @time day\nWITH known AS (SELECT * FROM loans)\nSELECT *, 1 AS one FROM known\n");
        assertEquals(List.of("features/history.sql:3:23 select-star"), project.rules());
        Diagnostic found = project.diagnostics().getFirst();
        assertTrue(found.hint().orElse("").contains("loan_id, id, day, amount, kind"), found::toString);
        project.file(
                "features/history.sql",
                "-- @entity id\nSELECT loans.* EXCLUDE (kind) REPLACE (1 AS amount) FROM loans\n");
        assertEquals(
                List.of("features/history.sql:2:8 select-star"), project.rules().subList(0, 1));
    }

    @Test
    void aStarOverNamedColumnsIsFine() {
        project.file("features/history.sql", """
                -- @entity id
                -- @time day
                WITH known AS (SELECT * FROM loans), named AS (SELECT loan_id, id, day, kind, amount FROM known)
                SELECT * FROM named UNION ALL SELECT * EXCLUDE (x) FROM (SELECT loan_id, id, day, kind, amount, 1 AS x FROM loans)
                """);
        assertEquals(List.of(), project.rules());
    }

    @Test
    void reportsAnAggregateOverAllRowsOfAnEntity() {
        project.file("features/history.sql", """
                -- @entity id
                -- @time day
                WITH means AS (SELECT id, avg(amount) AS mean FROM loans WHERE day <= getvariable('as_of') GROUP BY id)
                SELECT loan_id, id, day, kind, mean FROM loans JOIN means USING (id)
                """);
        assertEquals(List.of("features/history.sql:3:27 unbounded-aggregate"), project.rules());
    }

    @Test
    void anAggregateOfEarlierRowsOrOfTheStateNowIsFine() {
        project.file("features/history.sql", """
                -- @entity id
                -- @time day
                WITH means AS (
                    SELECT a.id, a.loan_id, avg(b.amount) AS mean FROM loans AS a JOIN loans AS b ON b.id = a.id AND b.day < a.day
                    GROUP BY a.id, a.loan_id
                )
                SELECT loan_id, id, day, kind, mean FROM loans JOIN means USING (loan_id, id)
                """)
                .file(
                        "features/now.sql",
                        "-- @entity id\n-- @time day\nSELECT id, max(day) AS day, count(*) AS n FROM loans GROUP BY id\n");
        assertEquals(List.of(), project.rules());
    }

    @Test
    void reportsAJoinOfHistoriesByTheEntityAlone() {
        String join =
                "-- @entity id\n-- @time day\nSELECT a.loan_id, a.id, a.day, a.kind, b.amount FROM loans AS a JOIN loans AS b ON ";
        project.file("features/history.sql", join + "a.id = b.id\n");
        assertEquals(List.of("features/history.sql:3:65 unbounded-join"), project.rules());
        project.file("features/history.sql", join + "a.id = b.id AND b.day < a.day\n");
        assertEquals(List.of(), project.rules());
        project.file("features/history.sql", join + "a.loan_id = b.loan_id\n");
        assertEquals(List.of(), project.rules());
    }

    @Test
    void reportsTheClock() {
        each(
                "clock",
                "current_date - day AS x",
                "now() AS x",
                "today() AS x",
                "age(day) AS x",
                "current_timestamp AS x");
    }

    @Test
    void reportsWhatDependsOnAnOrderThatNothingGives() {
        each(
                "unordered",
                "(SELECT first(amount) FROM loans) AS x",
                "(SELECT string_agg(kind, ',') FROM loans) AS x",
                "(SELECT amount FROM loans LIMIT 1) AS x",
                "row_number() OVER (PARTITION BY kind) AS x",
                "(SELECT max(amount) FROM (SELECT DISTINCT ON (id) amount FROM loans)) AS x");
    }

    @Test
    void hasNothingAgainstWhatIsTheSameInEveryRun() {
        each(
                "",
                "(SELECT first(amount ORDER BY loan_id) FROM loans) AS x",
                "(SELECT string_agg(kind, ',' ORDER BY kind) FROM loans) AS x",
                "(SELECT amount FROM loans ORDER BY loan_id LIMIT 1) AS x",
                "list_transform([1, 2], lambda v: v + 1) AS x",
                "amount = 0 AS x",
                "kind = 'x' AS x",
                "age(day, DATE '2020-01-01') AS x");
    }

    @Test
    void reportsChance() {
        each("random", "random() AS x", "(SELECT max(amount) FROM loans USING SAMPLE 10) AS x");
    }

    @Test
    void aSampleWithASeedIsTheSameInEveryRun() {
        each("", "(SELECT max(amount) FROM loans USING SAMPLE reservoir(10 ROWS) REPEATABLE (42)) AS x");
    }

    @Test
    void reportsEqualityOfRoundedNumbers() {
        each("float-equality", "amount / 3 = 0.1 AS x", "amount <> 0.1 AS x", "loan_id::DOUBLE = kind::DOUBLE AS x");
    }

    @Test
    void reportsColumnsThatNothingReads() {
        project.file(
                        "features/history.sql",
                        "-- @entity id\n-- @time day\nSELECT id, day, amount, 1 AS one, 2 AS two FROM loans\n")
                .file("models/good.sql", "-- @label amount\nSELECT id, day, amount, one FROM history\n")
                .file("sources/alone.sql", "SELECT 1 AS a\n");
        assertEquals(
                List.of(
                        "features/history.sql:3:35 unused-column",
                        "sources/alone.sql:1:1 unused-relation",
                        "sources/loans.sql:2:8 unused-column",
                        "sources/loans.sql:2:42 unused-column"),
                project.rules());
    }

    @Test
    void whatAStarOrACheckOrADirectiveReadsIsRead() {
        project.file(
                        "features/history.sql",
                        "-- @entity id\n-- @unique loan_id\n-- @lint off select-star all are wanted\nSELECT * FROM loans\n")
                .file("checks/kinds.sql", "SELECT kind FROM history WHERE amount > 3\n");
        assertEquals(List.of(), project.rules());
    }
}
