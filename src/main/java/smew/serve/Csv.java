package smew.serve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;

/**
 * Reads CSV (RFC 4180): commas, quotes doubled inside quotes, any line ending; empty lines are skipped. An empty field without
 * quotes is null, one with quotes is the empty text.
 */
final class Csv {

    private final String text;
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private List<@Nullable String> row = new ArrayList<>();
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
    }

    /**
     * The rows, up to a number of them: what follows is not looked at.
     *
     * @throws SmewException USAGE when a quote is left open or followed by text, naming the line
     */
    static List<List<@Nullable String>> read(String text, long most) {
        Csv csv = new Csv(text);
        while (csv.at < text.length() && csv.rows.size() < most) {
            csv.field();
        }
        csv.endRow();
        return csv.rows;
    }

    private void field() {
        if (text.charAt(at) == '"') {
            row.add(quoted());
        } else {
            int end = at;
            while (end < text.length() && !isEnd(text.charAt(end))) {
                end++;
            }
            row.add(end == at ? null : text.substring(at, end));
            at = end;
        }
        separator();
    }

    private String quoted() {
        int opened = line;
        StringBuilder field = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
                    at++;
                    return field.toString();
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            field.append(c);
        }
        throw malformed(opened, "a quote is opened and never closed");
    }

    private void separator() {
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at++);
        if (c == ',') {
            if (at == text.length() || text.charAt(at) == '\r' || text.charAt(at) == '\n') {
                row.add(null);
                if (at < text.length()) {
                    separator();
                }
            }
        } else if (c == '\r' || c == '\n') {
            if (c == '\r' && at < text.length() && text.charAt(at) == '\n') {
                at++;
            }
            line++;
            endRow();
        } else {
            throw malformed(line, "text follows a closing quote");
        }
    }

    private void endRow() {
        boolean empty = row.isEmpty() || (row.size() == 1 && row.getFirst() == null);
        if (!empty) {
            rows.add(row);
        }
        row = new ArrayList<>();
    }

    private static boolean isEnd(char c) {
        return c == ',' || c == '\r' || c == '\n';
    }

    private static SmewException malformed(int line, String found) {
        return new SmewException(
                Fault.USAGE, "Reading the body line " + line + ": " + found + ", expected CSV as RFC 4180 has it.");
    }
}
