package smew.lint;

import smew.project.Place;

/** What became of a file that was to be laid out. */
public sealed interface Formatted {

    /** It is as it should be. */
    record Same() implements Formatted {}

    /** It reads better so. */
    record Changed(String text) implements Formatted {}

    /**
     * It is left alone.
     *
     * @param reason what was found, and what to do
     */
    record Refused(Place place, String reason) implements Formatted {}
}
