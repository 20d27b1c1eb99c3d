package smew.features;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import smew.base.SmewException;
import smew.duck.ColumnOrigins;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.project.Project;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.release.RelationProfile;

/** Binds SQL in a database that has relations as empty tables: what columns it gives and where they come from, without a row. */
public final class ColumnTrace implements AutoCloseable {

    private final Duck duck;
    private final List<ColumnLineage.Traced> traced = new ArrayList<>();

    /** With the variables that SQL reads; {@code as_of} is one of them. */
    public ColumnTrace(LocalDate asOf, Map<String, String> variables) {
        this.duck = Duck.inMemory(Duck.Limits.NONE);
        duck.variable("as_of", asOf);
        variables.forEach(duck::variable);
    }

    /**
     * That of a run, whose sources and feature views have the columns that they have. What cannot be bound is not known.
     *
     * @param sources those that were loaded here
     */
    public static ColumnLineage of(
            Project project,
            List<RelationProfile> sources,
            List<Manifest.View> views,
            LocalDate asOf,
            Map<String, String> variables) {
        try (ColumnTrace trace = new ColumnTrace(asOf, variables)) {
            sources.forEach(source -> trace.define(
                    source.name(),
                    source.columns().stream()
                            .map(column -> new Manifest.Column(column.name(), column.type()))
                            .toList()));
            views.forEach(view -> trace.define(view.name(), view.columns()));
            for (Relation relation : project.relations()) {
                if (!(relation instanceof Relation.Check)) {
                    trace.known(relation, sources, views).ifPresent(columns -> trace.trace(relation.file(), columns));
                }
            }
            return trace.lineage();
        }
    }

    private Optional<List<Manifest.Column>> known(
            Relation relation, List<RelationProfile> sources, List<Manifest.View> views) {
        return switch (relation) {
            case Relation.Source source ->
                sources.stream()
                        .filter(profile -> profile.name().equals(source.name()))
                        .findFirst()
                        .map(profile -> profile.columns().stream()
                                .map(column -> new Manifest.Column(column.name(), column.type()))
                                .toList());
            case Relation.FeatureView view ->
                views.stream()
                        .filter(made -> made.name().equals(view.name()))
                        .findFirst()
                        .map(Manifest.View::columns);
            case Relation.Model model -> bound(model.file());
            case Relation.Check _ -> Optional.empty();
        };
    }

    private Optional<List<Manifest.Column>> bound(SqlFile file) {
        try {
            return Optional.of(columns(file));
        } catch (SmewException unbound) {
            return Optional.empty();
        }
    }

    /** Makes a relation known by its columns, for those that read it. */
    public void define(String name, List<Manifest.Column> columns) {
        StringBuilder list = new StringBuilder();
        for (Manifest.Column column : columns) {
            list.append(list.isEmpty() ? "" : ", ")
                    .append(Duck.identifier(column.name()))
                    .append(' ')
                    .append(column.type());
        }
        duck.execute("CREATE TABLE " + Duck.identifier(name) + " (" + list + ")", Origin.engine("Making table", name));
    }

    /**
     * The columns that SQL gives.
     *
     * @throws SmewException with file and line where it cannot be bound
     */
    public List<Manifest.Column> columns(SqlFile file) {
        return FeatureRun.columns(duck, file.sql(), FeatureRun.running(file));
    }

    /**
     * Refuses a feature view without the columns that its directives name, or of types that cannot be what they say.
     *
     * @throws SmewException CONFIGURATION with file and line
     */
    public void requireKeys(Relation.FeatureView view, List<Manifest.Column> columns) {
        new Keys(view.file(), view.entity(), view.time()).require(columns);
    }

    /**
     * The same of checks that directives declare, where everything that they name was defined.
     *
     * @throws SmewException CONFIGURATION with file and line of each
     */
    public void requireDeclared(Project project) {
        DeclaredColumns.require(DeclaredColumns.problems(duck, project));
    }

    /** Notes where the columns of a relation come from, if it reads others. */
    public void trace(SqlFile file, List<Manifest.Column> columns) {
        if (file.reads().isEmpty()) {
            return;
        }
        List<Optional<SortedSet<ColumnOrigins.TableColumn>>> found =
                ColumnOrigins.of(duck, file.sql()).orElse(List.of());
        List<ColumnLineage.Column> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            all.add(new ColumnLineage.Column(
                    columns.get(i).name(),
                    found.size() == columns.size()
                            ? found.get(i)
                                    .map(origins -> origins.stream()
                                            .map(origin -> new ColumnLineage.Origin(origin.table(), origin.column()))
                                            .toList())
                            : Optional.empty()));
        }
        traced.add(new ColumnLineage.Traced(file.name(), all));
    }

    /** All that was noted. */
    public ColumnLineage lineage() {
        return new ColumnLineage(traced);
    }

    @Override
    public void close() {
        duck.close();
    }
}
