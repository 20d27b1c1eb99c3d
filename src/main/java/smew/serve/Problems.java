package smew.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import smew.base.Fault;
import smew.base.Json;
import smew.base.Problem;
import smew.base.SmewException;
import tools.jackson.databind.JsonNode;

/** Every failure as RFC 9457 problem+json: type, title, status, detail, instance, and errors where there are several. */
final class Problems {

    /** Where whatever went wrong is ours, a client learns nothing of the inside but the number to quote. */
    private static final String OURS =
            "The server failed to answer, and its log says why under this request's instance.";

    private Problems() {}

    static Answer answer(SmewException failure, String requestId) {
        boolean ours = failure.fault().httpStatus() == Fault.INTERNAL.httpStatus();
        return ours
                ? answer(failure.fault(), OURS, List.of(), requestId)
                : answer(failure.fault(), firstLine(failure.getMessage()), failure.problems(), requestId);
    }

    static Answer answer(Fault fault, String detail, List<Problem> errors, String requestId) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"type\":").text("urn:smew:fault:" + fault.name().toLowerCase(Locale.ROOT));
        json.raw(",\"title\":").text(fault.title());
        json.raw(",\"status\":").value(fault.httpStatus());
        json.raw(",\"detail\":").text(detail);
        json.raw(",\"instance\":").text(requestId);
        if (!errors.isEmpty()) {
            json.raw(",\"errors\":[");
            for (int i = 0; i < errors.size(); i++) {
                json.raw(i == 0 ? "{\"where\":" : ",{\"where\":")
                        .text(errors.get(i).where());
                json.raw(",\"detail\":").text(errors.get(i).detail()).raw("}");
            }
            json.raw("]");
        }
        return new Answer(fault.httpStatus(), Answer.PROBLEM, json.raw("}").toByteBuffer());
    }

    static Answer ours(String requestId) {
        return answer(Fault.INTERNAL, OURS, List.of(), requestId);
    }

    /** A problem with more members, for clients that look for others. */
    static Answer extended(Answer problem, BiConsumer<JsonNode, JsonBuffer> more) {
        byte[] bytes = new byte[problem.body().remaining()];
        problem.body().duplicate().get(bytes);
        JsonBuffer json = new JsonBuffer().raw(Arrays.copyOf(bytes, bytes.length - 1));
        more.accept(Json.tree(bytes), json);
        return new Answer(problem.status(), problem.mediaType(), json.raw("}").toByteBuffer());
    }

    /** What follows on further lines stands in errors[]. */
    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
