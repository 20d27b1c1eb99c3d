package smew.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.Inputs;
import smew.features.LiveProject;
import smew.features.SqlTests;
import smew.features.TestResult;
import smew.learn.Training;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Profile;
import smew.store.RemoteFiles;

/** Runs what a saved file concerns, again and again, and tells what became of it. */
final class Watching implements AutoCloseable {

    /** Long enough to cost nothing, and short enough that nobody waits for it. */
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final RunRequest request;
    private final Clock clock;
    private final Alarm alarm;
    private final RemoteFiles remote;
    private final Scratch scratch = Scratch.open();
    private final LiveProject live;
    private final Map<String, List<Problem>> problems = new LinkedHashMap<>();
    private List<Path> inputs = List.of();

    Watching(RunRequest request, Clock clock, Alarm alarm) {
        this.request = request;
        this.clock = clock;
        this.alarm = alarm;
        this.remote = new RemoteFiles(request.store());
        this.live = new LiveProject(new Duck.Limits(
                request.threads().isPresent() ? Optional.of(request.threads().getAsInt()) : Optional.empty(),
                request.memory(),
                Optional.of(scratch.folder("spill"))));
    }

    /**
     * Runs everything once, and then what changes concern, until it is interrupted.
     *
     * @param told hears of each turn
     */
    void watch(WatchListener told) throws InterruptedException {
        WatchedFiles seen = look();
        turn(List.of(), told);
        // The first turn found out which files are read.
        seen = new WatchedFiles(with(seen));
        while (true) {
            alarm.waitUntil(clock.instant().plus(GLANCE));
            WatchedFiles now = look();
            List<Path> changed = now.changedSince(seen);
            if (!changed.isEmpty()) {
                now = settled(now);
                turn(now.changedSince(seen), told);
                seen = new WatchedFiles(with(now));
            } else if (told.looksCloser() && live.lookCloser()) {
                told.looked(live.seen());
            }
        }
    }

    private WatchedFiles look() {
        return WatchedFiles.now(request.project().resolve("sql"), inputs);
    }

    /** Inputs that a turn found are known as they are from then on. */
    private Map<Path, String> with(WatchedFiles files) {
        Map<Path, String> stamps = new LinkedHashMap<>(files.stamps());
        inputs.forEach(file -> stamps.putIfAbsent(file, WatchedFiles.stamp(file)));
        stamps.keySet().removeIf(file -> !file.toString().endsWith(".sql") && !inputs.contains(file));
        return stamps;
    }

    /** An editor may write in several steps: what it wrote is read once it rests. */
    private WatchedFiles settled(WatchedFiles first) throws InterruptedException {
        WatchedFiles before = first;
        while (true) {
            alarm.waitUntil(clock.instant().plus(GLANCE));
            WatchedFiles now = look();
            if (now.changedSince(before).isEmpty()) {
                return now;
            }
            before = now;
        }
    }

    private void turn(List<Path> changed, WatchListener told) {
        long start = System.nanoTime();
        List<String> named = changed.stream().map(this::shown).toList();
        told.begins(named);
        List<WatchTurn.Ran> ran = new ArrayList<>();
        List<Problem> before = new ArrayList<>();
        try {
            Project project = Project.read(request.project(), live.duck()::parse);
            project.models().forEach(Training::check);
            ran.addAll(test(project));
            ran.addAll(run(project));
        } catch (SmewException wrong) {
            // What ran before stays as it is until the project can be read again.
            before.addAll(
                    wrong.problems().isEmpty()
                            ? List.of(new Problem("project", wrong.getMessage()))
                            : wrong.problems());
        }
        problems.values().forEach(before::addAll);
        double seconds = (System.nanoTime() - start) / 1e9;
        told.ended(new WatchTurn(named, seconds, ran, before), live.seen());
    }

    private List<WatchTurn.Ran> test(Project project) {
        List<TestResult> results = SqlTests.run(project.tests(), Progress.NONE);
        problems.put("tests", TestLines.problems(results));
        return results.stream()
                .map(result -> new WatchTurn.Ran(
                        "test", result.name(), result.passed(), 0, result.milliseconds() / 1e3, List.of()))
                .toList();
    }

    private List<WatchTurn.Ran> run(Project project) {
        Inputs found = Inputs.resolve(project, request.variables(), live.duck(), remote);
        inputs = found.files().stream().map(Inputs.File::path).distinct().toList();
        Map<String, String> stamps = found.files().stream()
                .collect(Collectors.toMap(
                        Inputs.File::source,
                        file -> file.path() + " " + WatchedFiles.stamp(file.path()),
                        (first, second) -> first + "\n" + second));
        List<LiveProject.Outcome> outcomes = live.turn(project, found, stamps, request.asOf());
        outcomes.forEach(outcome -> problems.put(outcome.relation().name(), outcome.problems()));
        problems.keySet()
                .removeIf(
                        name -> !name.equals("tests") && project.relation(name).isEmpty());
        return outcomes.stream().map(Watching::ran).toList();
    }

    private static WatchTurn.Ran ran(LiveProject.Outcome outcome) {
        Relation relation = outcome.relation();
        boolean compared = outcome.before().isPresent() && outcome.now().isPresent();
        return new WatchTurn.Ran(
                relation.kind().noun(),
                relation.name(),
                outcome.now().isPresent(),
                outcome.now().map(Profile.Shape::rows).orElse(0L),
                outcome.time().toNanos() / 1e9,
                compared ? Differences.between(relation.name(), outcome.before(), outcome.now()) : List.of());
    }

    private String shown(Path file) {
        Path project = request.project().toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(project) ? project.relativize(absolute) : absolute)
                .toString()
                .replace('\\', '/');
    }

    @Override
    public void close() {
        live.close();
        remote.close();
        scratch.close();
    }
}
