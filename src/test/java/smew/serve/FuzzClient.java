package smew.serve;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends such requests one after the other, on one connection as long as the server keeps it, and reads each answer to its end. */
public final class FuzzClient {

    private static final int SILENCE_MILLIS = 20_000;

    private final int port;
    private final long seed;
    private final FuzzRequests requests;

    /** Asks a server on this machine. */
    public FuzzClient(int port, long seed, FuzzRequests.Target target) {
        this.port = port;
        this.seed = seed;
        this.requests = new FuzzRequests(seed, target);
    }

    /**
     * What came back.
     *
     * @param good answers of 200
     * @param answers with a status
     * @param ended connections that the server closed without one
     */
    public record Outcome(int good, int answers, int ended) {}

    /**
     * Sends so many.
     *
     * @throws IllegalStateException naming the request that was answered 5xx, or not at all within 20 seconds
     */
    public Outcome send(int count) throws IOException {
        int good = 0;
        int answers = 0;
        int ended = 0;
        Connection connection = new Connection(port);
        try {
            for (int i = 0; i < count; i++) {
                byte[] request = requests.next();
                int status;
                try {
                    status = connection.ask(request);
                } catch (IOException broken) {
                    throw wrong(i, request, broken.toString());
                }
                if (status >= 500) {
                    throw wrong(i, request, "status " + status);
                }
                good += status == 200 ? 1 : 0;
                answers += status > 0 ? 1 : 0;
                ended += status > 0 ? 0 : 1;
                if (!connection.open) {
                    connection.close();
                    connection = new Connection(port);
                }
            }
        } finally {
            connection.close();
        }
        return new Outcome(good, answers, ended);
    }

    private IllegalStateException wrong(int index, byte[] request, String found) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return new IllegalStateException("Request " + index + " of seed " + seed + ": " + found + "\n"
                + text.substring(0, Math.min(2000, text.length())));
    }

    private static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private boolean open = true;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** The status; 0 where the connection ended without one. */
        int ask(byte[] request) throws IOException {
            try {
                socket.getOutputStream().write(request);
            } catch (IOException refused) {
                // Refused before it was sent whole; the answer may be there all the same.
                open = false;
            }
            String status = line();
            while (status.startsWith("HTTP/1.1 100")) {
                line();
                status = line();
            }
            if (status.isEmpty()) {
                open = false;
                return 0;
            }
            int code = Integer.parseInt(status.substring(9, 12));
            long length = 0;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Long.parseLong(lower.substring(15).strip());
                } else if (lower.startsWith("transfer-encoding:")) {
                    chunked = true;
                } else if (lower.startsWith("connection:") && lower.contains("close")) {
                    open = false;
                }
            }
            boolean none =
                    code == 204 || code == 304 || new String(request, 0, 5, StandardCharsets.US_ASCII).equals("HEAD ");
            if (!none) {
                if (chunked) {
                    readChunks();
                } else {
                    in.skipNBytes(length);
                }
            }
            return code;
        }

        private void readChunks() throws IOException {
            while (true) {
                int length = Integer.parseInt(line(), 16);
                in.skipNBytes(length);
                line();
                if (length == 0) {
                    return;
                }
            }
        }

        /** Empty at the end of the connection. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            try {
                for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
                    line.append((char) c);
                }
            } catch (SocketException reset) {
                open = false;
            }
            return line.toString().strip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
