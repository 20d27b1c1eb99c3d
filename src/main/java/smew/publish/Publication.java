package smew.publish;

/** What publishing left: tables that were changed, or a text that says what would be done. */
public sealed interface Publication permits Published, Publication.Script {

    /**
     * Statements, or requests as JSON; nothing was run.
     *
     * @param text ends with a line break
     */
    record Script(String text) implements Publication {}
}
