package smew.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Relation;

/** Leaks that are planted in SQL, each found and named by its column, and the honest ways to write the same. */
final class ReplayTest {

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            mean of all loans of the customer     | avg(amount) OVER (PARTITION BY id)
            normalised by all rows                | (amount - avg(amount) OVER ()) / stddev(amount) OVER ()
            window that reaches a week ahead      | sum(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN 30 PRECEDING AND 7 FOLLOWING)
            label of all others in the region     | avg(bad) OVER (PARTITION BY id % 3)
            next amount                           | lead(amount) OVER (PARTITION BY id ORDER BY day, loan_id)
            last amount                           | last_value(amount) OVER (PARTITION BY id ORDER BY day, loan_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            greatest amount                       | max(amount) OVER (PARTITION BY id)
            how many loans there will be          | count(*) OVER (PARTITION BY id)
            rank among all loans                  | rank() OVER (ORDER BY amount)
            share of all loans below              | percent_rank() OVER (ORDER BY amount)
            quarter of all loans                  | ntile(4) OVER (ORDER BY amount, loan_id)
            distance from the median of all       | amount - median(amount) OVER ()
            share of the largest loan             | amount / (SELECT max(amount) FROM loans)
            days to the newest loan of all        | (SELECT max(day) FROM loans) - day
            whether it is the last loan           | lead(day) OVER (PARTITION BY id ORDER BY day, loan_id) IS NULL
            days to the next loan                 | (SELECT min(later.day) FROM loans AS later WHERE later.id = loans.id AND later.day > loans.day) - day
            state that was entered later          | (SELECT max(rate) FROM repayments WHERE repayments.loan_id = loans.loan_id)
            every amount in a list                | list_sort(list(amount) OVER (PARTITION BY id))
            counted backwards                     | row_number() OVER (PARTITION BY id ORDER BY day DESC, loan_id DESC)
            """)
    void findsAColumnThatLooksIntoTheFuture(String plant, String expression) {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT id, day, loan_id, amount, " + expression + " AS leak FROM loans");
        assertEquals(List.of("future history.leak"), project.found(), plant);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            mean of earlier loans                 | avg(amount) OVER (PARTITION BY id ORDER BY day, loan_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            mean of earlier days                  | avg(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP)
            the row itself counts                 | sum(amount) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN 30 PRECEDING AND CURRENT ROW)
            earlier labels                        | avg(bad) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            previous amount                       | lag(amount) OVER (PARTITION BY id ORDER BY day, loan_id)
            first amount                          | first_value(amount) OVER (PARTITION BY id ORDER BY day, loan_id)
            rank among loans so far               | (SELECT count(*) FROM loans AS earlier WHERE earlier.day < loans.day AND earlier.amount < loans.amount)
            days since the first loan of all      | day - (SELECT min(day) FROM loans)
            paid by then                          | (SELECT sum(rate) FROM repayments WHERE repayments.id = loans.id AND paid < day)
            age at the loan                       | (SELECT day - birthday FROM customers WHERE customers.id = loans.id)
            as of the row                         | day <= getvariable('as_of')
            """)
    void findsNothingInAColumnThatLooksBack(String honest, String expression) {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT id, day, loan_id, amount, " + expression + " AS honest FROM loans");
        assertEquals(List.of(), project.found(), honest);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            age on the as-of date                 | (SELECT getvariable('as_of')::DATE - birthday FROM customers WHERE customers.id = loans.id)
            age on the day of the run             | (SELECT current_date - birthday FROM customers WHERE customers.id = loans.id)
            age in years today                    | (SELECT age(birthday) FROM customers WHERE customers.id = loans.id)::VARCHAR
            whether it is recent                  | day > getvariable('as_of')::DATE - 400
            """)
    void tellsAColumnThatChangesWithTheDateOfTheRunApart(String plant, String expression) {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT id, day, loan_id, amount, " + expression + " AS leak FROM loans");
        assertEquals(List.of("as-of history.leak"), project.found(), plant);
    }

    @Test
    void saysHowManyRowsChangedAndShowsOne() {
        Leak leak = Replayed.in(directory)
                .view("history", "SELECT id, day, loan_id, count(*) OVER (PARTITION BY id) AS loans FROM loans")
                .only(LeakKind.FUTURE);
        assertTrue(
                leak.evidence()
                        .matches("\\d+ of \\d+ values before 2020-\\d\\d-\\d\\d change when later rows are taken away,"
                                + " such as that of id 0, day 2020-\\d\\d-\\d\\d, loan_id \\d+: \\d+, and \\d+ then\\."
                                + " They are rows of loans\\."),
                leak.evidence());
        assertTrue(leak.cure().startsWith("Let it see rows before day only"), leak.cure());
        assertEquals(Relation.Severity.ERROR, leak.severity());
    }

    @Test
    void findsTotalsThatAreJoinedToHistoryInTheModelAndNamesTheirView() {
        Replayed project = Replayed.in(directory)
                .write(
                        "features/totals.sql",
                        "-- @entity id\nSELECT id, sum(amount) AS total, min(day) AS first FROM loans GROUP BY id")
                .view("history", "SELECT id, day, loan_id, amount, bad FROM loans")
                .model("risk", "SELECT history.*, total, first::VARCHAR AS first FROM history JOIN totals USING (id)");
        Leaks leaks = project.leaks();
        assertEquals(1, leaks.found().size(), leaks.found().toString());
        Leak leak = leaks.found().getFirst();
        assertEquals("risk.total", leak.where());
        assertTrue(leak.evidence().endsWith("They come through totals, which has one row per id and no event time."));
        assertTrue(leak.cure().startsWith("Give totals an event time, one row for each id and time"), leak.cure());
        assertTrue(
                leaks.notes()
                        .contains(
                                new Leaks.Note(
                                        Relation.Severity.INFO,
                                        "totals",
                                        "it is not replayed: its rows have no event time (@time), so nothing tells what was known when.")));
    }

    @Test
    void findsALeakWhereItIsAndNotInWhatReadsIt() {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT *, max(amount) OVER (PARTITION BY id) AS leak FROM loans")
                .view(
                        "wide",
                        "SELECT id, day, loan_id, leak + 1 AS more, lead(amount) OVER (ORDER BY loan_id) AS next FROM history")
                .model("risk", "SELECT * FROM history JOIN wide USING (id, day, loan_id)");
        assertEquals(List.of("future history.leak", "future wide.next"), project.found());
    }

    @Test
    void findsAJoinToALaterRow() {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT id, day, loan_id, amount, bad FROM loans")
                .model("risk", """
                        SELECT history.*, later.amount AS leak, earlier.rate AS honest
                        FROM history
                        ASOF LEFT JOIN loans AS later ON history.id = later.id AND history.day < later.day
                        ASOF LEFT JOIN repayments AS earlier ON history.id = earlier.id AND history.day > earlier.paid
                        """);
        assertEquals(List.of("future risk.leak"), project.found());
        assertTrue(project.only(LeakKind.FUTURE).evidence().endsWith("They are rows of loans."));
    }

    @Test
    void findsTheMonthThatARowLiesIn() {
        Replayed project =
                Replayed.in(directory).write("features/months.sql", """
                        -- @entity id
                        -- @time month
                        SELECT id, date_trunc('month', day)::DATE AS month, sum(amount) AS lent FROM loans GROUP BY ALL
                        """).write("features/closed_months.sql", """
                        -- @entity id
                        -- @time month
                        SELECT id, last_day(day) + 1 AS month, sum(amount) AS lent FROM loans GROUP BY ALL
                        """);
        // Somebody's first loan of a month makes the row of the month.
        assertEquals(List.of("future months.lent", "rows months"), project.found());
    }

    @Test
    void findsRowsThatExistThanksToLaterOnes() {
        Replayed project = Replayed.in(directory)
                .view("paid", "SELECT loans.* FROM loans SEMI JOIN repayments USING (loan_id)")
                .view(
                        "newest",
                        "SELECT * FROM loans QUALIFY row_number() OVER (PARTITION BY id ORDER BY loan_id DESC) = 1")
                .model("risk", "SELECT loans.* FROM loans SEMI JOIN repayments USING (loan_id)");
        Leaks leaks = project.leaks();
        assertEquals(List.of("rows newest", "rows paid", "rows risk"), project.found());
        assertTrue(leaks.found().get(0).evidence().contains(" are missing because of later rows, such as that of id "));
        assertTrue(leaks.found().get(1).evidence().contains(" exist only thanks to later rows, such as that of id "));
        assertTrue(leaks.found().get(1).stops());
        assertEquals(Relation.Severity.WARN, leaks.found().get(2).severity());
    }

    @Test
    void letsALabelLookAheadButNothingElse() {
        Replayed project =
                Replayed.in(directory).view("outcome", """
                        SELECT id, day, loan_id, amount,
                            count(*) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN 1 FOLLOWING AND 60 FOLLOWING) < 3 AS leaves
                        FROM loans
                        """).view("rates", """
                        SELECT id, day, loan_id,
                            avg(leaves::INTEGER) OVER (PARTITION BY id ORDER BY day RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                                AS left_before
                        FROM outcome
                        """).write("models/churn.sql", """
                        -- @entity id
                        -- @time day, loan_id
                        -- @label churned
                        SELECT id, day, loan_id, amount, left_before, leaves AS churned
                        FROM outcome JOIN rates USING (id, day, loan_id)
                        """);
        Leaks leaks = project.leaks();
        assertEquals(List.of("future rates.left_before"), project.found());
        assertTrue(leaks.notes()
                .contains(new Leaks.Note(
                        Relation.Severity.INFO,
                        "outcome",
                        "leaves looks at later rows and may: it becomes the label of churn.")));
    }

    @Test
    void findsTheLabelOfOneModelAmongTheInputsOfAnother() {
        Replayed project = Replayed.in(directory)
                .view("outcome", "SELECT *, lead(amount) OVER (PARTITION BY id ORDER BY loan_id) AS next FROM loans")
                .write("models/next.sql", "-- @label next\nSELECT * FROM outcome")
                .write("models/risk.sql", "-- @label bad\nSELECT * EXCLUDE (next), next / 2 AS half FROM outcome");
        assertEquals(List.of("future risk.half"), project.found());
    }

    @Test
    void takesAFilterByTheDateOfTheRunForNoLeak() {
        Replayed project = Replayed.in(directory)
                .view("history", "SELECT * FROM loans WHERE day <= getvariable('as_of')::DATE - 30")
                .model("risk", "SELECT * FROM history WHERE day > getvariable('as_of')::DATE - 500");
        assertEquals(List.of(), project.found());
    }

    @Test
    void findsTheDateOfTheRunInASource() {
        Replayed project = Replayed.in(directory)
                .write("sources/people.sql", "SELECT id, getvariable('as_of')::DATE - birthday AS days FROM customers")
                .view("history", "SELECT loans.*, days FROM loans JOIN people USING (id)");
        assertEquals(List.of("as-of history.days"), project.found());
    }

    @Test
    void cutsASourceThroughTheSourceThatItReads() {
        Replayed project = Replayed.in(directory)
                .write("sources/totals.sql", "SELECT id, sum(rate) AS total FROM repayments GROUP BY id")
                .view("history", "SELECT loans.*, total FROM loans JOIN totals USING (id)");
        assertEquals(List.of("future history.total", "rows history"), project.found());
    }

    @Test
    void judgesByWhatAFileAllows() {
        Replayed project = Replayed.in(directory).write("features/history.sql", """
                -- @entity id
                -- @time day, loan_id
                -- @allow future most the customer's limit, known from the start
                -- @severity future warn
                SELECT *, max(amount) OVER (PARTITION BY id) AS most, min(amount) OVER (PARTITION BY id) AS least FROM loans
                """);
        List<Leak> found = project.leaks().found();
        assertEquals(
                List.of("history.least", "history.most"),
                found.stream().map(Leak::where).sorted().toList());
        assertTrue(found.stream().noneMatch(Leak::stops));
        assertTrue(found.stream()
                .anyMatch(leak ->
                        leak.reason().equals(java.util.Optional.of("the customer's limit, known from the start"))));
    }
}
