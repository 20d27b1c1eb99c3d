package smew.features;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.Timeline.EventTime;
import smew.project.PresentDay;
import smew.project.Project;
import smew.project.Relation;

/**
 * The relations of a project a second time, in a schema of their own, over changed sources. A SELECT in it finds the relations
 * that are set there, and those that the run made otherwise.
 */
final class Stage {

    private static final String SCHEMA = "\"smew replay\"";

    /**
     * What is changed.
     *
     * @param cut takes away what is later; empty: nothing is taken away
     * @param day is the present day; empty: that of the run
     * @param whole names of relations that stay as the run made them
     * @param shuffled whether sources are read in another order
     */
    record Change(Optional<Moment> cut, Optional<LocalDate> day, Set<String> whole, boolean shuffled) {

        static Change cut(Moment moment) {
            return new Change(Optional.of(moment), Optional.empty(), Set.of(), false);
        }

        static Change order() {
            return new Change(Optional.empty(), Optional.empty(), Set.of(), true);
        }

        Change on(LocalDate other) {
            return new Change(cut, Optional.of(other), whole, shuffled);
        }

        Change without(Relation relation) {
            return new Change(cut, day, Set.of(relation.name()), shuffled);
        }
    }

    private final Duck duck;
    private final Project project;
    private final Timeline timeline;
    private final Set<String> opened = new HashSet<>();

    Stage(Duck duck, Project project, Timeline timeline) {
        this.duck = duck;
        this.project = project;
        this.timeline = timeline;
    }

    /** What a relation reads, directly or not, each after what it reads itself. */
    List<Relation> read(Relation relation) {
        Set<String> names = new LinkedHashSet<>(relation.file().reads());
        List<Relation> all = project.relations();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (names.contains(all.get(i).name())) {
                names.addAll(all.get(i).file().reads());
            }
        }
        return all.stream().filter(other -> names.contains(other.name())).toList();
    }

    /** The sources below a relation that are cut at times of this clock. */
    List<Relation> cuttable(Relation relation, Clock clock) {
        return read(relation).stream()
                .filter(Relation.Source.class::isInstance)
                .filter(source -> isOf(source, clock))
                .toList();
    }

    private boolean isOf(Relation relation, Clock clock) {
        return timeline.eventTime(relation)
                .filter(time -> time.clock() == clock)
                .isPresent();
    }

    /** Whether a relation, or what is run again for it, asks for the present day. */
    boolean asksForToday(Relation relation, Clock clock) {
        return asks(relation)
                || read(relation).stream()
                        .filter(other -> other instanceof Relation.Source || !isHistory(other, clock))
                        .anyMatch(Stage::asks);
    }

    private static boolean asks(Relation relation) {
        return PresentDay.isAskedBy(relation.file());
    }

    /**
     * From now on, relations that read this feature view see it run again, and not as the run made it: what it learns from later
     * rows then shows in them.
     */
    void open(Relation.FeatureView view) {
        opened.add(view.name());
    }

    /** Whether readers see the rows of a view that the run made and that are early enough: its own leaks are its own. */
    private boolean isHistory(Relation relation, Clock clock) {
        return relation instanceof Relation.FeatureView && isOf(relation, clock) && !opened.contains(relation.name());
    }

    /** What a relation reads that a change of sources reaches. */
    List<Relation> reached(Relation relation, Clock clock) {
        return relation.file().reads().stream()
                .flatMap(name -> project.relation(name).stream())
                .filter(other -> isOf(other, clock) || !cuttable(other, clock).isEmpty())
                .toList();
    }

    /**
     * Sets a relation and all that it reads.
     *
     * @return the relation there, in SQL
     */
    String set(Relation relation, Clock clock, Change change) {
        clear();
        duck.execute("CREATE SCHEMA " + SCHEMA, Origin.engine("Replaying", relation.name()));
        change.day().ifPresent(day -> Today.turn(duck, SCHEMA, day));
        for (Relation other : read(relation)) {
            if (!change.whole().contains(other.name())) {
                select(other, clock, change).ifPresent(select -> view(other, select));
            }
        }
        view(relation, relation.file().sql());
        return name(relation);
    }

    /**
     * Sets a model over feature views as they are, but for one column of one of them, whose values are dealt out anew.
     *
     * @return the model there, in SQL
     */
    String deal(Relation.FeatureView view, String column, Relation.Model model) {
        clear();
        duck.execute("CREATE SCHEMA " + SCHEMA, Origin.engine("Replaying", model.name()));
        String name = Duck.identifier(column);
        String keys = view.entity().stream().map(Duck::identifier).collect(java.util.stream.Collectors.joining(", "));
        // Nulls stay where they are: a WHERE that wants a value must find the same rows.
        view(
                view,
                "SELECT * REPLACE (coalesce(lag(" + name + ") OVER (PARTITION BY " + name + " IS NULL ORDER BY hash("
                        + keys + ", 42)), " + name + ") AS " + name + ") FROM " + Timeline.made(view));
        for (Relation other : read(model)) {
            if (read(other).contains(view)) {
                view(other, other.file().sql());
            }
        }
        view(model, model.file().sql());
        return name(model);
    }

    /** Takes everything away again. */
    void clear() {
        duck.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", Origin.engine("Replaying", "the project"));
    }

    private void view(Relation relation, String select) {
        duck.execute("CREATE VIEW " + name(relation) + " AS\n" + select, FeatureRun.running(relation.file()));
    }

    private static String name(Relation relation) {
        return SCHEMA + "." + Duck.identifier(relation.name());
    }

    /** How a relation is read below another one; empty: as the run made it. */
    private Optional<String> select(Relation relation, Clock clock, Change change) {
        boolean reached = !cuttable(relation, clock).isEmpty();
        return switch (relation) {
            case Relation.Source source -> source(source, reached, clock, change);
            case Relation.FeatureView view ->
                isHistory(view, clock)
                        ? change.cut().map(moment -> "FROM " + Timeline.made(view) + " WHERE " + before(view, moment))
                        : reached || change.day().isPresent()
                                ? Optional.of(view.file().sql())
                                : Optional.empty();
            case Relation.Model _, Relation.Check _ -> Optional.empty();
        };
    }

    private Optional<String> source(Relation.Source source, boolean reached, Clock clock, Change change) {
        boolean again = reached || (change.day().isPresent() && asks(source));
        String rows = again ? "(\n" + source.file().sql() + "\n)" : Timeline.made(source);
        String order = change.shuffled() && !again ? " ORDER BY hash(rowid)" : "";
        Optional<Moment> cut = change.cut().filter(_ -> isOf(source, clock));
        if (!again && order.isEmpty() && cut.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("SELECT * FROM " + rows
                + cut.map(moment -> " WHERE " + before(source, moment)).orElse("") + order);
    }

    /** A row without an event time is known at all times. */
    private String before(Relation relation, Moment moment) {
        String column = timeline.eventTime(relation).map(EventTime::column).orElseThrow();
        return "(" + moment.before(column) + " OR " + Duck.identifier(column) + " IS NULL)";
    }
}
