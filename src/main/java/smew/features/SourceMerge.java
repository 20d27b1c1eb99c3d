package smew.features;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.release.SourceProfile;
import smew.release.SourceProfile.Column;

/** Makes the profile of a source of those of its parts: the same that one machine with all rows would have made. */
public final class SourceMerge {

    private final Duck duck;
    private final List<SourceProfile> parts;
    private final long rows;

    private SourceMerge(Duck duck, List<SourceProfile> parts) {
        this.duck = duck;
        this.parts = parts;
        this.rows = parts.stream().mapToLong(SourceProfile::rows).sum();
    }

    /**
     * Merges.
     *
     * @param parts of one source, at least one, from machines that had each a part of its rows
     */
    public static SourceProfile of(Duck duck, List<SourceProfile> parts) {
        SourceMerge merge = new SourceMerge(duck, parts);
        SourceProfile first = parts.getFirst();
        return new SourceProfile(
                first.name(),
                merge.rows,
                first.columns().stream().map(merge::column).toList());
    }

    private Column column(Column first) {
        List<Column> columns = parts.stream()
                .flatMap(part -> part.column(first.name()).stream())
                .toList();
        long nulls = columns.stream().mapToLong(Column::nulls).sum();
        // Types that were guessed of parts may differ, and then nothing compares.
        boolean comparable = columns.stream().allMatch(column -> column.type().equals(first.type()));
        if (!comparable) {
            return new Column(first.name(), first.type(), nulls, Optional.empty(), Optional.empty(), Optional.empty());
        }
        return new Column(
                first.name(),
                first.type(),
                nulls,
                extreme("min", first.type(), columns, Column::smallest),
                extreme("max", first.type(), columns, Column::largest),
                values(first.name(), columns, rows - nulls));
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
        return counted && SourceScan.keeps(all.size(), rows) ? Optional.of(new ArrayList<>(all)) : Optional.empty();
    }
}
