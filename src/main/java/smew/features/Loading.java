package smew.features;

import java.util.List;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Progress;
import smew.base.SmewException;
import smew.duck.Duck;
import smew.project.Relation;
import smew.release.Manifest;
import smew.release.RelationProfile;

/**
 * Parses each source once, into a table.
 *
 * @param measure what a release read before, for messages
 * @param whole whether all rows of each are here
 * @param kept which ones nothing has to read
 */
record Loading(
        Duck duck, Inputs inputs, Optional<Contract> measure, boolean whole, Optional<Kept> kept, Progress progress) {

    /** Loads them, in this order. */
    List<RelationProfile> load(List<Relation.Source> sources) {
        return sources.stream()
                .map(source -> kept.flatMap(older -> older.source(source)).orElseGet(() -> load(source)))
                .toList();
    }

    private RelationProfile load(Relation.Source source) {
        try (Progress.Step step = progress.start("source " + source.name())) {
            long rows = duck.execute(
                    "CREATE TABLE " + Duck.identifier(source.name()) + " AS\n"
                            + source.file().sql(),
                    FeatureRun.running(source.file()),
                    step);
            if (rows == 0) {
                throw SmewException.at(
                        Fault.DATA,
                        source.file().path(),
                        "Running " + source.file().path() + ": the source has no rows. Check its input.");
            }
            List<Manifest.Column> columns = FeatureRun.columns(
                    duck, "FROM " + Duck.identifier(source.name()), FeatureRun.running(source.file()));
            new Keys(source.file(), List.of(), source.time()).require(columns);
            RelationProfile profile = RelationScan.of(duck, source.name(), source.name(), rows, columns, whole);
            step.result(FeatureRun.rows(rows));
            return profile;
        } catch (SmewException failed) {
            SmewException explained = inputs.explain(source, failed);
            throw measure.map(contract -> contract.explain(source, inputs, explained))
                    .orElse(explained);
        }
    }
}
