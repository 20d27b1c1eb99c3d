package smew.serve;

import java.util.Optional;
import smew.model.PredictionLog;
import smew.release.Releases;

/**
 * What all requests of one server share.
 *
 * @param buffers to write answers into
 * @param log hears of predictions by id; empty: nobody does
 * @param sql answers queries over the warehouse; empty: there is none
 * @param releases of the store; empty where there is none
 * @param workbench the project whose SQL is shown; empty: none
 */
record Service(
        ServeSettings settings,
        JsonBuffers buffers,
        InFlight inFlight,
        Workers workers,
        Metrics metrics,
        Optional<PredictionLog> log,
        Optional<AccessLog> accessLog,
        Optional<SqlBox> sql,
        Optional<Releases> releases,
        Optional<Workbench> workbench) {

    /** The same without a log of predictions. */
    Service unlogged() {
        return new Service(
                settings, buffers, inFlight, workers, metrics, Optional.empty(), accessLog, sql, releases, workbench);
    }
}
