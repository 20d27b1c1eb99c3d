package smew.app;

import java.io.PrintStream;
import smew.base.Fault;
import smew.base.SmewException;
import smew.base.Version;

/** Tells a person of a failure, on standard error, and says with which code the process ends. */
record Failures(PrintStream err) {

    private static final int INTERRUPTED = 130;

    /**
     * Prints a failure.
     *
     * @param trace whether to add the stack trace even where the failure is not our bug
     */
    int report(Throwable failed, boolean trace) {
        return switch (failed) {
            case ClosedOutput closed -> 0;
            case InterruptedException interrupted -> INTERRUPTED;
            case SmewException known when known.fault() != Fault.INTERNAL -> known(known, trace);
            case OutOfMemoryError memory -> outOfMemory(memory, trace);
            default -> bug(failed);
        };
    }

    /** What happened, in a sentence or two. */
    static String sentence(Throwable failed) {
        return switch (failed) {
            case SmewException known when known.fault() != Fault.INTERNAL -> known.getMessage();
            case OutOfMemoryError memory ->
                "Java ran out of memory (" + memory.getMessage() + "); it may use "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MB. Give it more, as in java -Xmx4g -jar smew.jar, or let it do less at once with --threads 1.";
            default ->
                "This is a bug in Smew " + Version.SMEW + ": "
                        + (failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage())
                        + " Please report it with the command and the lines below.";
        };
    }

    private int known(SmewException failed, boolean trace) {
        err.println(sentence(failed));
        if (trace) {
            failed.printStackTrace(err);
        }
        return failed.fault().exitCode();
    }

    private int outOfMemory(OutOfMemoryError failed, boolean trace) {
        err.println(sentence(failed));
        if (trace) {
            failed.printStackTrace(err);
        }
        return Fault.OUTSIDE.exitCode();
    }

    private int bug(Throwable failed) {
        err.println(sentence(failed));
        failed.printStackTrace(err);
        return Fault.INTERNAL.exitCode();
    }
}
