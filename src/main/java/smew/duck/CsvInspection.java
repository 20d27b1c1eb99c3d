package smew.duck;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Finds the first row of a CSV file that cannot be part of it. DuckDB names the line of a bad row, but not when the row is
 * among the first ones, from which it guesses the dialect: then this reads the file once more, row by row.
 */
public final class CsvInspection {

    private static final int GZIP_MAGIC = 0x1f8b;

    private static final String DELIMITERS = ",;\t|";

    private char delimiter;
    private int width;
    private long line = 1;

    private CsvInspection() {}

    /**
     * What is wrong with the first bad row, as {@code line 3: found 2 columns, expected 3}.
     *
     * @return empty where no row is bad, or the file cannot be read at all
     */
    public static Optional<String> firstBadRow(Path file) {
        try (InputStream in = open(file)) {
            return new CsvInspection().read(in);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP_MAGIC ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    /** Rows end at a line break outside of quotes. */
    private Optional<String> read(InputStream in) throws IOException {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        boolean quoted = false;
        long lines = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            quoted ^= next == '"';
            lines += next == '\n' ? 1 : 0;
            if (next == '\n' && !quoted) {
                Optional<String> bad = check(row.toByteArray());
                if (bad.isPresent()) {
                    return bad;
                }
                row.reset();
                line += lines;
                lines = 0;
            } else {
                row.write(next);
            }
        }
        return row.size() == 0 ? Optional.empty() : check(row.toByteArray());
    }

    private Optional<String> check(byte[] row) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(row))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return Optional.of("line " + line + ": the text is not UTF-8");
        }
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (width == 0) {
            delimiter = mostFrequent(text);
            width = columns(text);
        }
        int found = columns(text);
        return found == width
                ? Optional.empty()
                : Optional.of("line " + line + ": found " + found + " columns, expected " + width);
    }

    private static char mostFrequent(String header) {
        return (char) DELIMITERS
                .chars()
                .boxed()
                .max(Comparator.comparingLong(candidate -> count(header, candidate)))
                .orElseThrow()
                .intValue();
    }

    private static long count(String text, int wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private int columns(String row) {
        boolean quoted = false;
        int columns = 1;
        for (int i = 0; i < row.length(); i++) {
            quoted ^= row.charAt(i) == '"';
            columns += row.charAt(i) == delimiter && !quoted ? 1 : 0;
        }
        return columns;
    }
}
