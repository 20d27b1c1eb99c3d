package smew.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** Gathers all that is wrong with a body, up to a number that a person would read; of the rest it only keeps count. */
final class Refusals {

    /** How many problems are told. */
    static final int TOLD = 100;

    private final List<Problem> told = new ArrayList<>();
    private int count;

    /** Adds a problem; the supplier is not asked where nobody would read the answer. */
    void add(Supplier<Problem> problem) {
        if (count++ < TOLD) {
            told.add(problem.get());
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Does nothing where there is no problem.
     *
     * @throws SmewException with the first problems and the number of all, where there is one
     */
    void check(Fault fault, String doing) {
        if (count == 0) {
            return;
        }
        String more = count > TOLD ? ", of which errors tell the first " + TOLD : "";
        throw SmewException.of(fault, doing + ": found " + count + " problems" + more, told);
    }
}
