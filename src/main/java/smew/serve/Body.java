package smew.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import smew.base.Fault;
import smew.base.SmewException;

/** The body of a request, read once: from memory, or as it comes in. Unpacked if it is packed; never longer than the limit. */
final class Body {

    static final Body NONE = new Body(InputStream.nullInputStream());

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;

    private Body(InputStream in) {
        this.in = in;
    }

    /**
     * Prepares for reading.
     *
     * @param gzip whether it is packed
     * @param limitBytes how long it may be, packed and unpacked
     */
    static Body of(InputStream raw, boolean gzip, long limitBytes) {
        InputStream limited = new Limited(raw, limitBytes);
        return new Body(gzip ? new Limited(new Unpacked(limited), limitBytes) : limited);
    }

    static Body of(byte[] bytes, boolean gzip, long limitBytes) {
        return of(new ByteArrayInputStream(bytes), gzip, limitBytes);
    }

    /** All of it in memory. */
    byte[] bytes() {
        try {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw incomplete(failed);
        }
    }

    /** As it comes in; reading fails as {@link #incomplete} says where it breaks off. */
    InputStream stream() {
        return in;
    }

    static SmewException incomplete(IOException failed) {
        return new SmewException(Fault.USAGE, "The body ended before it was complete.", failed);
    }

    static SmewException tooLarge(long limitBytes) {
        return new SmewException(
                Fault.TOO_LARGE,
                "The body is larger than " + limitBytes
                        + " bytes, which is the limit of this server. Send it in parts.");
    }

    /** Opens its packed source when it is first read, because the head of a gzip file is read when it is opened. */
    private static final class Unpacked extends BlockStream {

        private final InputStream packed;
        private InputStream unpacked = InputStream.nullInputStream();
        private boolean open;

        Unpacked(InputStream packed) {
            this.packed = packed;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                if (!open) {
                    unpacked = new GZIPInputStream(packed, BUFFER_BYTES);
                    open = true;
                }
                return unpacked.read(bytes, from, count);
            } catch (IOException damaged) {
                throw new SmewException(
                        Fault.USAGE,
                        "Unpacking the body: it is no gzip, or ends before it is complete (" + damaged.getMessage()
                                + ").",
                        damaged);
            }
        }
    }

    /** Refuses to read more than a limit. */
    private static final class Limited extends BlockStream {

        private final InputStream from;
        private final long limitBytes;
        private long left;

        Limited(InputStream from, long limitBytes) {
            this.from = from;
            this.limitBytes = limitBytes;
            this.left = limitBytes;
        }

        @Override
        public int read(byte[] bytes, int start, int count) throws IOException {
            int read = from.read(bytes, start, count);
            left -= Math.max(0, read);
            if (left < 0) {
                throw tooLarge(limitBytes);
            }
            return read;
        }
    }
}
