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

    private static final List<String> IDS = List.of(Answer.JSON, Answer.ARROW_STREAM);

    /** What rows may come in, and predictions go out. */
    static final List<String> INVOCATIONS = List.of(Answer.JSON, Answer.CSV, Answer.JSON_LINES, Answer.ARROW_STREAM);

    private static final List<Route> TABLE = List.of(
            get(
                            "/predictions/{id}",
                            TOKEN,
                            Shape.PREDICTION,
                            "Online row of an entity and what the default model says of it; ?explain=true adds reasons.",
                            Predictions::one)
                    .asking(Explaining.QUERIES),
            ids(
                    "/predictions",
                    "The same for {\"ids\":[…]}, in the order asked, ?explain=true likewise; unknown ids are listed.",
                    Predictions::many),
            post(
                            "/predictions/{id}",
                            Shape.CHANGES,
                            Shape.PREDICTION,
                            "What if: the prediction for an entity with some of its features changed, {\"features\":{…}}.",
                            WhatIf::ofDefaultModel)
                    .asking(Explaining.QUERIES),
            get(
                    "/features/{id}",
                    TOKEN,
                    Shape.FEATURES,
                    "Online row of an entity: the inputs of the default model.",
                    Features::ofDefaultModel),
            get(
                    "/features/{view}/{id}",
                    TOKEN,
                    Shape.VIEW_FEATURES,
                    "Online row of an entity in a feature view.",
                    Features::ofView),
            get("/models", TOKEN, Shape.CARDS, "Cards of all models of the current release.", Models::all),
            get(
                    "/models/{name}",
                    TOKEN,
                    Shape.CARD,
                    "Card of a model: schema, parameters, metrics, provenance.",
                    Models::one),
            get(
                            "/models/{name}/predictions/{id}",
                            TOKEN,
                            Shape.PREDICTION,
                            "Online row of an entity and what a named model says of it; ?explain=true adds reasons.",
                            Predictions::oneOfModel)
                    .asking(Explaining.QUERIES),
            ids(
                    "/models/{name}/predictions",
                    "The same for {\"ids\":[…]}, ?explain=true likewise.",
                    Predictions::manyOfModel),
            post(
                            "/models/{name}/predictions/{id}",
                            Shape.CHANGES,
                            Shape.PREDICTION,
                            "What if: the same of a named model.",
                            WhatIf::ofModel)
                    .asking(Explaining.QUERIES),
            get(
                    "/models/{name}/features/{id}",
                    TOKEN,
                    Shape.FEATURES,
                    "Online row of an entity: the inputs of a named model.",
                    Features::ofModel),
            rows(
                    "/invocations",
                    "Predictions of the default model for rows in the body (SageMaker and MLflow shapes).",
                    Invocations::ofDefaultModel),
            rows(
                    "/models/{name}/invocations",
                    "Predictions of a named model for rows in the body.",
                    Invocations::ofModel),
            rows(
                    "/endpoints/{name}/invocations",
                    "The same as SageMaker's own API has it: the SDKs of AWS and aws sagemaker-runtime may ask.",
                    Invocations::ofEndpoint),
            get(
                    "/v2",
                    TOKEN,
                    Shape.OBJECT,
                    "Name and version of the server (Open Inference Protocol).",
                    OpenInference::server),
            get(
                    "/v2/health/live",
                    ANYBODY,
                    Shape.OBJECT,
                    "200 while the process lives (Open Inference Protocol).",
                    OpenInference::live),
            get(
                    "/v2/health/ready",
                    ANYBODY,
                    Shape.OBJECT,
                    "200 when requests can be answered (Open Inference Protocol).",
                    OpenInference::ready),
            get(
                    "/v2/models/{name}",
                    TOKEN,
                    Shape.TENSOR_MODEL,
                    "Inputs and outputs of a model (Open Inference Protocol).",
                    OpenInference::metadata),
            get(
                    "/v2/models/{name}/ready",
                    TOKEN,
                    Shape.OBJECT,
                    "200 when a model can be asked (Open Inference Protocol).",
                    OpenInference::modelReady),
            post(
                    "/v2/models/{name}/infer",
                    Shape.TENSORS,
                    Shape.INFERENCE,
                    "Predictions for rows as tensors (Open Inference Protocol).",
                    OpenInference::infer),
            get(
                    "/v2/models/{name}/versions/{version}",
                    TOKEN,
                    Shape.TENSOR_MODEL,
                    "The same of one release (Open Inference Protocol).",
                    OpenInference::metadata),
            get(
                    "/v2/models/{name}/versions/{version}/ready",
                    TOKEN,
                    Shape.OBJECT,
                    "The same of one release (Open Inference Protocol).",
                    OpenInference::modelReady),
            post(
                    "/v2/models/{name}/versions/{version}/infer",
                    Shape.TENSORS,
                    Shape.INFERENCE,
                    "The same by one release (Open Inference Protocol).",
                    OpenInference::infer),
            get("/ping", ANYBODY, Shape.STATUS, "200 when a model is loaded (SageMaker).", Probes::ping),
            get(
                    "/execution-parameters",
                    TOKEN,
                    Shape.OBJECT,
                    "How to send the requests of a batch transform (SageMaker).",
                    Probes::executionParameters),
            get("/livez", ANYBODY, Shape.STATUS, "200 while the process lives.", Probes::live),
            get("/readyz", ANYBODY, Shape.STATUS, "200 when requests can be answered.", Probes::ready),
            new Route(
                    GET,
                    "/metrics",
                    TOKEN,
                    NOTHING,
                    List.of(Answer.TEXT),
                    Shape.NOTHING,
                    Shape.TEXT,
                    List.of(),
                    "What the server measures of itself, as Prometheus reads it.",
                    Probes::metrics),
            get(
                    "/openapi.json",
                    TOKEN,
                    Shape.OBJECT,
                    "This table and the models of the release as OpenAPI 3.1.",
                    OpenApi::document),
            new Route(
                    POST,
                    "/sql",
                    TOKEN,
                    Sql.READS,
                    Sql.WRITES,
                    Shape.QUERY,
                    Shape.TABLE,
                    List.of(),
                    "Rows of the warehouse for one query, {\"sql\":\"…\"} or the SQL itself; as JSON, CSV, Arrow or Parquet.",
                    Sql::query),
            new Route(
                    GET,
                    "/sql",
                    TOKEN,
                    NOTHING,
                    Sql.WRITES,
                    Shape.NOTHING,
                    Shape.TABLE,
                    Sql.QUERIES,
                    "The same for a query in the address, /sql?sql=…, so that a result can be linked to.",
                    Sql::linked),
            get(
                    "/releases",
                    TOKEN,
                    Shape.RELEASES,
                    "The newest releases of the store, and which of them is served.",
                    ReleaseList::all),
            get(
                    "/releases/{release}",
                    TOKEN,
                    Shape.RELEASE,
                    "What a release was made from: its release.json; current is the one that is served.",
                    ReleaseList::one),
            get(
                    "/releases/{release}/sources",
                    TOKEN,
                    Shape.OBJECT,
                    "What each source of a release held: columns, types, nulls, ranges, distributions, and some rows.",
                    ReleaseList::sources),
            get(
                    "/releases/{release}/profiles/{name}",
                    TOKEN,
                    Shape.OBJECT,
                    "The same of the rows that a model of it learned from.",
                    ReleaseList::profile),
            get(
                    "/releases/{release}/lineage",
                    TOKEN,
                    Shape.OBJECT,
                    "Which columns of which relations each column of a release comes from.",
                    ReleaseList::lineage),
            get(
                    "/runs",
                    TOKEN,
                    Shape.OBJECT,
                    "What became of the newest runs, failed ones too, and when the next one is planned.",
                    Desk::runs),
            get(
                    "/project",
                    TOKEN,
                    Shape.OBJECT,
                    "The SQL of the project as it stands on disk, with what is wrong with it; smew ui answers it alone.",
                    Desk::project),
            post(
                    "/releases",
                    Shape.CURRENT,
                    Shape.RELEASES,
                    "Makes a release current, {\"current\":\"ID\"}, where the server has a token; servers follow.",
                    ReleaseList::makeCurrent),
            page("/", PageFiles.HTML, "The page.", PageFiles::index),
            page("/page/{file}", PageFiles.SCRIPT, "What the page is made of.", PageFiles::file));

    private Routes() {}

    /** All routes, in the order of documentation. */
    public static List<Route> table() {
        return TABLE;
    }

    private static Route get(String template, Route.Access access, Shape gives, String doc, Route.Handler handler) {
        return new Route(GET, template, access, NOTHING, JSON, Shape.NOTHING, gives, List.of(), doc, handler);
    }

    private static Route page(String template, String type, String doc, Route.Handler handler) {
        return new Route(
                GET,
                template,
                ANYBODY,
                NOTHING,
                List.of(type, PageFiles.STYLE),
                Shape.NOTHING,
                Shape.TEXT,
                List.of(),
                doc,
                handler);
    }

    private static Route post(String template, Shape takes, Shape gives, String doc, Route.Handler handler) {
        return new Route(POST, template, TOKEN, JSON, JSON, takes, gives, List.of(), doc, handler);
    }

    private static Route ids(String template, String doc, Route.Handler handler) {
        return new Route(
                POST, template, TOKEN, IDS, IDS, Shape.IDS, Shape.PREDICTIONS, Explaining.QUERIES, doc, handler);
    }

    private static Route rows(String template, String doc, Route.Handler handler) {
        return new Route(
                POST, template, TOKEN, INVOCATIONS, INVOCATIONS, Shape.ROWS, Shape.INVOCATION, List.of(), doc, handler);
    }
}
