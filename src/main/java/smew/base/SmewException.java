package smew.base;

import java.util.List;
import java.util.Objects;
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

    public SmewException(Fault fault, String message) {
        this(fault, message, null, List.of());
    }

    public SmewException(Fault fault, String message, Throwable cause) {
        this(fault, message, cause, List.of());
    }

    private SmewException(Fault fault, String message, @Nullable Throwable cause, List<Problem> problems) {
        super(message, cause);
        this.fault = fault;
        this.problems = List.copyOf(problems);
    }

    /** All problems of one kind, reported together. A single one is its own message. */
    public static SmewException of(Fault fault, String summary, List<Problem> problems) {
        if (problems.size() == 1) {
            return new SmewException(fault, problems.getFirst().toString(), null, problems);
        }
        String lines = problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining());
        return new SmewException(fault, summary + ":" + lines, null, problems);
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
}
