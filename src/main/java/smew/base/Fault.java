package smew.base;

/**
 * Who can act on a failure, and what the outside sees of it: the exit code of a command and the status of an HTTP answer.
 * Nothing else in Smew decides either.
 */
public enum Fault {
    /** The command line or a request is wrong. */
    USAGE(2, 400, "Bad request"),
    /** A project, directive or setting is wrong. */
    CONFIGURATION(2, 500, "Bad configuration"),
    /** The request lacks the token. */
    UNAUTHORIZED(2, 401, "Unauthorized"),
    /** What was asked for does not exist. */
    NOT_FOUND(3, 404, "Not found"),
    /** The route exists, but not for this method. */
    METHOD(2, 405, "Method not allowed"),
    /** No answer can be given in a media type that the client accepts. */
    NOT_ACCEPTABLE(2, 406, "Not acceptable"),
    /** The request did not come in time. */
    TIMEOUT(2, 408, "Request too slow"),
    /** The body is larger than the limit. */
    TOO_LARGE(2, 413, "Too large"),
    /** The body is in a media type that the route does not read. */
    MEDIA_TYPE(2, 415, "Unsupported media type"),
    /** Data broke a declared rule: a type, a key, a check. */
    DATA(4, 422, "Bad data"),
    /** Too many requests at once. */
    OVERLOAD(5, 429, "Too many requests"),
    /** Not ready, or held by somebody else: try again later. */
    NOT_READY(5, 503, "Not ready"),
    /** An outside service, or the file system below a store, failed. */
    OUTSIDE(6, 502, "Backend failed"),
    /** An outside service did not answer in time. */
    OUTSIDE_SLOW(6, 504, "Backend too slow"),
    /** A gate refused. */
    GATE(7, 409, "Refused by a gate"),
    /** Our bug. */
    INTERNAL(70, 500, "Internal error");

    private final int exitCode;
    private final int httpStatus;
    private final String title;

    Fault(int exitCode, int httpStatus, String title) {
        this.exitCode = exitCode;
        this.httpStatus = httpStatus;
        this.title = title;
    }

    public int exitCode() {
        return exitCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** A few words that stay the same from one occurrence to the next (RFC 9457, "title"). */
    public String title() {
        return title;
    }
}
