package smew.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.LeakKind;
import smew.project.Relation;

class LeakTestsTest {

    private static final int ROWS = 2_000;

    private static Table with(Table table, Column more) {
        List<Column> columns = new ArrayList<>(table.columns());
        columns.add(more);
        return new Table(columns, table.rows());
    }

    private static List<Suspicion> test(Relation.Model model, Table table) {
        int[] order = Order.of(table, model.entity());
        Target target = Target.of(model, table.column(model.label()).orElseThrow(), order);
        Fitting fitting = new Fitting(model, table, target, model.seed());
        Holdout holdout = Holdout.of(model, table, target, model.seed());
        return new LeakTests(fitting, holdout)
                .run(Inputs.learn(model, table, fitting.rows(holdout.training()), target.rows()));
    }

    private static Relation.Model churn() {
        return Tables.model("customer_id", "churn", "decision-tree");
    }

    private static Relation.Model housing() {
        return Tables.model("id", "value", "decision-tree");
    }

    private static boolean[] label(Table table) {
        Column.Texts label = (Column.Texts) table.column("churn").orElseThrow();
        boolean[] yes = new boolean[table.rows()];
        IntStream.range(0, yes.length).forEach(r -> yes[r] = label.dictionary()[label.codes()[r]].equals("Yes"));
        return yes;
    }

    private static void assertOnly(LeakKind kind, String column, List<Suspicion> found) {
        assertEquals(
                List.of(kind + " " + Optional.of(column)),
                found.stream().map(one -> one.kind() + " " + one.column()).toList(),
                found::toString);
    }

    @Test
    void honestRowsRaiseNothing() {
        assertEquals(List.of(), test(churn(), Tables.churn(ROWS, 5)));
        assertEquals(List.of(), test(housing(), Tables.housing(ROWS, 5)));
    }

    @Test
    void findsACopyOfTheLabelInOtherWords() {
        Table table = Tables.churn(ROWS, 5);
        boolean[] yes = label(table);
        String[] state = new String[ROWS];
        IntStream.range(0, ROWS).forEach(r -> state[r] = yes[r] ? "closed" : r % 3 == 0 ? "open" : "paused");
        assertOnly(LeakKind.LABEL_COPY, "state", test(churn(), with(table, Tables.texts("state", state))));
    }

    @Test
    void findsANumberThatIsAFunctionOfTheLabel() {
        Table table = Tables.housing(ROWS, 5);
        Column.Doubles value = (Column.Doubles) table.column("value").orElseThrow();
        Double[] thousands =
                Arrays.stream(value.values()).mapToObj(v -> v / 1000 - 7).toArray(Double[]::new);
        assertOnly(
                LeakKind.LABEL_COPY, "thousands", test(housing(), with(table, Tables.doubles("thousands", thousands))));
    }

    @Test
    void findsAnInputThatOnlyExistsAfterTheEvent() {
        Table table = Tables.churn(ROWS, 5);
        boolean[] yes = label(table);
        Double[] refund = new Double[ROWS];
        SplittableRandom random = new SplittableRandom(1);
        IntStream.range(0, ROWS).forEach(r -> refund[r] = yes[r] ? 1 + random.nextDouble() : null);
        assertOnly(LeakKind.SEPARATION, "refund", test(churn(), with(table, Tables.doubles("refund", refund))));
    }

    @Test
    void findsAnInputThatSeparatesInNoDirection() {
        Table table = Tables.churn(ROWS, 5);
        boolean[] yes = label(table);
        Double[] distance = new Double[ROWS];
        SplittableRandom random = new SplittableRandom(1);
        IntStream.range(0, ROWS)
                .forEach(r -> distance[r] = yes[r] ? random.nextDouble() : (r % 2 == 0 ? -1 : 2) + random.nextDouble());
        assertOnly(LeakKind.SEPARATION, "distance", test(churn(), with(table, Tables.doubles("distance", distance))));
    }

    @Test
    void findsANoisyCopyOfANumber() {
        Table table = Tables.housing(ROWS, 5);
        Column.Doubles value = (Column.Doubles) table.column("value").orElseThrow();
        SplittableRandom random = new SplittableRandom(1);
        Double[] offer = Arrays.stream(value.values())
                .mapToObj(v -> v * (1 + random.nextDouble() / 50))
                .toArray(Double[]::new);
        assertOnly(LeakKind.SEPARATION, "offer", test(housing(), with(table, Tables.doubles("offer", offer))));
    }

