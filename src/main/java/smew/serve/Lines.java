package smew.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The lines of a stream, one after the other; only the one that it is at is held. */
final class Lines {

    private final InputStream in;
    private byte[] bytes = new byte[16 * 1024];
    private int from;
    private int length;
    private int end;
    private int number;
    private boolean ended;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false where there is none. */
    boolean next() {
        from += number == 0 ? 0 : length + 1;
        int at = from;
        while (true) {
            while (at < end && bytes[at] != '\n') {
                at++;
            }
            if (at < end || ended) {
                length = at - from;
                number++;
                return from < end;
            }
            at -= makeRoom();
            fill();
        }
    }

    /** Moves the line to the start where that is needed; answers how far. */
    private int makeRoom() {
        if (end < bytes.length) {
            return 0;
        }
        int moved = from;
        if (moved > 0) {
            System.arraycopy(bytes, from, bytes, 0, end - from);
        } else {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        from -= moved;
        end -= moved;
        return moved;
    }

    private void fill() {
        try {
            int read = in.read(bytes, end, bytes.length - end);
            ended = read < 0;
            end += Math.max(0, read);
        } catch (IOException broken) {
            throw Body.incomplete(broken);
        }
    }

    /** Its number, from 1. */
    int number() {
        return number;
    }

    /** Whether there is nothing but white space. */
    boolean isBlank() {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Its bytes, until the next one is asked for. */
    InputStream text() {
        return new ByteArrayInputStream(bytes, from, length);
    }
}
