package smew.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;

/** Athena as its API plays it: which statements are run in which order, what is made of each answer. */
final class AthenaTest {

    private static final Map<String, String> OURS = Map.of("smew.view", "credit_history", "EXTERNAL", "TRUE");

    private StubAws stub;
    private AthenaStub athena;

    @BeforeEach
    void start() {
        stub = StubAws.start();
        athena = new AthenaStub(stub);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private Published publish(boolean replace) {
        return publish(replace, Examples.patience());
    }

    private Published publish(boolean replace, Patience patience) {
        return assertInstanceOf(
                Published.class,
                Publisher.publish(
                        Examples.RELEASE, Examples.ATHENA, replace, Progress.NONE, stub.settings(), patience));
    }

    private SmewException refused() {
        SmewException failed = assertThrows(SmewException.class, () -> publish(false));
        assertEquals(List.of(), stub.complaints());
        return failed;
    }

    /** The first words of each statement that was run. */
    private List<String> ran() {
        return stub.calls(AthenaStub.START).stream()
                .map(call -> call.json().get("QueryString").asString())
                .map(sql -> sql.lines().findFirst().orElse("").replaceFirst(" (\\(|AS|SET LOCATION.*)$", ""))
                .toList();
    }

    private void existing(String table, Map<String, String> parameters, String... columns) {
        athena.tables.put(
                table,
                Map.of(
                        "Name",
                        table,
                        "TableType",
                        "EXTERNAL_TABLE",
                        "Parameters",
                        parameters,
                        "Columns",
                        List.of(columns).stream()
                                .map(column -> column.split(" ", 2))
                                .map(parts -> Map.of("Name", parts[0], "Type", parts[1]))
                                .toList()));
    }

    @Test
    void makesDatabaseTablesAndViewsAndNamesTheReleaseLast() {
        athena.hasDatabase = false;
        Published published = publish(false);
        assertEquals(List.of(), stub.complaints());
        assertEquals(
                List.of(
                        "CREATE DATABASE IF NOT EXISTS `features`",
                        "CREATE EXTERNAL TABLE IF NOT EXISTS `features`.`credit_history`",
                        "CREATE OR REPLACE VIEW \"features\".\"latest_credit_history\"",
                        "CREATE EXTERNAL TABLE IF NOT EXISTS `features`.`customer_profile`",
                        "CREATE OR REPLACE VIEW \"features\".\"latest_customer_profile\"",
                        "CREATE OR REPLACE VIEW \"features\".\"smew_release\""),
                ran());
        assertEquals(Published.Change.CREATED, published.tables().getFirst().change());
        assertEquals(
                "s3://lake/results/",
                stub.calls(AthenaStub.START)
                        .getFirst()
                        .json()
                        .get("ResultConfiguration")
                        .get("OutputLocation")
                        .asString());
        assertEquals(
                "analysts",
                stub.calls(AthenaStub.START).getFirst().json().get("WorkGroup").asString());
    }

    @Test
    void aTableWithTheSameColumnsMovesInOneStatement() {
        existing(
                "credit_history",
                OURS,
                "loan_id int",
                "id bigint",
                "loan_date timestamp",
                "loan_amount double",
                "instalment decimal(10,2)");
        assertEquals(
                List.of(Published.Change.MOVED, Published.Change.CREATED),
                publish(false).tables().stream().map(Published.Table::change).toList());
        assertEquals("ALTER TABLE `features`.`credit_history`", ran().getFirst());
        assertEquals("CREATE OR REPLACE VIEW \"features\".\"smew_release\"", ran().getLast());
        assertEquals(List.of(), stub.complaints());
    }

    @Test
    void aTableWithOtherColumnsIsRefusedBeforeAnythingIsChangedAndMadeAnewWhenTold() {
        existing("customer_profile", OURS, "id int", "town string", "age int");
        SmewException failed = refused();
        assertEquals(Fault.GATE, failed.fault());
        assertEquals(
                "features.customer_profile: the table exists with other columns: id is int there and bigint in the release,"
                        + " is_owner (boolean) is missing there, age (int) is there only. Give --replace to make it anew with"
                        + " those of the release.",
                failed.getMessage());
        assertEquals(List.of(), ran());
        publish(true);
        assertEquals(
                List.of(
                        "DROP TABLE IF EXISTS `features`.`customer_profile`",
                        "CREATE EXTERNAL TABLE IF NOT EXISTS `features`.`customer_profile`"),
                ran().subList(2, 4));
    }

    @Test
    void aTableOfSomebodyElseIsNeverTouched() {
        existing("customer_profile", Map.of("table_type", "ICEBERG"), "id bigint", "town string", "is_owner boolean");
        assertTrue(refused().getMessage().contains("which smew publish did not make"));
        SmewException told = assertThrows(SmewException.class, () -> publish(true));
        assertEquals(Fault.GATE, told.fault());
        assertEquals(List.of(), ran());
    }

    @Test
    void waitsThroughEveryState() {
        athena.states.addAll(List.of("QUEUED", "RUNNING", "RUNNING", "SUCCEEDED"));
        List<Duration> pauses = new ArrayList<>();
        publish(false, Examples.patience(Duration.ofHours(1), pauses));
        assertEquals(3, pauses.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FAILED | FAILED: SemanticException table not found. | failed (FAILED: SemanticException table not found). Tables before it",
                "FAILED | Access Denied: glue:CreateTable | Let the role or user of these credentials do it in the Glue catalogue",
                "CANCELLED | Query cancelled by user | was cancelled (Query cancelled by user)"
            })
    void aQueryThatFailsSaysWhy(String state, String reason, String expected) {
        athena.states.add(state);
        athena.reason = reason;
        SmewException failed = refused();
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(
                failed.getMessage().startsWith("Creating table features.credit_history in Athena: "),
                failed.getMessage());
        assertTrue(failed.getMessage().contains(expected), failed.getMessage());
        assertEquals(1, ran().size());
    }

    @Test
    void whatTakesTooLongIsStopped() {
        athena.stays = true;
        athena.states.add("RUNNING");
        SmewException failed = assertThrows(
                SmewException.class, () -> publish(false, Examples.patience(Duration.ofMinutes(1), new ArrayList<>())));
        assertEquals(Fault.OUTSIDE_SLOW, failed.fault());
        assertEquals(1, stub.calls(AthenaStub.STOP).size());
    }

    @Test
    void aBusyAthenaIsAskedAgainWhileTheQueryGoesOn() {
        athena.throttled = 4;
        publish(false);
        assertEquals(5, ran().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AccessDeniedException | not authorized to perform: athena:StartQueryExecution | OUTSIDE | access is denied",
                "InvalidRequestException | WorkGroup analysts is not found. | NOT_FOUND | there is no workgroup analysts",
                "InvalidRequestException | No output location provided. | CONFIGURATION | Give --output s3://bucket/results/",
                "InvalidRequestException | Queries of this type are not supported | OUTSIDE | AWS refused it (InvalidRequestException: Queries"
            })
    void aRefusalIsOneSentence(String code, String message, Fault fault, String expected) {
        athena.refusal = Reply.error(400, code, message);
        SmewException failed = refused();
        assertEquals(fault, failed.fault());
        assertTrue(failed.getMessage().contains(expected), failed.getMessage());
    }

    @Test
    void aCatalogueThatMayNotBeReadIsNotTakenForAnEmptyOne() {
        athena.catalogueDenied = true;
        SmewException failed = refused();
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(failed.getMessage().contains("glue:GetDatabase"), failed.getMessage());
        assertEquals(List.of(), ran());
    }
}
