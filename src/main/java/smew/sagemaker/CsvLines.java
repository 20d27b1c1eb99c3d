package smew.sagemaker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fields of an answer in CSV: commas, quotes doubled inside quotes, any line ending; empty lines are none. */
final class CsvLines {

    private CsvLines() {}

    static List<List<String>> read(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
                line.add(field.toString());
                field.setLength(0);
                line = c == ',' ? line : ended(line, lines);
            } else {
                field.append(c);
            }
        }
        line.add(field.toString());
        ended(line, lines);
        return lines;
    }

    private static List<String> ended(List<String> line, List<List<String>> lines) {
        if (line.size() > 1 || !line.getFirst().isEmpty()) {
            lines.add(line);
        }
        return new ArrayList<>();
    }
}
