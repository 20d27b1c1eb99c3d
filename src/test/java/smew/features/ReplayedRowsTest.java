package smew.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What replay compares where keys, times and sources are not as simple as in most projects. */
final class ReplayedRowsTest {

    @TempDir
    Path directory;

    @Test
    void comparesRowsThatNoKeyTellsApart() {
        Replayed project = Replayed.in(directory).write("features/history.sql", """
                        -- @entity region
                        -- @time day
                        SELECT region, day, amount, bad,
                            max(amount) OVER (PARTITION BY region) AS most,
                            avg(amount) OVER (PARTITION BY region ORDER BY day) AS mean
                        FROM loans JOIN customers USING (id)
                        """);
        assertEquals(List.of("future history.most"), project.found());
    }

    @Test
    void takesWhatTiesDecideForChanceAndWhatChangesMoreForALeak() {
        Replayed project = Replayed.in(directory)
                .write("sources/loans.sql", """
                        -- @time month
                        SELECT i AS loan_id, (i % 5)::INTEGER AS id, DATE '2020-01-01' + (i // 100 * 30)::INTEGER AS month, hash(i) % 1000 AS amount
                        FROM range(2000) r(i)
                        """)
                .write("sources/repayments.sql", "SELECT 1 AS one")
                .write("features/history.sql", """
                        -- @entity loan_id
                        -- @time month
                        SELECT loan_id, month, row_number() OVER (PARTITION BY id ORDER BY month) AS number,
                            count(*) OVER (PARTITION BY id) AS loans
                        FROM loans
                        """);
        assertEquals(List.of("future history.loans"), project.found());
    }

    @Test
    void replaysTimesThatAreNumbersOrTexts() {
        Replayed project = Replayed.in(directory)
                .write(
                        "sources/steps.sql",
                        "-- @time step\nSELECT i % 7 AS id, i AS step, hash(i) % 100 AS v FROM range(300) r(i)")
                .write(
                        "sources/weeks.sql",
                        "-- @time week\nSELECT id, '2020-W' || lpad((step // 6)::VARCHAR, 2, '0') AS week, v FROM steps")
                .write(
                        "features/by_step.sql",
                        "-- @entity id\n-- @time step\nSELECT *, max(v) OVER (PARTITION BY id) AS leak FROM steps")
                .write(
                        "features/by_week.sql",
                        "-- @entity id\n-- @time week\nSELECT id, week, any_value(v ORDER BY v) AS v,"
                                + " min(v) OVER (ORDER BY week) AS honest, max(v) OVER () AS leak FROM weeks GROUP BY id, week, v");
        assertEquals(List.of("future by_step.leak", "future by_week.leak"), project.found());
    }

    @Test
    void replaysWithinADayWhereTimesTellMoreThanDays() {
        Replayed project = Replayed.in(directory)
                .write(
                        "sources/clicks.sql",
                        "-- @time clicked\nSELECT i % 9 AS id, TIMESTAMP '2020-05-05' + to_seconds(i * 60) AS clicked FROM range(500) r(i)")
                .write(
                        "features/session.sql",
                        "-- @entity id\n-- @time clicked\nSELECT id, clicked, count(*) OVER (PARTITION BY id) AS clicks FROM clicks");
        assertEquals(List.of("future session.clicks"), project.found());
    }

    @Test
    void saysWhatCouldNotBeReplayedAndWhy() {
        Replayed project = Replayed.in(directory)
                .write("features/people.sql", "-- @entity id\nSELECT * FROM customers")
                .write("features/birthdays.sql", "-- @entity id\n-- @time birthday\nSELECT id, birthday FROM customers")
                .view("history", "SELECT loans.* FROM loans JOIN customers USING (id)")
                .view(
                        "failing",
                        "SELECT loans.*, CASE WHEN (SELECT count(*) FROM loans) < 600 THEN error('too few') END AS x FROM loans");
        assertEquals(List.of(), project.found());
        List<String> notes = project.leaks().notes().stream()
                .map(note -> note.severity().word() + " " + note.relation() + ": " + note.text())
                .toList();
        assertEquals(
                List.of(
                        "info birthdays: it is not replayed: none of the sources that it reads has an @time.",
                        "warn failing: it could not be replayed, because its SELECT fails on sources that end earlier."
                                + " Replaying sql/features/failing.sql: Invalid Input Error: too few.",
                        "info history: it was replayed at 2020-04-01, 2020-07-01, 2020-10-01.",
                        "info people: it is not replayed: its rows have no event time (@time), so nothing tells what was"
                                + " known when.",
                        "info customers: it has no @time, so replay reads it whole, as if all that it says had always"
                                + " been known."),
                notes);
    }
}
