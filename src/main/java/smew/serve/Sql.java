package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import smew.base.Fault;
import smew.base.Near;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** Queries over the warehouse: the text itself, or JSON with parameters. */
final class Sql {

    static final List<String> READS = List.of(Answer.JSON, Answer.SQL, Answer.TEXT);
    static final List<String> WRITES = List.of(Answer.JSON, Answer.CSV, Answer.ARROW_STREAM, Answer.PARQUET);

    /** Longer than anything that a person or a tool writes, and short enough to be parsed in no time. */
    private static final int LONGEST_BYTES = 100_000;

    private static final String SQL = "sql";

    private static final Set<String> MEMBERS = Set.of(SQL, "parameters", "limit");

    static final List<Route.Query> QUERIES = List.of(new Route.Query(SQL, "string", "One query."));

    private Sql() {}

    static Answered query(Call call) {
        SqlBox.Format format = format(call);
        byte[] body = call.body().bytes();
        if (body.length > LONGEST_BYTES) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading the query: its body has " + body.length + " bytes, expected at most " + LONGEST_BYTES
                            + ".");
        }
        boolean json =
                call.contentType().orElse(MediaType.of(Answer.SQL)).type().equals(Answer.JSON);
        SqlBox.Question question = json
                ? question(JsonBody.exact(body), format)
                : new SqlBox.Question(text(body), List.of(), Integer.MAX_VALUE, format);
        return answered(call, question);
    }

    private static SqlBox.Format format(Call call) {
        return switch (call.writes().type()) {
            case Answer.CSV -> SqlBox.Format.CSV;
            case Answer.ARROW_STREAM -> SqlBox.Format.ARROW;
            case Answer.PARQUET -> SqlBox.Format.PARQUET;
            default -> SqlBox.Format.JSON;
        };
    }

    private static Answered answered(Call call, SqlBox.Question question) {
        SqlBox box = call.service()
                .sql()
                .orElseThrow(
                        () -> new SmewException(
                                Fault.NOT_FOUND,
                                "This server answers no SQL: it was started with --no-sql, or serves one model without a store."));
        return new Answered.Later(box.ask(question).thenApply(result -> answer(result, question.format())));
    }

    /** The same for a query in the address, so that a result has one. */
    static Answered linked(Call call) {
        SqlBox.Format format = format(call);
        return answered(call, new SqlBox.Question(linked(call.query()), List.of(), Integer.MAX_VALUE, format));
    }

    private static String linked(String query) {
        if (!query.startsWith(SQL + "=") || query.contains("&")) {
            throw new SmewException(
                    Fault.USAGE, "Reading the address: expected /sql?sql=…, one query as text and nothing else.");
        }
        return Percent.decode(query.substring(SQL.length() + 1).replace("+", "%20"));
    }

    private static SqlBox.Question question(JsonNode body, SqlBox.Format format) {
        for (String name : body.propertyNames()) {
            if (!MEMBERS.contains(name)) {
                throw new SmewException(
                        Fault.USAGE,
                        "Reading the body: found the member " + Text.shown(name) + "." + Near.hint(name, MEMBERS));
            }
        }
        JsonNode sql = body.path(SQL);
        if (!sql.isString()) {
            throw new SmewException(Fault.USAGE, "Reading the body: expected {\"sql\":\"…\"}, one query as text.");
        }
        JsonNode parameters = body.path("parameters");
        if (!parameters.isMissingNode() && !parameters.isArray()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: parameters is no list, expected one value for each question mark of the query.");
        }
        JsonNode limit = body.path("limit");
        if (!limit.isMissingNode() && !(limit.isIntegralNumber() && limit.canConvertToInt() && limit.asInt() > 0)) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: limit is " + Text.shown(limit.toString()) + ", expected rows, from 1.");
        }
        return new SqlBox.Question(
                sql.asString(),
                parameters.valueStream().toList(),
                limit.isMissingNode() ? Integer.MAX_VALUE : limit.asInt(),
                format);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new SmewException(Fault.USAGE, "Reading the body: it is not UTF-8.", malformed);
        }
    }

    /** JSON says itself what the headers say of the other formats. */
    private static Answer answer(SqlBox.Result result, SqlBox.Format format) {
        ByteBuffer body = ByteBuffer.wrap(result.body());
        String type = switch (format) {
            case JSON -> Answer.JSON;
            case CSV -> Answer.CSV + "; charset=utf-8; header=present";
            case ARROW -> Answer.ARROW_STREAM;
            case PARQUET -> Answer.PARQUET;
        };
        return new Answer(200, type, body)
                .with(Map.of(
                        Canary.HEADER, result.release(), "X-Smew-Truncated", Boolean.toString(result.truncated())));
    }
}
