package smew.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import smew.base.Json;

/** What a handler answers with: a status, a media type and a body. */
record Answer(int status, String mediaType, ByteBuffer body) implements Answered {

    static final String JSON = "application/json";

    static final String CSV = "text/csv";

    static final String TEXT = "text/plain";

    static final String JSON_LINES = "application/jsonlines";

    static final String PROBLEM = "application/problem+json";

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
