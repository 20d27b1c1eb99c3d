package smew.serve;

/** An answer that is written piece by piece, as the client takes it. */
interface Pieces {

    /** A piece has about so many bytes. */
    int BYTES = 64 * 1024;

    /** Adds the next piece; false where it was the last. */
    boolean next(JsonBuffer buffer);
}
