package smew.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import smew.base.Progress;
import smew.columns.Table;
import smew.learn.SmileRows;
import smew.learn.Training;
import smew.project.Relation;
import smile.classification.RandomForest;

/** The sample's random forest with fewer trees, which both sides fit from the same rows. */
final class Forests {

    /** Enough for both cores of a small machine to be busy, few enough for several runs in a minute or two. */
    static final int TREES = 4;

    private final Relation.Model definition;
    private final Table table;
    private final SmileRows rows;
    private final Path folder;

    Forests(Workbench bench) throws IOException {
        ModelRows model = bench.modelRows();
        this.definition = withTrees(model.model());
        this.table = model.table();
        this.rows = SmileRows.of(definition, table);
        this.folder = bench.newFolder();
    }

    private static Relation.Model withTrees(Relation.Model model) {
        if (!model.algorithm().name().equals("random-forest")) {
            throw new IllegalStateException("Model " + model.name() + " is no random forest: nothing to compare with.");
        }
        Map<String, String> parameters = new LinkedHashMap<>(model.algorithm().parameters());
        parameters.put("trees", Integer.toString(TREES));
        return new Relation.Model(
                model.file(),
                model.entity(),
                model.time(),
                model.label(),
                model.task(),
                model.positive(),
                new Relation.Algorithm(model.algorithm().name(), parameters),
                model.split(),
                model.resample(),
                model.missing(),
                model.seed(),
                model.calibrate(),
                model.threshold());
    }

    Table table() {
        return table;
    }

    SmileRows rows() {
        return rows;
    }

    /** Splits, encodes, grows, evaluates on held-out rows and writes the artefact; answers where. */
    Path fit() {
        Training.fit(definition, table, Training.Terms.of(Workbench.AS_OF), folder, Progress.NONE);
        return folder;
    }

    /** Grows from rows that are split and encoded, and evaluates out of bag. */
    RandomForest fitBySmile() {
        return rows.fit();
    }
}
