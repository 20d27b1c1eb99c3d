package smew.serve;

import java.util.concurrent.LinkedBlockingDeque;

/**
 * Memory to write answers into, so that they leave no garbage of their size behind: for short ones a {@link JsonBuffer} for each thread
 * that answers, and for those that are sent in pieces one each from a common store.
 *
 * <p>Whoever takes the one of its thread has its answer sent by the same thread before that thread takes it again; the sending copies
 * what is not longer than {@link #SHARED_BYTES}, and a buffer that held more is given away.
 */
final class JsonBuffers {

    /** As long as the buffers of the server's pool. */
    static final int SHARED_BYTES = 16 * 1024;

    /** How many are kept for the next answers in pieces. */
    private static final int MOST_KEPT = 64;

    /** Those that grew beyond this are not. */
    private static final int LONGEST_KEPT = 4 * Pieces.BYTES;

    private final ThreadLocal<JsonBuffer> own = ThreadLocal.withInitial(JsonBuffer::new);
    private final LinkedBlockingDeque<JsonBuffer> kept = new LinkedBlockingDeque<>(MOST_KEPT);

    /** The empty buffer of this thread. */
    JsonBuffer take() {
        JsonBuffer buffer = own.get();
        if (buffer.length() > SHARED_BYTES) {
            buffer = new JsonBuffer();
            own.set(buffer);
        }
        return buffer.clear();
    }

    /** An empty buffer that nobody else has until it is given back, if it ever is. */
    JsonBuffer lend() {
        JsonBuffer last = kept.pollFirst();
        return last == null ? new JsonBuffer() : last.clear();
    }

    /** Takes a buffer that nobody will read or write any more. */
    void giveBack(JsonBuffer buffer) {
        if (buffer.capacity() <= LONGEST_KEPT) {
            boolean _ = kept.offerFirst(buffer);
        }
    }
}
