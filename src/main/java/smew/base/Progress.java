package smew.base;

/** Hears how far a long piece of work is. Implementations are called from any thread. */
public interface Progress {

    /** Hears nothing. */
    Progress NONE = name -> new Step() {};

    /** Announces a piece of work by a short name, such as {@code credit_history}; closing the step ends it. */
    Step start(String name);

    /** One piece of work under way. */
    interface Step extends AutoCloseable {
        /** How much is done, from 0 to 1; may be called often. */
        default void done(double fraction) {}

        /** A figure to show at the end, such as {@code 777,715 rows}. */
        default void result(String text) {}

        @Override
        default void close() {}
    }
}
