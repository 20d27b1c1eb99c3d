package smew.serve;

import java.util.List;
import java.util.stream.Stream;

/**
 * One route: routing, refusals and documentation come from here.
 *
 * @param method GET or POST; GET answers HEAD too
 * @param template segments separated by slashes; {@code {id}} stands for one segment that is not empty
 * @param access whether a token is needed where the server has one
 * @param reads media types of the request's body; empty: it reads none
 * @param writes media types of the answer, the default first
 * @param takes the shape of a body in JSON
 * @param gives the shape of an answer in JSON
 * @param queries what may stand behind the question mark
 * @param doc one sentence
 */
public record Route(
        Method method,
        String template,
        Access access,
        List<String> reads,
        List<String> writes,
        Shape takes,
        Shape gives,
        List<Query> queries,
        String doc,
        Handler handler) {

    /** The methods that Smew answers. */
    public enum Method {
        GET,
        POST
    }

    /** Who may ask. */
    public enum Access {
        /** Whoever reaches the port: probes come without a token. */
        ANYBODY,
        /** Whoever has the token, where the server has one. */
        TOKEN
    }

    /**
     * A parameter in the query.
     *
     * @param type in words of JSON Schema
     */
    record Query(String name, String type, String doc) {}

    /** Answers one call, without blocking. */
    @FunctionalInterface
    interface Handler {
        Answered answer(Call call);
    }

    /** The same route with this type as the default of its answers, if it writes it at all. */
    Route answeringIn(String type) {
        List<String> first = Stream.concat(writes.stream().filter(type::equals), writes.stream())
                .distinct()
                .toList();
        return new Route(method, template, access, reads, first, takes, gives, queries, doc, handler);
    }

    /** The same route with these parameters in its query. */
    Route asking(List<Query> asked) {
        return new Route(method, template, access, reads, writes, takes, gives, asked, doc, handler);
    }

    List<String> segments() {
        return List.of(template.substring(1).split("/", -1));
    }
}