    @Test
    void findsRowNumbers() {
        Table table = Tables.churn(ROWS, 5);
        long[] number =
                Arrays.stream(new Draws(1).sample(ROWS, ROWS)).asLongStream().toArray();
        assertOnly(
                LeakKind.ID, "contract_number", test(churn(), with(table, Tables.integers("contract_number", number))));
    }

    @Test
    void findsTextThatNamesRows() {
        Table table = Tables.churn(ROWS, 5);
        String[] iban =
                IntStream.range(0, ROWS).mapToObj(r -> "NL" + Draws.mix(r)).toArray(String[]::new);
        assertOnly(LeakKind.ID, "iban", test(churn(), with(table, Tables.texts("iban", iban))));
    }

    @Test
    void findsASecondNameOfAnEntityWithSeveralRows() {
        Table table = customers(200, 10, false);
        String[] name =
                IntStream.range(0, table.rows()).mapToObj(r -> "c" + r / 10).toArray(String[]::new);
        Relation.Model model = Tables.model("id", "status", "decision-tree");
        assertOnly(LeakKind.ID, "name", test(model, with(table, Tables.texts("name", name))));
    }

    @Test
    void findsEntitiesOnBothSidesOfARandomSplit() {
        Relation.Model model = Tables.with(
                Tables.model("id", "status", "decision-tree"),
                List.of(),
                new Relation.Split(Relation.SplitBy.RANDOM, 0.3));
        List<Suspicion> found = test(model, customers(200, 10, false));
        assertEquals(
                List.of(LeakKind.SHARED_ENTITIES),
                found.stream().map(Suspicion::kind).toList());
        assertTrue(found.getFirst().cure().contains("@split entity 0.3"), found::toString);
    }

    @Test
    void findsOneThingUnderTwoIds() {
        Relation.Model model = Tables.model("id", "status", "decision-tree");
        assertEquals(List.of(), test(model, customers(400, 5, false)));
        List<Suspicion> found = test(model, customers(400, 5, true));
        assertEquals(
                List.of(LeakKind.DUPLICATES),
                found.stream().map(Suspicion::kind).toList());
        assertTrue(found.getFirst().evidence().contains("income, age, town"), found::toString);
    }

    @Test
    void findsRowsThatStandInTheTableTwice() {
        Table once = Tables.churn(ROWS, 5);
        int[] twice = IntStream.range(0, ROWS + ROWS / 4).map(r -> r % ROWS).toArray();
        Table table = Tables.pick(once, twice);
        String[] ids = IntStream.range(0, twice.length).mapToObj(r -> "id" + r).toArray(String[]::new);
        List<Column> columns = new ArrayList<>(table.columns());
        columns.set(0, Tables.texts("customer_id", ids));
        List<Suspicion> found = test(churn(), new Table(columns, twice.length));
        assertEquals(
                List.of(LeakKind.DUPLICATES),
                found.stream().map(Suspicion::kind).toList());
    }

    @Test
    void fewRowsProveNothing() {
        Table table = Tables.churn(60, 5);
        boolean[] yes = label(table);
        Column lucky = Tables.booleans("lucky", yes);
        assertEquals(List.of(), test(churn(), with(table, lucky)));
    }

    /** Customers with rows each; half of them are others under a new id, if so asked. */
    private static Table customers(int customers, int rowsEach, boolean doubled) {
        SplittableRandom random = new SplittableRandom(3);
        int rows = customers * rowsEach;
        long[] id = new long[rows];
        Double[] income = new Double[rows];
        long[] age = new long[rows];
        String[] town = new String[rows];
        Double[] amount = new Double[rows];
        String[] label = new String[rows];
        for (int customer = 0; customer < customers; customer++) {
            long person = doubled ? customer / 2 : customer;
            SplittableRandom known = new SplittableRandom(person);
            double earns = 1000 * known.nextInt(300);
            long years = 20 + known.nextInt(50);
            String lives = "town " + known.nextInt(30);
            for (int i = 0; i < rowsEach; i++) {
                int row = customer * rowsEach + i;
                id[row] = customer;
                income[row] = earns;
                age[row] = years;
                town[row] = lives;
                amount[row] = random.nextDouble();
                label[row] = random.nextDouble() < 0.3 ? "bad" : "good";
            }
        }
        return Tables.of(
                Tables.integers("id", id),
                Tables.doubles("income", income),
                Tables.integers("age", age),
                Tables.texts("town", town),
                Tables.doubles("amount", amount),
                Tables.texts("status", label));
    }
}
