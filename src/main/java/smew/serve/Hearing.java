package smew.serve;

import java.util.Optional;
import smew.model.PredictionLog;

/**
 * Who hears of what a server does. Opened and closed by whoever starts the server.
 *
 * @param predictions hears of predictions by id
 * @param access takes a line for each request
 */
public record Hearing(Optional<PredictionLog> predictions, Optional<AccessLog> access) {

    public static final Hearing NOBODY = new Hearing(Optional.empty(), Optional.empty());
}
