package smew.app;

import java.util.Optional;

/**
 * One thing that {@code smew doctor} looked at.
 *
 * @param about in one or two words
 * @param found how it is
 * @param advice what to do, where something is to be done
 */
record Symptom(State state, String about, String found, Optional<String> advice) {

    /** How it is. */
    enum State {
        OK,
        /** Something may not work. */
        WARN,
        /** Something cannot work. */
        FAIL
    }

    static Symptom ok(String about, String found) {
        return new Symptom(State.OK, about, found, Optional.empty());
    }

    static Symptom warn(String about, String found, String advice) {
        return new Symptom(State.WARN, about, found, Optional.of(advice));
    }

    static Symptom fail(String about, String found, String advice) {
        return new Symptom(State.FAIL, about, found, Optional.of(advice));
    }
}
