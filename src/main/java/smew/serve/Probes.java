package smew.serve;

import java.nio.ByteBuffer;
import java.util.Map;
import smew.base.Fault;
import smew.base.SmewException;

/** Whether the server lives, can answer, and has a model. While it stops, all of them say no. */
final class Probes {

    private Probes() {}

    static Answer live(Call call) {
        return Answer.json(Map.of("status", "alive"));
    }

    static Answer ready(Call call) {
        requireStaying(call);
        return status("ready", call);
    }

    static Answer ping(Call call) {
        requireStaying(call);
        call.snapshot().require();
        if (call.snapshot().defaultModel().isEmpty()) {
            throw new SmewException(
                    Fault.NOT_READY,
                    "Release " + call.snapshot().release() + " has no model: only features are served.");
        }
        return status("ok", call);
    }

    /** In the spelling of SageMaker. */
    static Answer executionParameters(Call call) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"MaxConcurrentTransforms\":")
                .value(call.service().settings().hosting().concurrentTransforms());
        json.raw(",\"BatchStrategy\":").text(call.service().settings().hosting().batchStrategy());
        json.raw(",\"MaxPayloadInMB\":")
                .value(call.service().settings().hosting().payloadMegabytes())
                .raw("}");
        return Answer.json(json);
    }

    /** Who is about to stop gets no more work, though it still answers. */
    static void requireStaying(Call call) {
        if (call.service().inFlight().isLeaving()) {
            throw new SmewException(Fault.NOT_READY, "The server is stopping. Ask another one, or again in a moment.");
        }
    }

    static Answer metrics(Call call) {
        return new Answer(
                200,
                Metrics.MEDIA_TYPE,
                ByteBuffer.wrap(call.service().metrics().text()));
    }

    /** What the page looks at to notice that something else is to be shown. */
    private static Answer status(String status, Call call) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"status\":").text(status);
        call.snapshot().made().ifPresent(release -> json.raw(",\"release\":").text(release));
        call.service()
                .workbench()
                .ifPresent(project -> json.raw(",\"project\":").text(project.digest()));
        return Answer.json(json.raw("}"));
    }
}
