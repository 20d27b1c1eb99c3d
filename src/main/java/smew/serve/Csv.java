package smew.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Reads CSV (RFC 4180) in UTF-8, row by row: commas, quotes doubled inside quotes, any line ending; empty lines are skipped, and so
 * is a byte order mark. An empty field without quotes is null, one with quotes is the empty text.
 */
final class Csv {

    /** Far more than a model has inputs, and few enough to be held. */
    private static final int MOST_FIELDS = 100_000;

    private static final int BUFFER_CHARACTERS = 16 * 1024;
    private static final int END = -1;
    private static final char MARK = '\uFEFF';

    private final Reader reader;
    private final char[] buffer = new char[BUFFER_CHARACTERS];
    private final StringBuilder text = new StringBuilder();
    private int at;
    private int end;
    private int line = 1;

    Csv(InputStream in) {
        // The decoder of a charset's name would put a question mark where there is no text.
        this.reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
        if (peek() == MARK) {
            at++;
        }
    }

    /**
     * The next row that is not empty; null at the end.
     *
     * @throws SmewException USAGE when a quote is left open or followed by text, naming the line, or what comes is no UTF-8
     */
    @Nullable
    List<@Nullable String> next() {
        while (peek() != END) {
            List<@Nullable String> row = row();
            if (row.size() > 1 || row.getFirst() != null) {
                return row;
            }
        }
        return null;
    }

    private List<@Nullable String> row() {
        List<@Nullable String> row = new ArrayList<>();
        while (true) {
            if (row.size() == MOST_FIELDS) {
                throw malformed(line, "a row has more than " + MOST_FIELDS + " fields");
            }
            row.add(peek() == '"' ? quoted() : plain());
            int separator = peek();
            if (separator == END) {
                return row;
            }
            if (separator != ',' && separator != '\r' && separator != '\n') {
                throw malformed(line, "text follows a closing quote");
            }
            at++;
            if (separator != ',') {
                if (separator == '\r' && peek() == '\n') {
                    at++;
                }
                line++;
                return row;
            }
        }
    }

    private @Nullable String plain() {
        text.setLength(0);
        while (peek() != END) {
            int from = at;
            while (at < end && !isEnd(buffer[at])) {
                at++;
            }
            text.append(buffer, from, at - from);
            if (at < end) {
                break;
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private String quoted() {
        int opened = line;
        text.setLength(0);
        at++;
        for (int c = peek(); c != END; c = peek()) {
            at++;
            if (c == '"') {
                if (peek() != '"') {
                    return text.toString();
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            text.append((char) c);
        }
        throw malformed(opened, "a quote is opened and never closed");
    }

    /** The next character, which stays the next one until {@code at} moves on. */
    private int peek() {
        return at < end || fill() ? buffer[at] : END;
    }

    private boolean fill() {
        try {
            at = 0;
            end = Math.max(0, reader.read(buffer));
            return end > 0;
        } catch (CharacterCodingException noText) {
            throw new SmewException(Fault.USAGE, "Reading the body: it is no UTF-8, expected CSV.", noText);
        } catch (IOException broken) {
            throw Body.incomplete(broken);
        }
    }

    private static boolean isEnd(char c) {
        return c == ',' || c == '\r' || c == '\n';
    }

    private static SmewException malformed(int line, String found) {
        return new SmewException(
                Fault.USAGE, "Reading the body line " + line + ": " + found + ", expected CSV as RFC 4180 has it.");
    }
}
