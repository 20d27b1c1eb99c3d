package smew.serve;

import java.util.Optional;
import smew.model.PredictionLog;

/**
 * What a server works with beside its models. Opened and closed by whoever starts the server.
 *
 * @param predictions hears of predictions by id
 * @param access takes a line for each request
 * @param sql answers queries over the warehouse
 * @param workbench the project whose SQL is shown; with one, the server needs no release
 */
public record Companions(
        Optional<PredictionLog> predictions,
        Optional<AccessLog> access,
        Optional<SqlBox> sql,
        Optional<Workbench> workbench) {

    /** Without a project. */
    public Companions(Optional<PredictionLog> predictions, Optional<AccessLog> access, Optional<SqlBox> sql) {
        this(predictions, access, sql, Optional.empty());
    }

    public static final Companions NONE = new Companions(Optional.empty(), Optional.empty(), Optional.empty());
}
