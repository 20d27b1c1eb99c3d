package smew.app;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import smew.features.LiveRows;
import smew.release.Histogram;
import smew.release.Manifest;
import smew.release.Profile;
import smew.release.RelationProfile;
import tools.jackson.databind.JsonNode;

/** What the thread that watches a project has found, for the threads that show it. */
final class LiveBoard implements WatchListener {

    /** Turns that are still shown. */
    private static final int KEPT = 20;

    private final Clock clock;
    private volatile Live live = new Live(0, 0, true, List.of(), List.of(), List.of());

    LiveBoard(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known at one moment.
     *
     * @param version grows with each change of it
     * @param inputs grows with each turn that is about an input, and not about SQL alone
     * @param running whether a turn is under way
     * @param changed the files it is about
     * @param turns the newest first
     * @param relations those that can be made
     */
    record Live(
            int version, int inputs, boolean running, List<String> changed, List<At> turns, List<Relation> relations) {
        /** The same in other words. */
        Live with(List<String> named, UnaryOperator<WatchTurn> told) {
            return new Live(
                    version,
                    inputs,
                    running,
                    named,
                    turns.stream()
                            .map(one -> new At(one.at(), told.apply(one.turn())))
                            .toList(),
                    relations);
        }
    }

    /** A turn, and when it ended. */
    record At(Instant at, WatchTurn turn) {}

    /**
     * A relation as it is now.
     *
     * @param sample its first rows, as texts
     */
    record Relation(String name, long rows, List<Column> columns, List<JsonNode> sample) {
        static Relation of(String name, LiveRows seen) {
            Profile.Shape shape = seen.shape();
            return new Relation(
                    name,
                    shape.rows(),
                    IntStream.range(0, shape.values().size())
                            .mapToObj(i -> Column.of(
                                    shape.columns().get(i),
                                    shape.values().get(i),
                                    seen.columns().stream().skip(i).findFirst()))
                            .toList(),
                    seen.rows());
        }
    }

    /**
     * One of its columns.
     *
     * @param distinct about how many different values
     * @param values as in {@link RelationProfile.Column}, with what comes after them; empty until it was looked at more closely
     */
    record Column(
            String name,
            String type,
            long nulls,
            long distinct,
            Optional<String> smallest,
            Optional<String> largest,
            Optional<String> mean,
            Optional<List<String>> values,
            Optional<List<Long>> counts,
            Optional<Histogram> histogram) {
        static Column of(Manifest.Column column, Profile.Values values, Optional<RelationProfile.Column> distributed) {
            return new Column(
                    column.name(),
                    column.type(),
                    values.nulls(),
                    values.distinct(),
                    said(values.smallest()),
                    said(values.largest()),
                    said(values.mean()),
                    distributed.flatMap(RelationProfile.Column::values),
                    distributed.flatMap(RelationProfile.Column::counts),
                    distributed.flatMap(RelationProfile.Column::histogram));
        }

        private static Optional<String> said(String text) {
            return Optional.of(text).filter(value -> !value.isEmpty());
        }
    }

    /** Safe for any thread. */
    Live live() {
        return live;
    }

    @Override
    public void begins(List<String> changed) {
        Live before = live;
        live = new Live(before.version() + 1, before.inputs(), true, changed, before.turns(), before.relations());
    }

    @Override
    public void ended(WatchTurn turn, Map<String, LiveRows> seen) {
        Live before = live;
        boolean input = turn.changed().stream().anyMatch(file -> !file.endsWith(".sql"));
        live = new Live(
                before.version() + 1,
                before.inputs() + (input ? 1 : 0),
                false,
                List.of(),
                Stream.concat(Stream.of(new At(clock.instant(), turn)), before.turns().stream())
                        .limit(KEPT)
                        .toList(),
                relations(seen));
    }

    @Override
    public boolean looksCloser() {
        return true;
    }

    @Override
    public void looked(Map<String, LiveRows> seen) {
        Live before = live;
        live = new Live(
                before.version() + 1,
                before.inputs(),
                before.running(),
                before.changed(),
                before.turns(),
                relations(seen));
    }

    private static List<Relation> relations(Map<String, LiveRows> seen) {
        return new TreeMap<>(seen)
                .entrySet().stream()
                        .map(one -> Relation.of(one.getKey(), one.getValue()))
                        .toList();
    }
}
