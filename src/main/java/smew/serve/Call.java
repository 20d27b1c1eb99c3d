package smew.serve;

import java.util.List;
import java.util.Optional;

/**
 * One request, as a handler sees it: no socket, no thread.
 *
 * @param snapshot the one release that answers it
 * @param raw the path's parameters in the order of the template, still percent-encoded
 * @param query as it was sent, without its question mark; empty where there is none
 * @param body empty on routes that read none
 * @param contentType of the body, on routes that read one
 * @param writes the media type of the answer that the client likes best
 * @param idLimit how many ids one request may ask for
 * @param rowLimit how many rows one request may send
 * @param hosting what a host such as SageMaker is told
 * @param buffers to write answers into
 */
record Call(
        Snapshot snapshot,
        List<String> raw,
        String query,
        byte[] body,
        Optional<MediaType> contentType,
        MediaType writes,
        int idLimit,
        int rowLimit,
        ServeSettings.Hosting hosting,
        JsonBuffers buffers) {

    /** An empty buffer, for an answer that this thread gives back to whoever called it. */
    JsonBuffer json() {
        return buffers.take();
    }

    String parameter(int index) {
        return Percent.decode(raw.get(index));
    }

    /** The text that stands at the end of a path, as it was sent: a key is split at its commas before it is decoded. */
    String rawId() {
        return raw.getLast();
    }
}
