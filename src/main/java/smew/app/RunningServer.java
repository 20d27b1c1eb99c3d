package smew.app;

import java.util.Optional;

/** A server that answers. */
interface RunningServer {
    /** Such as {@code http://127.0.0.1:8080}. */
    String address();

    /** What is effective, in one line, without secrets. */
    String settings();

    /** A token made up because none was given. */
    Optional<String> generatedToken();

    /** Takes no new work, finishes what it has; returns when done. May be called twice. */
    void stop();
}
