package smew.project;

/**
 * A stretch of a file's text. Lines and columns count from 1, columns in UTF-16 code units as editors count them.
 *
 * @param endLine line of its last character
 * @param endColumn just behind its last character
 */
public record Place(int line, int column, int endLine, int endColumn) {

    public Place {
        if (line < 1 || column < 1 || endLine < line || (endLine == line && endColumn < column)) {
            throw new IllegalArgumentException(
                    "No stretch of text: " + line + ":" + column + " to " + endLine + ":" + endColumn + ".");
        }
    }
}
