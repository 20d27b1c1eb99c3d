package smew.features;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.RelationReplay.Found;
import smew.features.RelationReplay.Outcome;
import smew.features.Timeline.EventTime;
import smew.project.Leak;
import smew.project.LeakKind;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;

/**
 * Runs feature views and models again on sources that end earlier, and compares the rows that existed by then. A value that
 * changes looked into the future.
 *
 * <p>Each relation with an event time is replayed just after each quartile of its own event times. What it reads is set as of then:
 * sources with an {@code @time} lose their later rows; feature views with an event time keep the rows that the run made, so that
 * a leak is found where it is and not in everything after it; feature views without one are run again. Whatever has no event time
 * stays whole. Where the SQL asks for the present day, it is run once more as of the day of the cut: what only then changes
 * depends on the as-of date.
 *
 * <p>It cannot see what a source itself says too early: a status that was entered later on the row of its loan, or a window
 * within the SELECT of a source. Rows of one day are one moment where an event time is a date.
 */
public final class Replay {

    /** What is looked for. */
    public static final Set<LeakKind> KINDS = Set.of(LeakKind.FUTURE, LeakKind.AS_OF, LeakKind.ROWS);

    private final Duck duck;
    private final LocalDate asOf;
    private final Progress progress;
    private final Timeline timeline;
    private final Stage stage;
    private final Labels labels;
    private final List<Leak> leaks = new ArrayList<>();
    private final List<Leaks.Note> notes = new ArrayList<>();
    private final Set<Relation> whole = new LinkedHashSet<>();

    private Replay(Duck duck, Project project, LocalDate asOf, Progress progress) {
        this.duck = duck;
        this.asOf = asOf;
        this.progress = progress;
        this.timeline = new Timeline(duck, asOf);
        this.stage = new Stage(duck, project, timeline);
        this.labels = new Labels(duck, project, timeline, stage);
    }

    /**
     * Replays relations of a project whose sources, feature views and models exist. Nothing else may ask for the as-of date
     * meanwhile.
     *
     * @param duck as {@link FeatureRun#build} left it
     * @param relations feature views and models to be replayed
     * @param asOf that of the run
     */
    public static Leaks of(
            Duck duck, Project project, List<? extends Relation> relations, LocalDate asOf, Progress progress) {
        Replay replay = new Replay(duck, project, asOf, progress);
        try {
            relations.forEach(replay::replay);
        } finally {
            replay.stage.clear();
        }
        replay.whole.forEach(source -> replay.note(
                Relation.Severity.INFO,
                source,
                "it has no @time, so replay reads it whole, as if all that it says had always been known."));
        return new Leaks(replay.leaks, replay.notes);
    }

    private void replay(Relation relation) {
        switch (relation) {
            case Relation.FeatureView view -> replay(view, view.entity(), view.time(), Optional.empty());
            case Relation.Model model -> replay(model, model.entity(), model.time(), Optional.of(model.label()));
            case Relation.Source _, Relation.Check _ -> {}
        }
    }

    private void replay(Relation relation, List<String> entity, List<String> time, Optional<String> label) {
        try (Progress.Step step = progress.start("replay " + relation.name())) {
            new Keys(relation.file(), entity, time).require(timeline.columns(relation));
            Optional<String> untestable = untestable(relation, time);
            if (untestable.isPresent()) {
                skip(relation, untestable.get(), step);
                return;
            }
            EventTime eventTime = timeline.eventTime(relation).orElseThrow();
            List<Moment> moments = timeline.moments(relation, stage.cuttable(relation, eventTime.clock()));
            if (moments.isEmpty()) {
                skip(relation, "no source has rows later than most of its own.", step);
                return;
            }
            Comparison comparison = Comparison.of(duck, relation, entity, time, timeline.columns(relation));
            Outcome outcome = new RelationReplay(duck, asOf, stage, relation, comparison, eventTime).at(moments, label);
            report(relation, outcome);
            step.result(
                    FeatureRun.rows(outcome.rows()) + " at " + outcome.moments().size() + " times");
        } catch (SmewException failed) {
            if (failed.fault() != Fault.DATA && failed.fault() != Fault.CONFIGURATION) {
                throw failed;
            }
            note(
                    Relation.Severity.WARN,
                    relation,
                    "it could not be replayed, because its SELECT fails on sources that end earlier. "
                            + failed.getMessage());
        }
    }

    private void skip(Relation relation, String why, Progress.Step step) {
        note(Relation.Severity.INFO, relation, "it is not replayed: " + why);
        step.result("not replayed");
    }

    private Optional<String> untestable(Relation relation, List<String> time) {
        if (time.isEmpty()) {
            return Optional.of("its rows have no event time (@time), so nothing tells what was known when.");
        }
        Optional<Clock> clock = timeline.eventTime(relation).map(EventTime::clock);
        if (clock.isEmpty()) {
            return Optional.of("its event time " + time.getFirst() + " is of a type that has no times.");
        }
        List<Relation> read = stage.read(relation);
        List<Relation> cuttable = stage.cuttable(relation, clock.get());
        if (cuttable.isEmpty()) {
            return Optional.of("none of the sources that it reads has an @time"
                    + (read.stream()
                                    .anyMatch(
                                            source -> timeline.eventTime(source).isPresent())
                            ? " that compares with its own."
                            : "."));
        }
        read.stream()
                .filter(Relation.Source.class::isInstance)
                .filter(source -> Timeline.time(source).isEmpty())
                .filter(source -> stage.cuttable(source, clock.get()).isEmpty())
                .forEach(whole::add);
        return Optional.empty();
    }

    private void report(Relation relation, Outcome outcome) {
        note(
                Relation.Severity.INFO,
                relation,
                "it was replayed at "
                        + outcome.moments().stream().map(Moment::toString).collect(joining(", ")) + ".");
        if (!outcome.chance().isEmpty()) {
            note(
                    Relation.Severity.WARN,
                    relation,
                    "replay cannot judge " + String.join(", ", outcome.chance())
                            + ": it also changes when the rows of the sources come in another order. Order by columns"
                            + " that leave no ties, and use no random numbers.");
        }
        for (Found found : outcome.found()) {
            Optional<Relation.Model> learner = found.column()
                    .flatMap(column ->
                            relation instanceof Relation.FeatureView view ? labels.of(view, column) : Optional.empty());
            if (learner.isPresent()) {
                stage.open((Relation.FeatureView) relation);
                note(
                        Relation.Severity.INFO,
                        relation,
                        found.column().orElseThrow() + " looks at later rows and may: it becomes the label of "
                                + learner.get().name() + ".");
            } else {
                leaks.add(ReplayWords.leak(relation, found));
            }
        }
    }

    private void note(Relation.Severity severity, Relation relation, String text) {
        notes.add(new Leaks.Note(severity, relation.name(), text));
    }
}
