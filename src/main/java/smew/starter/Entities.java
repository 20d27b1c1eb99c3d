package smew.starter;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.duck.Origin;

/** Whether the entity can be one: it has values, and without an event time each stands on one row. */
record Entities(Duck duck, String shown, Profile profile, List<String> entity, Optional<SourceColumn> time) {

    /**
     * Requires it.
     *
     * @throws SmewException DATA with counts, and what to name instead
     */
    void requireFit() {
        if (profile.entities() == 0) {
            throw new SmewException(
                    Fault.DATA,
                    "Reading --entity " + Said.list(entity) + " of " + shown + ": no row has a value. "
                            + candidates(duck, shown, columns()));
        }
        time.filter(event -> profile.column(event.name()).filled() == 0).ifPresent(event -> {
            throw new SmewException(
                    Fault.DATA,
                    "Reading --time " + event.name() + " of " + shown + ": no row has a value. Name another column.");
        });
        if (time.isEmpty() && profile.repeats()) {
            throw repeated();
        }
    }

    private List<SourceColumn> columns() {
        return profile.columns().values().stream().map(Profile.Column::column).toList();
    }

    private SmewException repeated() {
        String keys = entity.stream().map(Duck::identifier).collect(joining(", "));
        String text =
                entity.stream().map(key -> Duck.identifier(key) + "::VARCHAR").collect(joining(", "));
        String filled = entity.stream()
                .map(key -> Duck.identifier(key) + " IS NOT NULL")
                .collect(joining(" AND "));
        List<String> most = duck.texts(
                "SELECT concat_ws(',', " + text + ") FROM data WHERE " + filled + " GROUP BY " + keys
                        + " ORDER BY count(*) DESC, " + keys + " LIMIT 1",
                Origin.engine("Reading", shown));
        List<String> times = columns().stream()
                .filter(SourceColumn::isDate)
                .map(SourceColumn::name)
                .toList();
        String name = Said.list(entity);
        return new SmewException(
                Fault.DATA,
                "Reading --entity " + name + " of " + shown + ": " + Said.count(profile.rows()) + " rows have "
                        + Said.count(profile.entities()) + " different values, up to " + Said.count(profile.mostRows())
                        + " rows for one (" + Said.plain(most.getFirst())
                        + "), and without --time nothing tells which row is the"
                        + " newest. Add --time COLUMN if " + name + " has a history"
                        + (times.isEmpty() ? "" : " (dates: " + String.join(", ", times) + ")")
                        + ", or name another entity. " + candidates(duck, shown, columns()));
    }

    /** Columns that have another value in each row, as a sentence. */
    static String candidates(Duck duck, String shown, List<SourceColumn> columns) {
        Origin origin = Origin.engine("Reading", shown);
        long rows = duck.count("SELECT count(*) FROM data", origin);
        List<String> unique = columns.stream()
                .filter(column -> column.isText() || column.isWhole())
                .map(SourceColumn::name)
                // Counting exactly costs memory: only what may be unique is counted so.
                .filter(name ->
                        duck.count("SELECT approx_count_distinct(" + Duck.identifier(name) + ") FROM data", origin)
                                > rows / 2)
                .filter(name ->
                        rows == duck.count("SELECT count(DISTINCT " + Duck.identifier(name) + ") FROM data", origin))
                .limit(5)
                .toList();
        return (unique.isEmpty()
                        ? "No column has another value in each row; several together can be the entity (--entity a,b), or"
                        : "Different in each row: " + String.join(", ", unique) + ". If none of them is an id,")
                + " --entity " + Picked.ROW_NUMBER + " numbers the rows by their order in the file.";
    }
}
