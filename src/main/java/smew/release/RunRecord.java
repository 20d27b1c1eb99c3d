package smew.release;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import smew.base.Problem;

/**
 * What became of one run, whether it made a release or not.
 *
 * @param exit the exit code: 0 where all went well, 7 where its release was held back
 * @param release which it made
 * @param steps in the order in which they began; the last of a run that failed is the one that did
 * @param message what went wrong, in the words of the command line
 * @param problems the same, where files and lines of the project are known
 */
public record RunRecord(
        Instant began,
        double seconds,
        int exit,
        LocalDate asOf,
        Optional<String> release,
        List<Step> steps,
        Optional<String> message,
        List<Problem> problems) {

    public RunRecord {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    /**
     * One piece of its work. Some are under way at the same time.
     *
     * @param began seconds after the run did
     * @param result such as {@code 777,715 rows}
     */
    public record Step(String name, double began, double seconds, Optional<String> result) {}

    /**
     * When the next run is due.
     *
     * @param schedule as it was written: {@code --every 1d}
     */
    public record Planned(String schedule, Instant next) {}
}
