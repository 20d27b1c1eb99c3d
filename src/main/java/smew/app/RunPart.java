package smew.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.features.Checks;
import smew.features.Contract;
import smew.features.DeclaredChecks;
import smew.features.DeclaredColumns;
import smew.features.FeatureRun;
import smew.project.DeclaredCheck;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;
import smew.release.ReleaseFiles;

/**
 * Which part of a run happens here.
 *
 * @param sources reads the sources, and tells what they hold
 * @param views makes the feature views
 * @param checks which ones are to be run
 * @param checked what those found that were run before
 * @param models which ones are to be trained
 * @param leaked what leak tests found that were made before; empty: they were not
 * @param place what is here of the sources
 */
record RunPart(
        BiFunction<FeatureRun, Optional<Contract>, List<RelationProfile>> sources,
        Function<FeatureRun, List<Manifest.View>> views,
        Predicate<Relation.Check> checks,
        List<Manifest.Check> checked,
        Predicate<Relation.Model> models,
        Optional<Leaks> leaked,
        Sources place) {

    /** What is here of the sources. */
    enum Sources {
        ALL,
        SOME,
        NONE
    }

    /** All of it. */
    static final RunPart WHOLE = new RunPart(
            (features, measure) -> features.load(measure, true),
            FeatureRun::build,
            _ -> true,
            List.of(),
            _ -> true,
            Optional.empty(),
            Sources.ALL);

    /** The same with some of the models. */
    RunPart training(Predicate<Relation.Model> wanted) {
        return new RunPart(sources, views, checks, checked, wanted, leaked, place);
    }

    /**
     * What one machine of several does with its part of the sources: features, the checks that need sources, and leak tests,
     * whose findings stop nothing yet.
     */
    static RunPart shard(Project project) {
        return new RunPart(
                (features, measure) -> features.load(measure, false),
                FeatureRun::build,
                check -> readsSource(project, check),
                List.of(),
                _ -> true,
                Optional.empty(),
                Sources.SOME);
    }

    /**
     * What is left to do after several machines did theirs.
     *
     * @param profiles what the sources held there
     * @param views makes the feature views of the release
     * @param checked what the checks found there
     * @param leaked what the leak tests found there
     */
    static RunPart merging(
            Project project,
            List<RelationProfile> profiles,
            Function<FeatureRun, List<Manifest.View>> views,
            List<Manifest.Check> checked,
            Optional<Leaks> leaked) {
        return new RunPart(
                (_, _) -> profiles,
                views,
                check -> !readsSource(project, check),
                checked,
                _ -> true,
                leaked,
                Sources.NONE);
    }

    /** Whether a check, or a model that it reads, looks at a source itself. */
    static boolean readsSource(Project project, Relation relation) {
        return relation.file().reads().stream()
                .flatMap(name -> project.relation(name).stream())
                .anyMatch(read -> read instanceof Relation.Source
                        || (read instanceof Relation.Model && readsSource(project, read)));
    }

    /** Checks of columns that are not there, where the sources are. */
    List<Problem> columns(Duck duck, Project project) {
        return place == Sources.NONE ? List.of() : DeclaredColumns.problems(duck, project);
    }

    /**
     * Runs checks that call no model; the answer has those that were run before too.
     *
     * @param reuse knows what others found
     */
    List<Manifest.Check> check(
            RunRequest request, Optional<Reuse> reuse, Duck duck, Project project, Progress progress) {
        List<Manifest.Check> results = new ArrayList<>(reuse.map(Reuse::checks).orElse(List.of()));
        results.addAll(DeclaredChecks.run(
                duck,
                project,
                (relation, check) -> isWhole(project, relation, check)
                        && reuse.filter(older -> older.keepsDeclaredChecks(relation))
                                .isEmpty(),
                request.asOf(),
                progress));
        results.addAll(Checks.run(
                duck,
                here(project).stream()
                        .filter(check ->
                                reuse.filter(older -> older.keepsCheck(check)).isEmpty())
                        .toList(),
                progress));
        tellUnchecked(project, progress);
        return together(project, checked, results);
    }

    /** Says which declared checks no machine can run: where sources are in parts, what compares rows of a source with others. */
    private void tellUnchecked(Project project, Progress progress) {
        for (Relation relation : project.relations()) {
            for (DeclaredCheck check : relation.declaredChecks()) {
                boolean source = relation instanceof Relation.Source;
                boolean nobody = (place == Sources.SOME && source && !check.byRow())
                        || (place == Sources.NONE && !source && !isWhole(project, relation, check));
                if (nobody) {
                    try (Progress.Step step =
                            progress.start("check " + check.written().text() + " of " + relation.name())) {
                        step.result("not run: no machine has all rows of the sources");
                    }
                }
            }
        }
    }

    /**
     * Whether what a declared check looks at is here, as a whole where one part says nothing. Machines that have a part of the sources each
     * look at single rows of these; feature views are looked at where they are whole.
     */
    private boolean isWhole(Project project, Relation relation, DeclaredCheck check) {
        return switch (place) {
            case ALL -> true;
            case SOME -> relation instanceof Relation.Source && check.byRow();
            case NONE ->
                relation instanceof Relation.FeatureView
                        && check.reads().stream()
                                .allMatch(name -> project.relation(name)
                                        .filter(Relation.FeatureView.class::isInstance)
                                        .isPresent());
        };
    }

    /**
     * Runs checks that call models, which exist by now.
     *
     * @param files of the release that is being made
     * @return with those that were run before
     * @throws smew.base.SmewException DATA where one of severity error returns rows
     */
    List<Manifest.Check> checkModels(Duck duck, ReleaseFiles files, Project project, Progress progress) {
        Set<String> trained =
                files.manifest().models().stream().map(Manifest.Model::name).collect(Collectors.toSet());
        List<Relation.Check> calling = project.checks().stream()
                .filter(checks)
                .filter(check -> !called(project, check).isEmpty() && trained.containsAll(called(project, check)))
                .toList();
        String sql = calling.stream().map(check -> check.file().sql()).collect(Collectors.joining("\n"));
        ModelFunctions.define(duck, files, sql);
        List<Manifest.Check> results = Checks.run(duck, calling, progress);
        Checks.require(calling, results);
        return together(project, files.manifest().checks(), results);
    }

    /** Says which checks are not run where no model is trained. */
    void tellUncheckedModels(Project project, Progress progress) {
        for (Relation.Check check : project.checks()) {
            List<String> models = called(project, check);
            if (!models.isEmpty()) {
                try (Progress.Step step = progress.start("check " + check.name())) {
                    step.result("not run: it calls " + String.join(", ", models) + ", which only run trains");
                }
            }
        }
    }

    private static List<String> called(Project project, Relation.Check check) {
        return project.models().stream()
                .map(Relation::name)
                .filter(model -> ModelFunctions.calls(check.file().sql(), model))
                .toList();
    }

    private static List<Manifest.Check> together(
            Project project, List<Manifest.Check> before, List<Manifest.Check> now) {
        Map<String, Manifest.Check> results = new LinkedHashMap<>();
        Stream.of(before, now).flatMap(List::stream).forEach(found -> results.put(found.name(), found));
        return Stream.concat(
                        DeclaredChecks.names(project).stream(),
                        project.checks().stream().map(Relation::name))
                .flatMap(name -> Optional.ofNullable(results.get(name)).stream())
                .toList();
    }

    /** Refuses to go on where one of the checks that were run here fails. */
    void requireChecks(Project project, List<Manifest.Check> results) {
        List<Problem> problems = new ArrayList<>(DeclaredChecks.problems(project, results));
        problems.addAll(Checks.problems(here(project), results));
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Checking", problems);
        }
    }

    private List<Relation.Check> here(Project project) {
        return project.checks().stream()
                .filter(checks)
                .filter(check -> called(project, check).isEmpty())
                .toList();
    }
}
