package smew.duck;

/**
 * Where a statement comes from, so that an error can name the analyst's file and line.
 *
 * @param doing what the engine does with it, as an error begins: {@code Running}
 * @param path the file, {@code sql/features/credit_history.sql}; for engine SQL what it is about
 * @param linesBefore lines of the statement that stand before line 1 of the file
 */
public record Origin(String doing, String path, int linesBefore) {

    /** SQL of the engine's own; an error in it names what was being done. */
    public static Origin engine(String doing, String what) {
        return new Origin(doing, what, -1);
    }

    /** Whether no file of an analyst is behind it. */
    boolean isOfEngine() {
        return linesBefore < 0;
    }

    /** The place in the analyst's file for a line of the statement, from 1. */
    String place(int line) {
        return isOfEngine() || line <= linesBefore ? path : path + ":" + (line - linesBefore);
    }
}
