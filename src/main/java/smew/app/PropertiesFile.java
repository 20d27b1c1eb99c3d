package smew.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a properties file as Java does, and keeps the line of every key, which java.util.Properties forgets. */
final class PropertiesFile {

    private PropertiesFile() {}

    /** One key, its value, and its first line, from 1. */
    record Entry(String key, String value, int line) {}

    /**
     * Every entry in file order; a repeated key is repeated.
     *
     * @throws IllegalArgumentException when an escape is malformed, naming the line
     */
    static List<Entry> read(Reader text) throws IOException {
        List<Entry> entries = new ArrayList<>();
        BufferedReader lines = new BufferedReader(text);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int first = ++number;
            StringBuilder logical = new StringBuilder(line);
            while (continues(logical) && (line = lines.readLine()) != null) {
                number++;
                logical.append('\n').append(line);
            }
            entries.addAll(parse(logical.toString(), first));
        }
        return entries;
    }

    /** Whether an odd number of backslashes ends a line that is no comment. */
    private static boolean continues(CharSequence line) {
        String text = line.toString();
        String start = text.stripLeading();
        if (start.startsWith("#") || start.startsWith("!")) {
            return false;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return (text.length() - end) % 2 == 1;
    }

    private static List<Entry> parse(String logical, int line) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(logical));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("line " + line + ": " + malformed.getMessage(), malformed);
        }
        return properties.stringPropertyNames().stream()
                .map(key -> new Entry(key, properties.getProperty(key).strip(), line))
                .toList();
    }
}
