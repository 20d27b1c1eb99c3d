package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import smew.base.Progress;
import smew.columns.Table;
import smew.model.Audit;
import smew.project.Relation;

class CarelessTest {

    /** Customers with several rows each; what is known of them says nothing about whether they pay, which is one for all rows. */
    private static Table customers(int customers, int rowsEach, double rate) {
        SplittableRandom random = new SplittableRandom(3);
        int rows = customers * rowsEach;
        long[] id = new long[rows];
        Double[] income = new Double[rows];
        Double[] amount = new Double[rows];
        String[] label = new String[rows];
        for (int customer = 0; customer < customers; customer++) {
            double earns = random.nextDouble();
            String bad = random.nextDouble() < rate ? "bad" : "good";
            for (int i = 0; i < rowsEach; i++) {
                int row = customer * rowsEach + i;
                id[row] = customer;
                income[row] = earns;
                amount[row] = random.nextDouble();
                label[row] = bad;
            }
        }
        return Tables.of(
                Tables.integers("id", id),
                Tables.doubles("income", income),
                Tables.doubles("amount", amount),
                Tables.texts("status", label));
    }

    private static Optional<Audit.Careless> measure(Relation.Model model, Table table) {
        int[] order = Order.of(table, model.entity());
        Target target = Target.of(model, table.column(model.label()).orElseThrow(), order);
        Fitting fitting = new Fitting(model, table, target, model.seed());
        Holdout holdout = Holdout.of(model, table, target, model.seed());
        try (Progress.Step step = Progress.NONE.start("careless")) {
            return Careless.of(fitting, Chosen.of(model), holdout, step);
        }
    }

    @Test
    void rowsSplitOneByOneMakeAModelOfNoiseLookGood() {
        Relation.Model model = Tables.model("id", "status", "random-forest", "trees", "10");
        List<Audit.Step> steps =
                measure(model, customers(300, 10, 0.3)).orElseThrow().steps();

        assertEquals(3, steps.size());
        assertTrue(steps.getFirst().mistake().contains("rows of the same id"), steps::toString);
        assertTrue(steps.getFirst().figures().get("auc") > 0.75, steps::toString);
        assertTrue(steps.get(1).mistake().startsWith("id was an input"), steps::toString);
        assertTrue(steps.getLast().figures().get("accuracy") > 0.9, steps::toString);
    }

    @Test
    void fillingUpBeforeTheSplitMakesAModelOfNoiseLookGood() {
        Relation.Model model = Tables.model("id", "status", "random-forest", "trees", "10");
        List<Audit.Step> steps =
                measure(model, customers(3_000, 1, 0.05)).orElseThrow().steps();

        assertEquals(2, steps.size(), "each customer has one row, so that rows are split honestly");
        assertTrue(steps.getFirst().figures().get("auc") < 0.6, steps::toString);
        assertTrue(steps.getLast().figures().get("auc") > 0.85, steps::toString);
    }

    @Test
    void aNumberHasNoClassesToFillUp() {
        Relation.Model model = Tables.model("id", "value", "random-forest", "trees", "5");
        Audit.Careless careless = measure(model, Tables.housing(300, 4)).orElseThrow();

        assertEquals(1, careless.steps().size());
        assertTrue(careless.figures().containsKey("rmse"), careless::toString);
    }

    @Test
    void aClassOfAFewRowsIsNotMeasured() {
        Table table = Tables.churn(5, 200, 1);
        assertTrue(measure(Tables.model("customer_id", "churn", "decision-tree"), table)
                .isEmpty());
    }

    @Test
    void theSameRowsGiveTheSameFigures() {
        Relation.Model model = Tables.model("id", "status", "random-forest", "trees", "5");
        Table table = customers(100, 5, 0.3);
        assertEquals(measure(model, table), measure(model, Tables.shuffled(table, 7)));
    }

    @Test
    void entitiesAreDrawnWhole() {
        Relation.Model model = Tables.model("id", "status", "decision-tree");
        Table table = customers(100, 5, 0.3);
        int[] order = Order.of(table, model.entity());
        Target target = Target.of(model, table.column("status").orElseThrow(), order);
        int[] some = Holdout.someEntities(model, table, target, 42, 100);

        assertEquals(100, some.length);
        assertEquals(
                20,
                Arrays.stream(some).map(r -> target.rows()[r] / 5).distinct().count(),
                "customers stand in the table five rows each");
    }
}
