package smew.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** How long the stages of a run take, one after the other. */
final class Stages {

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long start = System.nanoTime();

    /** The stage under way is over, and the next one begins. */
    void end(String name) {
        long now = System.nanoTime();
        seconds.put(name, Math.round((now - start) / 1e6) / 1e3);
        start = now;
    }

    /** Seconds by stage, so far. */
    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }
}
