package smew.serve;

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
        return status("ready", call.snapshot());
    }

    static Answer ping(Call call) {
        if (call.snapshot().defaultModel().isEmpty()) {
            throw new SmewException(
                    Fault.NOT_READY,
                    "Release " + call.snapshot().release() + " has no model: only features are served.");
        }
        return status("ok", call.snapshot());
    }

    /** In the spelling of SageMaker. */
    static Answer executionParameters(Call call) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"MaxConcurrentTransforms\":").value(call.hosting().concurrentTransforms());
        json.raw(",\"BatchStrategy\":").text(call.hosting().batchStrategy());
        json.raw(",\"MaxPayloadInMB\":")
                .value(call.hosting().payloadMegabytes())
                .raw("}");
        return Answer.json(json);
    }

    private static Answer status(String status, Snapshot snapshot) {
        JsonBuffer json = new JsonBuffer();
        json.raw("{\"status\":").text(status);
        json.raw(",\"release\":").text(snapshot.release()).raw("}");
        return Answer.json(json);
    }
}
