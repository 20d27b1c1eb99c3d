package smew.duck;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBPreparedStatement;
import smew.base.Progress;

/** Asks a running statement every tenth of a second how far it is. */
final class Watch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 100;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Watch() {}

    static Watch over(Statement statement, Progress.Step step) {
        Watch watch = new Watch();
        Thread.ofVirtual().start(() -> watch.follow((DuckDBPreparedStatement) statement, step));
        return watch;
    }

    private void follow(DuckDBPreparedStatement statement, Progress.Step step) {
        try {
            while (!ended.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                double percentage = statement.getQueryProgress().getPercentage();
                if (percentage > 0) {
                    step.done(percentage / 100);
                }
            }
        } catch (InterruptedException | SQLException over) {
            // Progress is a courtesy: a statement that cannot tell how far it is still runs.
            return;
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
