package smew.bench;

import java.nio.file.Path;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;
import smew.features.FeatureRun;
import smew.project.Relation;

/**
 * The rows of a model.
 *
 * @param table in memory
 * @param parquet the same rows, for any DuckDB
 */
record ModelRows(Relation.Model model, Table table, Path parquet) {

    static ModelRows of(Relation.Model model, FeatureRun run, Duck duck, Path parquet) {
        Table table = run.rows(model);
        duck.execute(
                "COPY (FROM " + Duck.identifier(model.name()) + ") TO " + Duck.literal(parquet.toString())
                        + " (FORMAT parquet)",
                Origin.engine("Writing the rows of", model.name()));
        return new ModelRows(model, table, parquet);
    }
}
