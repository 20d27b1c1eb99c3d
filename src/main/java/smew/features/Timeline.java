package smew.features;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Relation;
import smew.release.Manifest;

/** Event times of relations that exist, and the moments at which it is worth to cut them. */
final class Timeline {

    /**
     * The event time of a relation.
     *
     * @param days whether it tells days only, so that the order within a day is unknown
     */
    record EventTime(String column, Clock clock, boolean days) {}

    private final Duck duck;
    private final LocalDate asOf;
    private final Map<String, List<Manifest.Column>> described = new HashMap<>();

    /**
     * @param asOf rows of later days are no history
     */
    Timeline(Duck duck, LocalDate asOf) {
        this.duck = duck;
        this.asOf = asOf;
    }

    /** The columns of a relation as the run made it. */
    List<Manifest.Column> columns(Relation relation) {
        return described.computeIfAbsent(
                relation.name(),
                name -> FeatureRun.columns(duck, "FROM " + made(relation), FeatureRun.running(relation.file())));
    }

    /** A relation as the run made it, in SQL, from wherever it is asked for. */
    static String made(Relation relation) {
        return "main." + Duck.identifier(relation.name());
    }

    /** Empty where none is declared, or its type is none of times. */
    Optional<EventTime> eventTime(Relation relation) {
        return time(relation).stream()
                .findFirst()
                .flatMap(column -> columns(relation).stream()
                        .filter(found -> found.name().equals(column))
                        .findFirst()
                        .flatMap(found -> Clock.of(found.type())
                                .map(clock -> new EventTime(
                                        column, clock, found.type().equals("DATE")))));
    }

    /** Event time column and tie breakers as declared or inherited. */
    static List<String> time(Relation relation) {
        return switch (relation) {
            case Relation.Source source -> source.time();
            case Relation.FeatureView view -> view.time();
            case Relation.Model model -> model.time();
            case Relation.Check _ -> List.of();
        };
    }

    /**
     * Moments just after the quartiles of the event times of a relation's rows: the next time at which a source has a row. Cut
     * there, a row that stands for a period which has begun lacks the rest of it.
     *
     * @param sources that the relation reads and that have times of the same clock
     */
    List<Moment> moments(Relation relation, List<Relation> sources) {
        EventTime time = eventTime(relation).orElseThrow();
        // Within a day nobody can tell what came first once one event time tells days only.
        boolean days = Stream.concat(Stream.of(relation), sources.stream())
                .anyMatch(other -> eventTime(other).filter(EventTime::days).isPresent());
        String later = sources.stream()
                .map(source -> "SELECT " + times(source, days) + " AS s FROM " + made(source))
                .collect(joining(" UNION ALL "));
        String known = time.clock() == Clock.CALENDAR
                ? " AND t < " + time.clock().literal(asOf.plusDays(2).toString())
                : "";
        String quartiles = "SELECT DISTINCT unnest(quantile_disc(t, [0.25, 0.5, 0.75])) AS q FROM (SELECT "
                + times(relation, days) + " AS t FROM " + made(relation) + ") WHERE "
                + time.clock().real("t") + known;
        return duck
                .texts(
                        "SELECT s::VARCHAR FROM (SELECT DISTINCT min(s) AS s FROM (" + quartiles + ") JOIN (" + later
                                + ") ON s > q WHERE " + time.clock().real("s") + " GROUP BY q) ORDER BY s",
                        Origin.engine("Looking at the event times of", relation.name()))
                .stream()
                .map(text -> new Moment(time.clock(), text))
                .toList();
    }

    private String times(Relation relation, boolean days) {
        EventTime time = eventTime(relation).orElseThrow();
        String value = time.clock().reading(time.column());
        return days ? "date_trunc('day', " + value + ")::TIMESTAMP" : value;
    }
}
