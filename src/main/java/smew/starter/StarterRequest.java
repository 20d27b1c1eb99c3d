package smew.starter;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What to make a project from.
 *
 * @param file as it was written: a file or a glob
 * @param base where a relative path starts
 * @param project the folder that the project will lie in
 * @param entity column names, with commas between several
 * @param label a column
 * @param time a column
 * @param today later event times are told
 */
public record StarterRequest(
        String file,
        Path base,
        Path project,
        Optional<String> entity,
        Optional<String> label,
        Optional<String> time,
        LocalDate today) {}
