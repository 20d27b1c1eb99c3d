package smew.serve;

/**
 * A {@link JsonBuffer} for each thread that answers, so that a prediction leaves no garbage of its size behind. Whoever takes one
 * has its answer sent by the same thread before that thread takes it again; the sending copies what is not longer than
 * {@link #SHARED_BYTES}, and a buffer that held more is given away.
 */
final class JsonBuffers {

    /** As long as the buffers of the server's pool. */
    static final int SHARED_BYTES = 16 * 1024;

    private final ThreadLocal<JsonBuffer> own = ThreadLocal.withInitial(JsonBuffer::new);

    /** The empty buffer of this thread. */
    JsonBuffer take() {
        JsonBuffer buffer = own.get();
        if (buffer.length() > SHARED_BYTES) {
            buffer = new JsonBuffer();
            own.set(buffer);
        }
        return buffer.clear();
    }
}
