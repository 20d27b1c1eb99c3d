package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import smew.base.Json;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.RelationScan.Hashed;
import smew.release.Histogram;
import smew.release.RelationProfile;
import smew.release.RelationProfile.Column;
import smew.release.RelationProfile.Sample;
import tools.jackson.databind.JsonNode;

/** Makes the profile of a source of those of its parts: the same that one machine with all rows would have made. */
public final class ProfileMerge {

    private final Duck duck;
    private final List<RelationProfile> parts;
    private final long rows;

    private ProfileMerge(Duck duck, List<RelationProfile> parts) {
        this.duck = duck;
        this.parts = parts;
        this.rows = parts.stream().mapToLong(RelationProfile::rows).sum();
    }

    /**
     * Merges.
     *
     * @param parts of one source, at least one, from machines that had each a part of its rows
     */
    public static RelationProfile of(Duck duck, List<RelationProfile> parts) {
        ProfileMerge merge = new ProfileMerge(duck, parts);
        RelationProfile first = parts.getFirst();
        List<Column> columns = first.columns().stream().map(merge::column).toList();
        return new RelationProfile(first.name(), merge.rows, columns, Optional.of(merge.sample(columns)));
    }

    private Sample sample(List<Column> columns) {
        List<String> shown =
                columns.stream().filter(RelationScan::isShown).map(Column::name).toList();
        return new Sample(
                shown,
                RelationScan.sampled(
                        parts.stream()
                                .flatMap(part -> part.sample().stream())
                                .flatMap(sample -> sample.rows().stream()
                                        .map(row -> new Hashed(
                                                row.hash().orElseThrow(), cells(sample, row.cells(), shown)))),
                        true));
    }

    /** A part that does not show a text that all of them do has none of it. */
    private static JsonNode cells(Sample sample, JsonNode cells, List<String> shown) {
        return Json.tree(Json.bytes(shown.stream()
                .map(column -> sample.columns().indexOf(column))
                .map(at -> at < 0 ? Json.tree("null") : cells.get(at))
                .toList()));
    }

    private static long counted(List<Column> columns, String value) {
        return columns.stream()
                .filter(column -> column.values().isPresent() && column.counts().isPresent())
                .mapToLong(column -> {
                    int at = column.values().orElseThrow().indexOf(value);
                    return at < 0 ? 0 : column.counts().orElseThrow().get(at);
                })
                .sum();
    }

    private Column column(Column first) {
        List<Column> columns = parts.stream()
                .flatMap(part -> part.column(first.name()).stream())
                .toList();
        long nulls = columns.stream().mapToLong(Column::nulls).sum();
        // Types that were guessed of parts may differ, and then nothing compares.
        boolean comparable = columns.stream().allMatch(column -> column.type().equals(first.type()));
        if (!comparable) {
            return Column.of(first.name(), first.type(), nulls);
        }
        Optional<List<String>> values = values(first.name(), columns, rows - nulls);
        List<Histogram> histograms =
                columns.stream().flatMap(column -> column.histogram().stream()).toList();
        return new Column(
                first.name(),
                first.type(),
                nulls,
                extreme("min", first.type(), columns, Column::smallest),
                extreme("max", first.type(), columns, Column::largest),
                values,
                values.map(all ->
                        all.stream().map(value -> counted(columns, value)).toList()),
                histograms.isEmpty() ? Optional.empty() : Optional.of(Histogram.sum(histograms)));
    }

    private Optional<String> extreme(
            String function, String type, List<Column> columns, Function<Column, Optional<String>> bound) {
        List<String> bounds =
                columns.stream().flatMap(column -> bound.apply(column).stream()).toList();
        if (bounds.isEmpty()) {
            return Optional.empty();
        }
        // Profiles tell times without their zone, which is UTC.
        String comparable = type.equals("TIMESTAMP WITH TIME ZONE") ? "TIMESTAMP" : type;
        String list = bounds.stream()
                .map(value -> "(" + Duck.literal(value) + "::" + comparable + ")")
                .collect(joining(", "));
        return Optional.of(duck.texts(
                        "SELECT " + function + "(bound)::VARCHAR FROM (VALUES " + list + ") AS bounds(bound)",
                        Origin.engine("Merging", parts.getFirst().name()))
                .getFirst());
    }

    /** A part without texts had none, or too many. */
    private Optional<List<String>> values(String name, List<Column> columns, long filled) {
        boolean counted = filled > 0
                && parts.stream()
                        .allMatch(part -> part.column(name)
                                .filter(column -> column.values().isPresent() || column.nulls() == part.rows())
                                .isPresent());
        TreeSet<String> all = new TreeSet<>();
        columns.forEach(column -> column.values().ifPresent(all::addAll));
        return counted && RelationScan.keeps(all.size(), rows) ? Optional.of(new ArrayList<>(all)) : Optional.empty();
    }
}
