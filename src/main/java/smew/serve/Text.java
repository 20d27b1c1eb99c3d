package smew.serve;

/** What clients sent, cut to a length that fits a sentence. */
final class Text {

    private static final int SHOWN_CHARACTERS = 80;

    private Text() {}

    static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** The same length, without what would end a line or a quotation. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' || c == '"' || c == 0x7f) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }
}
