package smew.serve;

import java.util.List;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** Reports all that is wrong with a body together, up to a number that a person would read. */
final class Refusals {

    /** How many problems are told; the rest is counted. */
    static final int TOLD = 100;

    private Refusals() {}

    /**
     * Does nothing where there is no problem.
     *
     * @throws SmewException with all problems, where there is one
     */
    static void check(Fault fault, String doing, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        String more = problems.size() > TOLD ? ", of which errors tell the first " + TOLD : "";
        throw SmewException.of(
                fault,
                doing + ": found " + problems.size() + " problems" + more,
                problems.subList(0, Math.min(TOLD, problems.size())));
    }
}
