package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import smew.base.Json;

/**
 * What a handler answers with.
 *
 * @param mediaType empty where there is no body
 * @param tag by which a client tells whether it has this body already (RFC 9110, "ETag"); empty where it cannot
 * @param headers what else is said of it
 */
record Answer(int status, String mediaType, ByteBuffer body, String tag, Map<String, String> headers)
        implements Answered {

    static final String JSON = "application/json";

    static final String CSV = "text/csv";

    static final String TEXT = "text/plain";

    static final String SQL = "application/sql";

    static final String ARROW_STREAM = "application/vnd.apache.arrow.stream";
    static final String PARQUET = "application/vnd.apache.parquet";

    static final String JSON_LINES = "application/jsonlines";

    static final String PROBLEM = "application/problem+json";

    Answer(int status, String mediaType, ByteBuffer body) {
        this(status, mediaType, body, "", Map.of());
    }

    /** The same under a tag of letters, digits and dashes. */
    Answer tagged(String other) {
        // Weak: packed by gzip it is the same to whoever reads it, but not the same bytes.
        return new Answer(status, mediaType, body, "W/\"" + other + '"', headers);
    }

    /** Whether its tag is one of those in the lines of a header. A tag that is strong or weak is the same here. */
    boolean isAmong(Collection<String> known) {
        return Arrays.stream(String.join(",", known).split(",", -1))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || ("W/" + each.replaceFirst("^W/", "")).equals(tag));
    }

    /** The same with these headers. */
    Answer with(Map<String, String> others) {
        return new Answer(status, mediaType, body, tag, others);
    }

    static Answer json(JsonBuffer json) {
        return new Answer(200, JSON, json.toByteBuffer());
    }

    /** For answers that are not asked for often: Jackson maps the value. */
    static Answer json(Object value) {
        return new Answer(200, JSON, ByteBuffer.wrap(Json.bytes(value)));
    }

    static Answer csv(String text) {
        return new Answer(200, CSV + "; charset=utf-8", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
