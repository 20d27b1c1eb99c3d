package smew.serve;

/** What clients sent, cut to a length that fits a sentence. */
final class Text {

    private static final int SHOWN_CHARACTERS = 80;

    private Text() {}

    static String shown(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
