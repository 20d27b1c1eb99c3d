package smew.app;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import smew.app.ProjectOnDisk.Shown.Columns;
import smew.base.Problem;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.ColumnTrace;
import smew.features.Inputs;
import smew.features.Inputs.Given;
import smew.project.Directive;
import smew.project.Project;
import smew.project.ProjectReview;
import smew.project.Relation;
import smew.release.ColumnLineage;
import smew.release.Manifest;
import smew.store.RemoteFiles;
import smew.store.StoreSettings;

/**
 * The columns of a project as it stands on disk: each relation is bound after those that it reads. Where one is wrong, or an input lies on
 * S3, those that read it are left alone: they are as right as can be told.
 */
final class ProjectColumns implements AutoCloseable {

    private final ProjectRequest request;
    private final ProjectReview review;
    private final LocalDate asOf;
    private final List<Problem> problems;
    private final List<Columns> bound = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private Optional<ColumnTrace> trace = Optional.empty();

    ProjectColumns(ProjectRequest request, ProjectReview review, LocalDate asOf) {
        this.request = request;
        this.review = review;
        this.asOf = asOf;
        this.problems = new ArrayList<>(review.problems());
    }

    /**
     * Binds all that can be.
     *
     * @param duck to look for input files with
     */
    void bind(Duck duck) {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.variables().forEach((name, given) -> variables.put(name, given.text()));
        Set<String> unreadable = new HashSet<>();
        for (Relation relation : review.relations()) {
            if (relation instanceof Relation.Source source && !resolve(source, duck, variables)) {
                unreadable.add(source.name());
            }
        }
        ColumnTrace made = new ColumnTrace(asOf, variables);
        trace = Optional.of(made);
        for (Relation relation : review.relations()) {
            boolean readable = defined.containsAll(relation.file().reads());
            if (readable && !unreadable.contains(relation.name()) && isRight(relation)) {
                bind(made, relation);
            }
        }
        if (problems.isEmpty() && defined.size() == review.relations().size()) {
            noting("sql/", () -> made.requireDeclared(new Project(request.folder(), review.relations())));
        }
    }

    /** Whether nothing was found in its file by reading it. */
    private boolean isRight(Relation relation) {
        return review.problems().stream()
                .noneMatch(problem -> problem.where().startsWith(relation.file().path() + ":"));
    }

    /** Where the inputs of a source lie; false where that is on S3, or nowhere. */
    private boolean resolve(Relation.Source source, Duck duck, Map<String, String> variables) {
        Map<String, Given> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(request.variables());
        given.keySet().removeIf(name -> source.inputs().keySet().stream().noneMatch(name::equalsIgnoreCase));
        boolean far = source.inputs().entrySet().stream()
                .anyMatch(input -> RemoteFiles.isRemote(
                        given.containsKey(input.getKey())
                                ? given.get(input.getKey()).text()
                                : input.getValue()));
        if (far) {
            return false;
        }
        Project alone = new Project(request.folder(), List.of(source));
        return noting(source.file().where(Directive.INPUT), () -> {
            try (RemoteFiles nothing = new RemoteFiles(StoreSettings.folder(""))) {
                variables.putAll(Inputs.resolve(alone, given, duck, nothing).variables());
            }
        });
    }

    private void bind(ColumnTrace made, Relation relation) {
        boolean calls = review.relations().stream()
                .anyMatch(other -> other instanceof Relation.Model
                        && ModelFunctions.calls(relation.file().sql(), other.name()));
        if (calls) {
            // What a model says of rows is known when there is one.
            defined.add(relation.name());
            return;
        }
        noting(relation.file().path() + ":1", () -> {
            List<Manifest.Column> columns = made.columns(relation.file());
            if (relation instanceof Relation.FeatureView view) {
                made.requireKeys(view, columns);
            }
            made.define(relation.name(), columns);
            defined.add(relation.name());
            if (!(relation instanceof Relation.Check)) {
                bound.add(new Columns(relation.name(), columns));
                made.trace(relation.file(), columns);
            }
        });
    }

    /** Whether it went well; what did not is noted, at the place that is given where the failure knows none itself. */
    private boolean noting(String where, Runnable work) {
        try {
            work.run();
            return true;
        } catch (SmewException failed) {
            problems.addAll(
                    failed.problems().isEmpty() ? List.of(new Problem(where, failed.getMessage())) : failed.problems());
            return false;
        }
    }

    List<Columns> bound() {
        return bound;
    }

    List<ColumnLineage.Traced> lineage() {
        return trace.map(made -> made.lineage().relations()).orElse(List.of());
    }

    /** Sorted by file and line. */
    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.where().replaceFirst(":\\d+$", ""))
                        .thenComparingInt(problem -> line(problem.where())))
                .toList();
    }

    private static int line(String where) {
        String last = where.substring(where.lastIndexOf(':') + 1);
        return last.matches("\\d{1,9}") ? Integer.parseInt(last) : 0;
    }

    @Override
    public void close() {
        trace.ifPresent(ColumnTrace::close);
    }
}
