package smew.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import smew.aws.StubAws;
import smew.aws.StubAws.Reply;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Progress;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** Redshift as its Data API plays it: what is asked, what is made of each answer. */
final class RedshiftTest {

    private StubAws stub;
    private RedshiftStub redshift;

    @BeforeEach
    void start() {
        stub = StubAws.start();
        redshift = new RedshiftStub(stub);
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    private Publication publish(boolean replace) {
        return publish(replace, Examples.patience());
    }

    private Publication publish(boolean replace, Patience patience) {
        return Publisher.publish(
                Examples.RELEASE, Examples.REDSHIFT, replace, Progress.NONE, stub.settings(), patience);
    }

    private SmewException refused() {
        SmewException failed = assertThrows(SmewException.class, () -> publish(false));
        assertEquals(List.of(), stub.complaints());
        return failed;
    }

    @Test
    void loadsEveryViewInATransactionOfItsOwn() {
        Published published = assertInstanceOf(Published.class, publish(false));
        assertEquals(List.of(), stub.complaints());
        assertEquals(
                List.of("public.credit_history", "public.customer_profile"),
                published.tables().stream().map(Published.Table::name).toList());
        assertEquals(
                List.of(Published.Change.LOADED, Published.Change.LOADED),
                published.tables().stream().map(Published.Table::change).toList());
        assertEquals(2, stub.calls(RedshiftStub.BATCH).size());
    }

    @Test
    void aDryRunShowsExactlyWhatIsSent() {
        publish(false);
        JsonNode shown =
                Json.tree(Publisher.script(Examples.RELEASE, Examples.REDSHIFT).text());
        List<JsonNode> sent = stub.calls().stream()
                .filter(call -> call.operation().endsWith("ExecuteStatement"))
                .map(StubAws.Call::json)
                .toList();
        assertEquals(3, sent.size());
        for (int index : Examples.indexes(sent)) {
            JsonNode request = sent.get(index);
            List<String> members = StreamSupport.stream(request.propertyNames().spliterator(), false)
                    .filter(name -> !name.equals("ClientToken"))
                    .toList();
            assertEquals(members.size(), shown.get(index).get("request").size());
            members.forEach(member -> assertEquals(
                    request.get(member), shown.get(index).get("request").get(member), member));
        }
    }

    @Test
    void waitsThroughEveryStateAndTellsHowFarItIs() {
        redshift.states.addAll(List.of("SUBMITTED", "PICKED", "STARTED", "STARTED", "FINISHED"));
        List<Duration> pauses = new ArrayList<>();
        List<String> told = new ArrayList<>();
        Publisher.publish(
                Examples.RELEASE,
                Examples.REDSHIFT,
                true,
                telling(told),
                stub.settings(),
                Examples.patience(Duration.ofHours(1), pauses));
        assertEquals(4, pauses.size());
        assertTrue(pauses.getFirst().compareTo(pauses.getLast()) < 0, pauses.toString());
        assertEquals("redshift credit_history", told.getFirst());
        assertEquals(
                List.of("0.0", "0.5", "1.0", "40,000 rows"),
                told.stream().skip(1).distinct().limit(4).toList());
        assertEquals(0, stub.calls(RedshiftStub.EXECUTE).size());
    }

    private static Progress telling(List<String> told) {
        return name -> {
            told.add(name);
            return new Progress.Step() {
                @Override
                public void done(double fraction) {
                    // Eleven statements make one batch.
                    told.add(String.valueOf(Math.round(fraction * 2) / 2.0));
                }

                @Override
                public void result(String text) {
                    told.add(text);
                }
            };
        };
    }

    @Test
    void aFailedStatementIsNamedWithItsReasonAndTheRestIsNotTried() {
        redshift.failingPart = 2;
        redshift.error = "ERROR: Spectrum Scan Error\n  Detail: incompatible Parquet schema for column town.";
        SmewException failed = refused();
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertEquals(
                "Publishing credit_history to Redshift: loading"
                        + " s3://lake/smew/releases/20261123T171549.239Z-648fb3eec821/features/credit_history/ failed (ERROR:"
                        + " Spectrum Scan Error Detail: incompatible Parquet schema for column town). The table is as it was."
                        + " Correct that, and publish again.",
                failed.getMessage());
        assertEquals(1, stub.calls(RedshiftStub.BATCH).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | S3ServiceException:Access Denied,Status 403 | OUTSIDE | Let the role arn:aws:iam::123456789012:role/",
                "3 | Divide by zero | OUTSIDE | COPY loaded another number of rows than the release has.",
                "5 | cannot drop table because other objects depend on it | OUTSIDE | WITH NO SCHEMA BINDING.",
                "1 | permission denied for schema public | OUTSIDE | Let the database user create tables in schema public",
                "1 | schema \"public\" does not exist | NOT_FOUND | give --schema another one.",
                "0 | FATAL: database \"dev\" does not exist | NOT_FOUND | there is no database dev in workgroup analytics"
            })
    void aReasonComesWithWhatToDo(int part, String error, Fault fault, String cure) {
        redshift.failingPart = part;
        redshift.error = error;
        SmewException failed = refused();
        assertEquals(fault, failed.fault());
        assertTrue(failed.getMessage().contains(cure), failed.getMessage());
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        redshift.refusal = Reply.error(400, "ValidationException", "Secrets Manager can't find the specified secret.");
        Destination.Redshift secret = new Destination.Redshift(
                Optional.of("w"), Optional.empty(), Optional.empty(), Optional.of("arn:s"), "dev", "public", "default");
        SmewException failed = assertThrows(
                SmewException.class,
                () -> Publisher.publish(
                        Examples.RELEASE, secret, false, Progress.NONE, stub.settings(), Examples.patience()));
        assertEquals(Fault.NOT_FOUND, failed.fault());
        assertTrue(failed.getMessage().contains("Check --secret-arn"), failed.getMessage());
    }

    @Test
    void anAbortedStatementSaysSo() {
        redshift.states.add("ABORTED");
        SmewException failed = assertThrows(SmewException.class, () -> publish(true));
        assertEquals(Fault.OUTSIDE, failed.fault());
        assertTrue(failed.getMessage().contains("or a limit of workgroup analytics, aborted it"), failed.getMessage());
        assertTrue(failed.getMessage().contains("The table is as it was"), failed.getMessage());
    }

    @Test
    void whatTakesTooLongIsCancelled() {
        redshift.states.addAll(List.of("STARTED"));
        redshift.stays = true;
        SmewException failed = assertThrows(
                SmewException.class, () -> publish(true, Examples.patience(Duration.ofMinutes(1), new ArrayList<>())));
        assertEquals(Fault.OUTSIDE_SLOW, failed.fault());
        assertTrue(failed.getMessage().contains("took longer than 60 s, and was cancelled"), failed.getMessage());
        assertEquals(1, stub.calls(RedshiftStub.CANCEL).size());
        assertEquals(List.of(), stub.complaints());
    }

    @Test
    void aBusyDataApiIsAskedAgainWhileTheLoadGoesOn() {
        redshift.throttled = 4;
        publish(true);
        assertEquals(2, stub.calls(RedshiftStub.BATCH).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | AccessDeniedException | User: x is not authorized to perform: redshift-data:ExecuteStatement | OUTSIDE | access is denied",
                "400 | ValidationException | Redshift endpoint doesn't exist in this region. | NOT_FOUND | there is no workgroup analytics in region eu-central-1",
                "404 | ResourceNotFoundException | workgroup not found | NOT_FOUND | there is no workgroup analytics in region eu-central-1",
                "400 | ExpiredTokenException | The security token is expired | OUTSIDE | the credentials have expired",
                "400 | ActiveStatementsExceededException | too many active | OUTSIDE | AWS refused it (ActiveStatementsExceededException: too many active)"
            },
            quoteCharacter = '^')
    void aRefusalIsOneSentence(int status, String code, String message, Fault fault, String expected) {
        redshift.refusal = Reply.error(status, code, message);
        SmewException failed = refused();
        assertEquals(fault, failed.fault());
        assertTrue(failed.getMessage().contains(expected), failed.getMessage());
    }

    @Test
    void tablesWithOtherColumnsAreRefusedWithEachDifference() {
        redshift.columns.add(List.of("credit_history", "id", "bigint", "", "", ""));
        redshift.columns.add(List.of("credit_history", "loan_date", "timestamp with time zone", "", "", ""));
        redshift.columns.add(List.of("credit_history", "loan_amount", "double precision", "", "", ""));
        redshift.columns.add(List.of("credit_history", "instalment", "numeric", "", "12", "2"));
        redshift.columns.add(List.of("credit_history", "remark", "character varying", "256", "", ""));
        redshift.columns.add(List.of("customer_profile", "id", "integer", "", "32", "0"));
        redshift.columns.add(List.of("customer_profile", "town", "character varying", "65535", "", ""));
        redshift.columns.add(List.of("customer_profile", "is_owner", "boolean", "", "", ""));
        SmewException failed = refused();
        assertEquals(Fault.GATE, failed.fault());
        assertEquals(2, failed.problems().size());
        assertEquals(
                "public.credit_history: the table exists with other columns: loan_date is TIMESTAMPTZ there and TIMESTAMP in the"
                        + " release, loan_id (INTEGER) is missing there, instalment is DECIMAL(12,2) there and DECIMAL(10,2) in"
                        + " the release, remark (VARCHAR(256)) is there only. Give --replace to make it anew with those of the"
                        + " release.",
                failed.problems().getFirst().toString());
        assertEquals(0, stub.calls(RedshiftStub.BATCH).size());
        publish(true);
        assertEquals(2, stub.calls(RedshiftStub.BATCH).size());
    }

    @Test
    void tablesWithTheSameColumnsAreReplaced() {
        redshift.columns.add(List.of("customer_profile", "is_owner", "boolean", "", "", ""));
        redshift.columns.add(List.of("customer_profile", "town", "character varying(65535)", "", "", ""));
        redshift.columns.add(List.of("customer_profile", "id", "bigint", "", "64", "0"));
        publish(false);
        assertEquals(2, stub.calls(RedshiftStub.RESULT).size(), "columns come in pages");
        assertEquals(2, stub.calls(RedshiftStub.BATCH).size());
    }
}
