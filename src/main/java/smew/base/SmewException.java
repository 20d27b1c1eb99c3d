package smew.base;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Smew. Its message is for the person who can act on it: what we were doing, to which thing, what we
 * found, what we expected, what to do next.
 */
public final class SmewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;
    private final transient List<Problem> problems;
    private final @Nullable Duration retryAfter;

    public SmewException(Fault fault, String message) {
        this(fault, message, null, List.of(), null);
    }

    public SmewException(Fault fault, String message, Throwable cause) {
        this(fault, message, cause, List.of(), null);
    }

    private SmewException(
            Fault fault,
            String message,
            @Nullable Throwable cause,
            List<Problem> problems,
            @Nullable Duration retryAfter) {
        super(message, cause);
        this.fault = fault;
        this.problems = List.copyOf(problems);
        this.retryAfter = retryAfter;
    }

    /** What may go better after a while, and how long that is. */
    public static SmewException later(Fault fault, String message, Duration retryAfter) {
        return new SmewException(fault, message, null, List.of(), retryAfter);
    }

    /** The same with what made it go wrong. */
    public static SmewException later(Fault fault, String message, Duration retryAfter, Throwable cause) {
        return new SmewException(fault, message, cause, List.of(), retryAfter);
    }

    /** All problems of one kind, reported together. A single one is its own message. */
    public static SmewException of(Fault fault, String summary, List<Problem> problems) {
        if (problems.size() == 1) {
            return new SmewException(fault, problems.getFirst().toString(), null, problems, null);
        }
        String lines = problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
        return new SmewException(fault, summary + ":" + lines, null, problems, null);
    }

    /**
     * What is wrong with one file of the project.
     *
     * @param where the file, with the line if it is known
     * @param message for a person; may begin with what was done there: {@code Running sql/features/f.sql:3: }
     */
    public static SmewException at(Fault fault, String where, String message) {
        return at(fault, where, message, null);
    }

    /** The same with what made it go wrong. */
    public static SmewException at(Fault fault, String where, String message, @Nullable Throwable cause) {
        String place = where + ": ";
        int begin = message.indexOf(place);
        boolean first = begin == 0 || (begin > 0 && message.indexOf(' ') == begin - 1);
        String detail = first ? message.substring(begin + place.length()) : message;
        return new SmewException(fault, message, cause, List.of(new Problem(where, detail)), null);
    }

    /** The same failure at the same place, said in other words. */
    public SmewException reworded(Fault as, String message) {
        return problems.size() == 1
                ? at(as, problems.getFirst().where(), message, this)
                : new SmewException(as, message, this);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Fault fault() {
        return fault;
    }

    /** The gathered problems, empty where the message says it all. */
    public List<Problem> problems() {
        return problems;
    }

    /** When it may be worth to try again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
