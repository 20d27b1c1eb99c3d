package smew.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.base.Problem;
import smew.base.Progress;
import smew.release.Manifest;
import software.amazon.awssdk.services.athena.model.TableMetadata;

/**
 * Makes feature views tables of Athena. It has no transactions: everything is looked at before anything is changed, each table
 * moves to the new release in one statement, and the view that names the release comes last.
 */
record Athena(ReleasedViews release, Destination.Athena into, AthenaQueries queries) {

    /**
     * Publishes every view.
     *
     * @param replace tables that have other columns too; such a table is gone for a moment
     * @throws smew.base.SmewException GATE when tables have other columns, or are none of ours
     */
    Published publish(boolean replace, Progress progress) {
        boolean hasDatabase = queries.hasDatabase();
        Map<ExternalTable, Published.Change> changes = changes(hasDatabase, replace);
        if (!hasDatabase) {
            queries.run(
                    "Creating database " + into.database() + " in Athena",
                    ExternalTable.createDatabase(into.database()));
        }
        List<Published.Table> done = new ArrayList<>();
        changes.forEach((table, change) -> {
            try (Progress.Step step = progress.start("athena " + table.view().name())) {
                publish(table, change);
                step.done(1);
                step.result(change.name().toLowerCase(Locale.ROOT));
            }
            done.add(new Published.Table(
                    table.name(),
                    into.database() + "." + LatestView.name(table.view().name()),
                    table.view().rows(),
                    release.folder(table.view()),
                    change));
        });
        queries.run("Naming the release in Athena", ExternalTable.releaseView(Dialect.TRINO, release, into.database()));
        return new Published(release.release(), "Athena database " + into.database(), done);
    }

    private void publish(ExternalTable table, Published.Change change) {
        switch (change) {
            case MOVED -> queries.run("Moving table " + table.name() + " in Athena", table.move());
            case CREATED -> queries.run("Creating table " + table.name() + " in Athena", table.create());
            case REPLACED -> {
                queries.run("Dropping table " + table.name() + " in Athena", table.drop());
                queries.run("Creating table " + table.name() + " in Athena", table.create());
            }
            case LOADED -> throw new IllegalArgumentException("Athena loads nothing.");
        }
        queries.run("Creating view latest_" + table.view().name() + " in Athena", table.latest(Dialect.TRINO));
    }

    private Map<ExternalTable, Published.Change> changes(boolean hasDatabase, boolean replace) {
        Map<ExternalTable, Published.Change> changes = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Manifest.View view : release.views()) {
            ExternalTable table = new ExternalTable(release, view, into.database());
            Optional<TableMetadata> there = hasDatabase ? queries.table(view.name()) : Optional.empty();
            Optional<Problem> foreign = there.flatMap(found -> foreign(table, found));
            Optional<Problem> other = foreign.isPresent() ? foreign : there.flatMap(found -> difference(table, found));
            changes.put(
                    table,
                    there.isEmpty()
                            ? Published.Change.CREATED
                            : other.isEmpty() ? Published.Change.MOVED : Published.Change.REPLACED);
            (replace ? foreign : other).ifPresent(problems::add);
        }
        Differences.refuse("Athena", problems);
        return changes;
    }

    /** Dropping a table of another kind, such as one of Iceberg, deletes its data. */
    private static Optional<Problem> foreign(ExternalTable table, TableMetadata found) {
        return found.parameters().containsKey(ExternalTable.MARK)
                ? Optional.empty()
                : Optional.of(new Problem(
                        table.name(),
                        "a table or view of that name exists which smew publish did not make. Rename or drop it, or give"
                                + " --database another one."));
    }

    private static Optional<Problem> difference(ExternalTable table, TableMetadata found) {
        List<ColumnTypes.Column> columns = found.columns().stream()
                .map(column -> new ColumnTypes.Column(column.name(), column.type()))
                .toList();
        return Differences.of(table.name(), columns, ColumnTypes.hive(table.view()));
    }
}
