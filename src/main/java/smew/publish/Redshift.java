package smew.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import smew.aws.Aws;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import software.amazon.awssdk.services.redshiftdata.RedshiftDataAsyncClient;
import software.amazon.awssdk.services.redshiftdata.model.DescribeStatementResponse;
import software.amazon.awssdk.services.redshiftdata.model.Field;
import software.amazon.awssdk.services.redshiftdata.model.GetStatementResultResponse;
import software.amazon.awssdk.services.redshiftdata.model.StatusString;

/** Loads feature views into Redshift through its Data API. */
final class Redshift {

    private final RedshiftDataAsyncClient client;
    private final RedshiftRequests requests;
    private final RedshiftFailure failure;
    private final Patience patience;

    Redshift(RedshiftDataAsyncClient client, String region, RedshiftRequests requests, Patience patience) {
        this.client = client;
        this.requests = requests;
        this.failure = new RedshiftFailure(requests.into(), region);
        this.patience = patience;
    }

    /**
     * Loads every view, one after the other, each in a transaction of its own.
     *
     * @param replace tables that have other columns too
     * @throws SmewException GATE when tables have other columns; OUTSIDE when Redshift failed, leaving that table as it was
     */
    Published publish(boolean replace, Progress progress) {
        List<RedshiftTable> tables = requests.tables();
        if (!replace) {
            RedshiftColumns there = columns(progress);
            List<Problem> problems = tables.stream()
                    .map(there::difference)
                    .flatMap(Optional::stream)
                    .toList();
            Differences.refuse("Redshift", problems);
        }
        List<Published.Table> done = new ArrayList<>();
        for (RedshiftTable table : tables) {
            try (Progress.Step step = progress.start("redshift " + table.view().name())) {
                load(table, step);
                step.result(String.format(Locale.ROOT, "%,d rows", table.view().rows()));
            }
            done.add(new Published.Table(
                    table.name(),
                    requests.into().schema() + "."
                            + LatestView.name(table.view().name()),
                    table.view().rows(),
                    requests.release().folder(table.view()),
                    Published.Change.LOADED));
        }
        return new Published(
                requests.release().release(),
                "Redshift " + requests.into().where() + ", database "
                        + requests.into().database(),
                done);
    }

    private RedshiftColumns columns(Progress progress) {
        String doing = "Looking at the tables of schema " + requests.into().schema() + " in Redshift";
        try (Progress.Step step = progress.start("redshift columns")) {
            String id =
                    started(doing, client.executeStatement(requests.columns())).id();
            DescribeStatementResponse ended = ended(doing, id, answer -> {});
            if (ended.status() != StatusString.FINISHED) {
                throw failure.unfinished(doing, ended, List.of());
            }
            List<List<Field>> rows = new ArrayList<>();
            String next = null;
            do {
                String page = next;
                GetStatementResultResponse result = Aws.await(
                        doing,
                        client.getStatementResult(request -> request.id(id).nextToken(page)));
                rows.addAll(result.records());
                next = result.nextToken();
            } while (next != null && !next.isEmpty());
            RedshiftColumns columns = RedshiftColumns.of(rows);
            step.result(columns.tables().size() + " of "
                    + requests.release().views().size() + " tables exist");
            return columns;
        }
    }

    private void load(RedshiftTable table, Progress.Step step) {
        String doing = "Publishing " + table.view().name() + " to Redshift";
        String id = started(doing, client.batchExecuteStatement(requests.load(table)))
                .id();
        List<RedshiftTable.Step> steps = table.steps();
        DescribeStatementResponse ended = ended(
                doing,
                id,
                answer -> step.done((double) answer.subStatements().stream()
                                .filter(part -> "FINISHED".equals(part.statusAsString()))
                                .count()
                        / steps.size()));
        if (ended.status() != StatusString.FINISHED) {
            throw failure.unfinished(doing, ended, steps);
        }
    }

    private <T> T started(String doing, CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failure.refused(doing, failed);
        }
    }

    /** The last word on a statement; one that takes too long is cancelled, and with it its transaction. */
    private DescribeStatementResponse ended(String doing, String id, Consumer<DescribeStatementResponse> heard) {
        return patience.until(
                        doing + ", asking how statement " + id + " is, which goes on in Redshift",
                        () -> client.describeStatement(request -> request.id(id)),
                        answer -> {
                            heard.accept(answer);
                            return switch (answer.status()) {
                                case FINISHED, FAILED, ABORTED -> true;
                                case SUBMITTED, PICKED, STARTED, ALL, UNKNOWN_TO_SDK_VERSION -> false;
                            };
                        })
                .orElseGet(() -> cancelled(doing, id));
    }

    /** Whatever ended before it could be cancelled has ended after all. */
    private DescribeStatementResponse cancelled(String doing, String id) {
        boolean cancelled = true;
        try {
            client.cancelStatement(request -> request.id(id)).join();
        } catch (CompletionException failed) {
            cancelled = false;
        }
        DescribeStatementResponse last = Aws.await(doing, client.describeStatement(request -> request.id(id)));
        if (last.status() == StatusString.FINISHED || last.status() == StatusString.FAILED) {
            return last;
        }
        throw new SmewException(
                Fault.OUTSIDE_SLOW,
                doing + ": statement " + id + " took longer than "
                        + patience.limit().toSeconds() + " s, and was "
                        + (cancelled
                                ? "cancelled; the table is as it was. "
                                : "not cancelled, because Redshift refused. ")
                        + "Give --timeout more, or " + requests.into().where() + " more capacity.");
    }
}
