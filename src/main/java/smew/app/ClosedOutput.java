package smew.app;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import smew.base.Fault;
import smew.base.SmewException;

/** Nobody reads standard output any more, as when it goes to {@code head}: the work ends, and quietly. */
final class ClosedOutput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ClosedOutput(IOException cause) {
        super(cause);
    }

    /** A print stream that fails at once where PrintStream would go on in silence: closed pipe, full disk. */
    static PrintStream over(OutputStream stream) {
        return new PrintStream(new Loud(stream), false, StandardCharsets.UTF_8);
    }

    private static final class Loud extends FilterOutputStream {

        Loud(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                throw loud(failed);
            }
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException failed) {
                throw loud(failed);
            }
        }

        private static RuntimeException loud(IOException failed) {
            String message = String.valueOf(failed.getMessage());
            // "Broken pipe" on Linux and macOS; Windows says that the pipe is being closed or has been ended.
            return message.toLowerCase(java.util.Locale.ROOT).contains("pipe")
                    ? new ClosedOutput(failed)
                    : new SmewException(Fault.OUTSIDE, "Writing to standard output: " + message + ".", failed);
        }
    }
}
