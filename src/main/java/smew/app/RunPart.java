package smew.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import smew.app.Engine.RunRequest;
import smew.base.Progress;
import smew.duck.Duck;
import smew.features.Checks;
import smew.features.FeatureRun;
import smew.features.Replay;
import smew.project.Kind;
import smew.project.Leaks;
import smew.project.Project;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * Which part of a run happens here.
 *
 * @param views makes the feature views
 * @param checks which ones are to be run
 * @param checked what those found that were run before
 * @param leaked what leak tests found that were made before; empty: they were not
 * @param place what is here of the sources
 */
record RunPart(
        Function<FeatureRun, List<Manifest.View>> views,
        Predicate<Relation.Check> checks,
        List<Manifest.Check> checked,
        Optional<Leaks> leaked,
        Sources place) {

    /** What is here of the sources. */
    enum Sources {
        ALL,
        SOME,
        NONE
    }

    /** All of it. */
    static RunPart whole() {
        return new RunPart(FeatureRun::build, _ -> true, List.of(), Optional.empty(), Sources.ALL);
    }

    /**
     * What one machine of several does with its part of the sources: features, the checks that need sources, and leak tests,
     * whose findings stop nothing yet.
     */
    static RunPart shard(Project project) {
        return new RunPart(
                FeatureRun::build, check -> readsSource(project, check), List.of(), Optional.empty(), Sources.SOME);
    }

    /**
     * What is left to do after several machines did theirs.
     *
     * @param views makes the feature views of the release
     * @param checked what the checks found there
     * @param leaked what the leak tests found there
     */
    static RunPart rest(
            Project project,
            Function<FeatureRun, List<Manifest.View>> views,
            List<Manifest.Check> checked,
            Optional<Leaks> leaked) {
        return new RunPart(views, check -> !readsSource(project, check), checked, leaked, Sources.NONE);
    }

    /** Whether a check, or a model that it reads, looks at a source itself. */
    static boolean readsSource(Project project, Relation relation) {
        return relation.file().reads().stream()
                .flatMap(name -> project.relation(name).stream())
                .anyMatch(read -> read instanceof Relation.Source
                        || (read instanceof Relation.Model && readsSource(project, read)));
    }

    /** Runs checks; the answer has those that were run before too. */
    List<Manifest.Check> check(Duck duck, Project project, Progress progress) {
        Map<String, Manifest.Check> results = new LinkedHashMap<>();
        Stream.of(checked, Checks.run(duck, here(project), progress))
                .flatMap(List::stream)
                .forEach(found -> results.put(found.name(), found));
        return project.checks().stream()
                .flatMap(check -> Optional.ofNullable(results.get(check.name())).stream())
                .toList();
    }

    /** Refuses to go on where one of the checks that were run here fails. */
    void requireChecks(Project project, List<Manifest.Check> results) {
        Checks.require(here(project), results);
    }

    private List<Relation.Check> here(Project project) {
        return project.checks().stream().filter(checks).toList();
    }

    /** Looks for leaks; empty where that is not wanted, or was not done by those who had the sources. */
    Optional<Leaks> leaks(RunRequest request, Duck duck, Project project, Progress progress) {
        // A machine that has some of the sources does not know whether models will be trained elsewhere.
        boolean models = !request.featuresOnly() || place == Sources.SOME;
        List<Relation> relations = project.relations().stream()
                .filter(relation ->
                        relation.kind() == Kind.FEATURE_VIEW || (models && relation.kind() == Kind.MODEL))
                .toList();
        if (!request.leakTests()) {
            return Optional.empty();
        }
        return switch (place) {
            case ALL ->
                Optional.of(Replay.of(duck, project, relations, request.asOf(), progress)
                        .withStale(relations, Replay.KINDS));
            case SOME -> Optional.of(Replay.of(duck, project, relations, request.asOf(), progress));
            case NONE -> leaked.map(leaks -> leaks.of(relations).withStale(relations, Replay.KINDS));
        };
    }

    /** Refuses to go on where a leak stops the release; elsewhere, whoever has all of them decides. */
    void requireNoLeaks(Project project, Optional<Leaks> leaks) {
        leaks.filter(_ -> place != Sources.SOME).ifPresent(found -> found.require(project));
    }

    /** SQL files whose rows can be looked at here. */
    List<Manifest.Sql> described(List<Manifest.Sql> sql) {
        return sql.stream()
                .filter(file -> place != Sources.NONE || file.kind() != Kind.SOURCE)
                .toList();
    }
}
