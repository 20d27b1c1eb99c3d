package smew.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.release.Manifest;
import smew.release.RunLog;
import smew.release.RunRecord;
import smew.store.Store;
import smew.store.StoreSettings;

/** A run whose end is kept in the store's log of runs, whatever it is. That the log cannot be written fails nothing. */
final class LoggedRun {

    private static final Logger LOG = System.getLogger("smew.app");

    private final RunRequest request;
    private final Instant began;
    private final StepTimes steps;

    private LoggedRun(RunRequest request, Instant began, StepTimes steps) {
        this.request = request;
        this.began = began;
        this.steps = steps;
    }

    /** Runs. Where there is no project, nothing is kept: somebody mistyped a folder, and no store is made there. */
    static RunResult of(RunRequest request, Clock clock, Progress progress, Function<Progress, RunResult> run) {
        if (!Files.isDirectory(request.project().resolve("sql"))) {
            return run.apply(progress);
        }
        LoggedRun logged = new LoggedRun(request, clock.instant(), new StepTimes(progress));
        try {
            RunResult result = run.apply(logged.steps);
            logged.keep(logged.of(result), Level.WARNING);
            return result;
        } catch (RuntimeException | Error failed) {
            // Whatever keeps the log from being written was most likely told already.
            logged.keep(logged.of(failed, Optional.empty()), Level.DEBUG);
            throw failed;
        }
    }

    /** Keeps when the next run is due. */
    static void plan(StoreSettings store, RunRecord.Planned planned) {
        keep(store, log -> log.plan(planned), Level.WARNING);
    }

    private RunRecord of(RunResult result) {
        Optional<String> release = Optional.of(result.manifest()).map(Manifest::id);
        try {
            result.requireCurrent();
        } catch (SmewException held) {
            return of(held, release);
        }
        return new RunRecord(
                began, steps.seconds(), 0, request.asOf(), release, steps.noted(), Optional.empty(), List.of());
    }

    private RunRecord of(Throwable failed, Optional<String> release) {
        String message = told(Failures.sentence(failed));
        List<Problem> problems = failed instanceof SmewException known
                ? known.problems().stream()
                        .map(problem -> new Problem(told(problem.where()), told(problem.detail())))
                        .toList()
                : List.of();
        return new RunRecord(
                began,
                steps.seconds(),
                failed instanceof SmewException known ? known.fault().exitCode() : Fault.INTERNAL.exitCode(),
                request.asOf(),
                release,
                steps.noted(),
                Optional.of(message),
                problems);
    }

    private String told(String text) {
        return ToldPaths.of(request.project()).of(text);
    }

    private void keep(RunRecord record, Level unwritten) {
        keep(request.store(), log -> log.keep(record), unwritten);
    }

    private static void keep(StoreSettings settings, Consumer<RunLog> kept, Level unwritten) {
        try (Store store = Store.open(settings)) {
            kept.accept(new RunLog(store));
        } catch (RuntimeException failed) {
            // Whatever it is: what became of the run is worth more than its record.
            LOG.log(unwritten, "The log of runs was not written. " + failed.getMessage());
        }
    }
}
