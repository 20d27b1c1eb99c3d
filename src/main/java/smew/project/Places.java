package smew.project;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Says where in a text something stands. */
public final class Places {

    private final String text;
    private final byte[] bytes;
    /** Where each line starts, as an offset into the text. */
    private final int[] lines;

    public Places(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.lines = lines(text);
    }

    private static int[] lines(String text) {
        int[] found = new int
                [1 + (int) text.chars().filter(character -> character == '\n').count()];
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            found[line++] = at + 1;
        }
        return found;
    }

    /** The stretch of some bytes, as DuckDB counts: in UTF-8. What reaches over the end is cut. */
    public Place bytes(long offset, long length) {
        int from = characters(offset);
        return characters(from, Math.max(from, characters(offset + length)));
    }

    /** The stretch between two offsets into the text. */
    public Place characters(int from, int to) {
        int last = to > from ? line(to - 1) : line(from);
        return new Place(line(from), 1 + from - start(line(from)), last, 1 + to - start(last));
    }

    /** The same stretch without what lies behind the end of a line: what is known to be a line only becomes its text. */
    public Place within(Place place) {
        int line = Math.min(place.line(), lines.length);
        if (place.endLine() != place.line() || place.endColumn() < Integer.MAX_VALUE) {
            return place;
        }
        int from = start(line);
        int end = line < lines.length ? lines[line] - 1 : text.length();
        String content = text.substring(from, end);
        int blanks = content.length() - content.stripLeading().length();
        return new Place(
                line,
                1 + Math.min(blanks, content.stripTrailing().length()),
                line,
                1 + content.stripTrailing().length());
    }

    /** The offset into the text of an offset in bytes. */
    private int characters(long offset) {
        int end = Math.clamp(offset, 0, bytes.length);
        return new String(bytes, 0, end, StandardCharsets.UTF_8).length();
    }

    private int line(int offset) {
        int found = Arrays.binarySearch(lines, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private int start(int line) {
        return lines[line - 1];
    }
}
