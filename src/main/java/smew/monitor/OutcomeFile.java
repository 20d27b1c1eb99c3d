package smew.monitor;

import java.nio.file.Path;

/**
 * A file of outcomes on this machine.
 *
 * @param name what a person calls it, which tells its format
 */
public record OutcomeFile(Path path, String name) {

    @Override
    public String toString() {
        return name;
    }
}
