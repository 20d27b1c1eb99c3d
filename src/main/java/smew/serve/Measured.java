package smew.serve;

import java.util.List;

/** What a server measures of itself, stated once: names, labels and what they mean. Those of the JVM come beside them. */
public enum Measured {
    REQUEST_DURATION(
            "smew_http_request_duration_seconds",
            "From having read the head of a request to the end of its answer; a histogram. Method and route are other where it meets none.",
            "method",
            "route",
            "status"),
    REQUESTS_IN_FLIGHT("smew_http_requests_in_flight", "Requests under way."),
    REQUESTS_WAITING("smew_http_requests_waiting", "Requests that wait for a thread."),
    REQUESTS_REFUSED("smew_http_requests_refused_total", "Requests that were turned away.", "reason"),
    PREDICTIONS(
            "smew_predictions_total",
            "Predictions that were answered; outcome is the predicted class, or number for a regression.",
            "model",
            "backend",
            "outcome"),
    ONLINE_ROWS("smew_online_rows", "Entities of a feature view or model that can be asked for.", "name"),
    FEATURE_AGE("smew_feature_age_seconds", "How long ago the newest event of a feature view was.", "view"),
    RELEASE("smew_release_info", "1 for the release that is served.", "release"),
    BACKEND_REQUESTS(
            "smew_backend_requests_total",
            "Requests for predictions from a backend: answered, failed, or fallback where the local model stood in.",
            "backend",
            "result"),
    CANARY_SHARE("smew_canary_share", "Share of the ids that the canary answers, 0 to 1.", "release"),
    CANARY_PREDICTIONS(
            "smew_canary_predictions_total",
            "Predictions by id beside a canary: answered by the current release, the canary, or as fallback by the current"
                    + " one where the canary has no answer.",
            "model",
            "side",
            "outcome"),
    SHADOW_PREDICTIONS(
            "smew_shadow_predictions_total",
            "Predictions that a shadow was compared with: same, different, missing where it has no answer, dropped where"
                    + " it was too slow, or failed.",
            "model",
            "release",
            "result"),
    SHADOW_DIFFERENCE(
            "smew_shadow_difference",
            "Absolute difference of the probability that the shadow gives (of numbers, as a share of the larger one); a"
                    + " histogram.",
            "model",
            "release"),
    PREDICTIONS_LOGGED("smew_predictions_logged_total", "Predictions that the log has written."),
    PREDICTIONS_WAITING("smew_predictions_waiting", "Predictions that wait to be logged."),
    PREDICTIONS_LOST("smew_predictions_lost_total", "Predictions that were answered and not logged.", "reason"),
    FEATURE_DRIFT(
            "smew_feature_drift_psi",
            "How far the newest logged predictions are from what a model was learned from, as PSI.",
            "model",
            "feature");

    private final String metric;
    private final String doc;

    /** Separated by commas: an enum holds nothing that could change. */
    private final String labels;

    Measured(String metric, String doc, String... labels) {
        this.metric = metric;
        this.doc = doc;
        this.labels = String.join(",", labels);
    }

    /** The name under which Prometheus finds it. */
    public String metric() {
        return metric;
    }

    /** One sentence. */
    public String doc() {
        return doc;
    }

    /** By what its values are told apart. Never an id. */
    public List<String> labels() {
        return labels.isEmpty() ? List.of() : List.of(labels.split(",", -1));
    }

    String[] labelNames() {
        return labels().toArray(String[]::new);
    }
}
