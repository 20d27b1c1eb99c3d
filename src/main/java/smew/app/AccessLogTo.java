package smew.app;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where lines for requests go.
 *
 * @param file empty: standard output
 * @param json each line is an object
 */
record AccessLogTo(Optional<Path> file, boolean json) {}
