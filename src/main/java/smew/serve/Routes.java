package smew.serve;

import static smew.serve.Route.Access.ANYBODY;
import static smew.serve.Route.Access.TOKEN;
import static smew.serve.Route.Method.GET;
import static smew.serve.Route.Method.POST;

import java.util.List;

/** Every route of Smew, stated once. */
public final class Routes {

    private static final List<String> NOTHING = List.of();
    private static final List<String> JSON = List.of(Answer.JSON);

    /** What rows may come in, and predictions go out. */
    static final List<String> INVOCATIONS = List.of(Answer.JSON, Answer.CSV, Answer.JSON_LINES);

    private static final List<Route> TABLE = List.of(
            get(
                    "/predictions/{id}",
                    TOKEN,
                    "Online row of an entity and what the default model says of it; ?explain=true adds reasons.",
                    Predictions::one),
            post(
                    "/predictions",
                    JSON,
                    JSON,
                    "The same for {\"ids\":[…]}, in the order asked, ?explain=true likewise; unknown ids are listed.",
                    Predictions::many),
            get(
                    "/features/{id}",
                    TOKEN,
                    "Online row of an entity: the inputs of the default model.",
                    Features::ofDefaultModel),
            get("/features/{view}/{id}", TOKEN, "Online row of an entity in a feature view.", Features::ofView),
            get("/models", TOKEN, "Cards of all models of the current release.", Models::all),
            get("/models/{name}", TOKEN, "Card of a model: schema, parameters, metrics, provenance.", Models::one),
            get(
                    "/models/{name}/predictions/{id}",
                    TOKEN,
                    "Online row of an entity and what a named model says of it; ?explain=true adds reasons.",
                    Predictions::oneOfModel),
            post(
                    "/models/{name}/predictions",
                    JSON,
                    JSON,
                    "The same for {\"ids\":[…]}, ?explain=true likewise.",
                    Predictions::manyOfModel),
            get(
                    "/models/{name}/features/{id}",
                    TOKEN,
                    "Online row of an entity: the inputs of a named model.",
                    Features::ofModel),
            post(
                    "/invocations",
                    INVOCATIONS,
                    INVOCATIONS,
                    "Predictions of the default model for rows in the body (SageMaker and MLflow shapes).",
                    Invocations::ofDefaultModel),
            post(
                    "/models/{name}/invocations",
                    INVOCATIONS,
                    INVOCATIONS,
                    "Predictions of a named model for rows in the body.",
                    Invocations::ofModel),
            post(
                    "/endpoints/{name}/invocations",
                    INVOCATIONS,
                    INVOCATIONS,
                    "The same as SageMaker's own API has it: the SDKs of AWS and aws sagemaker-runtime may ask.",
                    Invocations::ofEndpoint),
            get("/ping", ANYBODY, "200 when a model is loaded (SageMaker).", Probes::ping),
            get(
                    "/execution-parameters",
                    TOKEN,
                    "How to send the requests of a batch transform (SageMaker).",
                    Probes::executionParameters),
            get("/livez", ANYBODY, "200 while the process lives.", Probes::live),
            get("/readyz", ANYBODY, "200 when requests can be answered.", Probes::ready),
            new Route(
                    GET,
                    "/metrics",
                    TOKEN,
                    NOTHING,
                    List.of(Answer.TEXT),
                    "What the server measures of itself, as Prometheus reads it.",
                    Probes::metrics));

    private Routes() {}

    /** All routes, in the order of documentation. */
    public static List<Route> table() {
        return TABLE;
    }

    private static Route get(String template, Route.Access access, String doc, Route.Handler handler) {
        return new Route(GET, template, access, NOTHING, JSON, doc, handler);
    }

    private static Route post(
            String template, List<String> reads, List<String> writes, String doc, Route.Handler handler) {
        return new Route(POST, template, TOKEN, reads, writes, doc, handler);
    }
}
