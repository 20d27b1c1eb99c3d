package smew.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Engine.SqlRequest;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.release.Manifest;
import smew.store.StoreSettings;

/** Models as functions of SQL. */
class ModelFunctionsTest {

    @TempDir
    Path folder;

    private CloudProject cloud;

    @BeforeEach
    void start() {
        cloud = new CloudProject(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private Table sql(StoreSettings store, String sql) {
        return cloud.wiring
                .preview(new SqlRequest(store, sql, "the command line", Map.of()), 1_000_000)
                .table();
    }

    private Table scores(StoreSettings store) {
        return cloud.wiring
                .score(new ScoreRequest(store, Optional.empty(), Optional.empty(), 0), Progress.NONE)
                .scored()
                .table();
    }

    private static double[] numbers(Table table, String name) {
        return ((Column.Doubles) table.column(name).orElseThrow()).values();
    }

    private static long[] wholes(Table table, String name) {
        return ((Column.Integers) table.column(name).orElseThrow()).values();
    }

    @Test
    void aRowIsPredictedAsScoreDoesOnS3AndInAFolder() {
        StoreSettings local = StoreSettings.folder(folder.resolve("project/out").toString());
        for (StoreSettings store : List.of(cloud.store(), local)) {
            cloud.run(store, false);
            Table scored = scores(store);
            Table answered = sql(
                    store,
                    "SELECT id, Predict_Risk_Of_Loss(r) AS prediction, predict_risk_of_loss_proba(r) AS probability FROM latest_risk_of_loss AS r");

            assertArrayEquals(wholes(scored, "id"), wholes(answered, "id"));
            assertArrayEquals(wholes(scored, "prediction"), wholes(answered, "prediction"));
            assertArrayEquals(numbers(scored, "probability"), numbers(answered, "probability"));
        }
    }

    @Test
    void inputsMayBeGivenOneByOne() {
        cloud.run(cloud.store(), false);
        Table answered = sql(
                cloud.store(),
                "SELECT predict_risk_of_loss_proba(r) AS of_row, predict_risk_of_loss_proba(" + inputs("r.\"%1$s\"")
                        + ") AS in_order, predict_risk_of_loss_proba(" + inputs("\"%1$s\" := r.\"%1$s\"")
                        + ") AS by_name FROM latest_risk_of_loss AS r");

        assertArrayEquals(numbers(answered, "of_row"), numbers(answered, "in_order"));
        assertArrayEquals(numbers(answered, "of_row"), numbers(answered, "by_name"));
    }

    private String inputs(String each) {
        List<String> keys = List.of("id", "day", "status");
        return String.join(
                ", ",
                sql(cloud.store(), "FROM latest_risk_of_loss").names().stream()
                        .filter(name -> !keys.contains(name))
                        .map(name -> each.formatted(name))
                        .toList());
    }

    @Test
    void aRowThatLacksAnInputIsToldWhich() {
        cloud.run(cloud.store(), false);
        SmewException failed = assertThrows(
                SmewException.class, () -> sql(cloud.store(), "SELECT predict_risk_of_loss({'nothing': 1})"));
        assertTrue(failed.getMessage().contains("struct"), failed.getMessage());
        assertEquals(2, failed.fault().exitCode(), failed.getMessage());
    }

    @Test
    void checksThatCallAModelRunOnceItIsTrained() {
        cloud.write("sql/checks/all_are_shares.sql", """
                SELECT * FROM (SELECT id, predict_risk_of_loss_proba(r) AS share FROM risk_of_loss AS r)
                WHERE NOT share BETWEEN 0 AND 1
                """);
        List<String> names = List.of("all_are_shares", "amounts_are_positive");
        Manifest whole = cloud.run(cloud.store(), false).manifest();
        assertEquals(names, whole.checks().stream().map(Manifest.Check::name).toList());
        assertTrue(whole.checks().stream().allMatch(check -> check.failing() == 0));
        assertEquals(
                List.of("amounts_are_positive"),
                cloud.run(cloud.store(), true).manifest().checks().stream()
                        .map(Manifest.Check::name)
                        .toList(),
                "there is no model to call");
        assertEquals(
                List.of("amounts_are_positive"),
                cloud.wiring.check(cloud.request(cloud.store(), false), cloud.progress).checks().stream()
                        .map(Manifest.Check::name)
                        .toList());
        assertTrue(
                cloud.told().contains("check all_are_shares not run: it calls risk_of_loss, which only run trains"),
                cloud.told());
    }

    @Test
    void aCheckThatFindsABadPredictionStopsTheRelease() {
        String good = cloud.run(cloud.store(), false).manifest().id();
        cloud.write(
                "sql/checks/nobody_is_a_risk.sql",
                "SELECT id FROM risk_of_loss AS r WHERE predict_risk_of_loss(r) = 1\n");
        SmewException stopped = assertThrows(SmewException.class, () -> cloud.run(cloud.store(), false));
        assertEquals(Fault.DATA, stopped.fault());
        assertTrue(stopped.getMessage().contains("sql/checks/nobody_is_a_risk.sql"), stopped.getMessage());
        assertEquals(good, cloud.current());
    }

    @Test
    void whatRunsBeforeTheTrainingCannotCallAModel() {
        cloud.write("sql/features/history.sql", """
                -- @entity id
                -- @time day
                SELECT id, day, amount, status,
                    predict_risk_of_loss(amount, true) AS again
                FROM loans
                """);
        SmewException refused = assertThrows(SmewException.class, () -> cloud.run(cloud.store(), false));
        assertEquals(Fault.CONFIGURATION, refused.fault());
        assertTrue(
                refused.getMessage().contains("sql/features/history.sql:4: predict_risk_of_loss is called before"),
                refused.getMessage());
    }
}
