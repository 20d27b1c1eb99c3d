package smew.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import smew.base.Progress;
import smew.duck.Duck;
import smew.features.Checks;
import smew.features.FeatureRun;
import smew.project.Kind;
import smew.project.Relation;
import smew.release.Manifest;

/**
 * Which part of a run happens here.
 *
 * @param views makes the feature views
 * @param checks which ones are to be run
 * @param checked what those found that were run before
 * @param models which ones are to be trained
 * @param sources whether the sources are here
 */
record RunPart(
        Function<FeatureRun, List<Manifest.View>> views,
        Predicate<Relation.Check> checks,
        List<Manifest.Check> checked,
        Predicate<Relation.Model> models,
        boolean sources) {

    /** All of it. */
    static final RunPart WHOLE = new RunPart(FeatureRun::build, _ -> true, List.of(), _ -> true, true);

    /** The same with some of the models. */
    RunPart training(Predicate<Relation.Model> wanted) {
        return new RunPart(views, checks, checked, wanted, sources);
    }

    /** The same with some of the checks. */
    RunPart checking(Predicate<Relation.Check> wanted) {
        return new RunPart(views, wanted, checked, models, sources);
    }

    /** What is left to do where others made the feature views, of sources that are not here, and ran the other checks. */
    static RunPart merging(
            Function<FeatureRun, List<Manifest.View>> views,
            Predicate<Relation.Check> checks,
            List<Manifest.Check> checked) {
        return new RunPart(views, checks, checked, _ -> true, false);
    }

    List<Manifest.Check> check(Duck duck, List<Relation.Check> all, Progress progress) {
        Map<String, Manifest.Check> results = new LinkedHashMap<>();
        all.forEach(check -> checked.stream()
                .filter(found -> found.name().equals(check.name()))
                .forEach(found -> results.put(found.name(), found)));
        Checks.run(duck, all.stream().filter(checks).toList(), progress)
                .forEach(found -> results.put(found.name(), found));
        return all.stream()
                .flatMap(check -> Optional.ofNullable(results.get(check.name())).stream())
                .toList();
    }

    List<Manifest.Sql> described(List<Manifest.Sql> sql) {
        return sql.stream()
                .filter(file -> sources || file.kind() != Kind.SOURCE)
                .toList();
    }
}
