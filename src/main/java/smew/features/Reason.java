package smew.features;

/**
 * Why a relation may give other rows than it gave in a release.
 *
 * @param text a clause without its full stop
 */
public record Reason(Cause cause, String text) {

    /** What differs. */
    public enum Cause {
        /** The release did not have it. */
        NEW,
        /** Its SQL, beyond comments and layout. */
        SQL,
        /** Its entity or event time. */
        KEYS,
        /** The files that it reads. */
        INPUT,
        /** The date that the run pretends to be today. */
        AS_OF,
        /** Nothing: it asks for what is never the same. */
        VOLATILE,
        /** The versions of Smew or DuckDB. */
        ENGINE,
        /** A relation that it reads. */
        READS
    }
}
