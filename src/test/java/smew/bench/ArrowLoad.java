package smew.bench;

import java.util.List;
import smew.columns.Table;
import smew.duck.Duck;
import smew.duck.Origin;

/** The model's rows from a DuckDB table into plain arrays, against taking DuckDB's Arrow batches without reading them. */
final class ArrowLoad implements Item {

    private static final Origin ORIGIN = Origin.engine("Loading", "the rows of the model");

    @Override
    public String name() {
        return "arrow";
    }

    @Override
    public List<Line> measure(Workbench bench, Rounds rounds) throws Exception {
        ModelRows rows = bench.modelRows();
        String make = "CREATE TABLE model_rows AS FROM read_parquet("
                + Duck.literal(rows.parquet().toString()) + ")";
        try (Duck duck = Duck.inMemory(Duck.Limits.NONE);
                BareDuck bare = new BareDuck()) {
            duck.execute(make, ORIGIN);
            bare.execute(make);
            List<Rounds.Figures> figures = rounds.of(
                    name(),
                    () -> Rounds.seconds(() -> same(
                            rows.table(), duck.query("FROM model_rows", ORIGIN).rows())),
                    () -> Rounds.seconds(() -> same(rows.table(), bare.drain("FROM model_rows"))));
            return List.of(Line.rate(
                    name(),
                    "rows of " + rows.table().columns().size() + " columns to arrays",
                    "Arrow stream taken, values not read",
                    rows.table().rows(),
                    figures.get(0),
                    figures.get(1)));
        }
    }

    private static void same(Table expected, long found) {
        if (expected.rows() != found) {
            throw new IllegalStateException("Loaded " + found + " rows, expected " + expected.rows() + ".");
        }
    }
}
