package smew.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import smew.columns.Column;
import smew.columns.Table;
import smew.project.Directive;
import smew.project.ModelDirectives;
import smew.project.Relation;
import smew.project.SqlFile;
import smew.project.SqlFile.DirectiveLine;

/** Generated tables and model definitions for tests. */
final class Tables {

    private Tables() {}

    static Table of(Column... columns) {
        return new Table(List.of(columns), columns[0].rows());
    }

    static Column.Texts texts(String name, String... values) {
        Map<String, Integer> codes = new HashMap<>();
        List<String> dictionary = new ArrayList<>();
        BitSet nulls = new BitSet();
        int[] rows = new int[values.length];
        for (int row = 0; row < rows.length; row++) {
            if (values[row] == null) {
                nulls.set(row);
                rows[row] = -1;
            } else {
                rows[row] = codes.computeIfAbsent(values[row], value -> {
                    dictionary.add(value);
                    return dictionary.size() - 1;
                });
            }
        }
        return new Column.Texts(name, rows, dictionary.toArray(String[]::new), nulls);
    }

    static Column.Doubles doubles(String name, Double... values) {
        BitSet nulls = new BitSet();
        IntStream.range(0, values.length).filter(row -> values[row] == null).forEach(nulls::set);
        return new Column.Doubles(
                name,
                Arrays.stream(values)
                        .mapToDouble(value -> value == null ? 0 : value)
                        .toArray(),
                nulls);
    }

    static Column.Integers integers(String name, long... values) {
        return new Column.Integers(name, values, new BitSet());
    }

    static Column.Booleans booleans(String name, boolean... values) {
        return new Column.Booleans(name, values, new BitSet());
    }

    /** The same rows in another order. */
    static Table shuffled(Table table, long seed) {
        int[] rows = new Draws(seed).sample(table.rows(), table.rows());
        return pick(table, rows);
    }

    /** The same rows, of which each has the label of another one. */
    static Table withNoise(Table table, String label) {
        int[] others = new Draws(11).sample(table.rows(), table.rows());
        return new Table(
                table.columns().stream()
                        .map(column -> column.name().equals(label) ? column.pick(others) : column)
                        .toList(),
                table.rows());
    }

    static Table pick(Table table, int[] rows) {
        return new Table(
                table.columns().stream().map(column -> pick(column, rows)).toList(), rows.length);
    }

    private static Column pick(Column column, int[] rows) {
        BitSet nulls = new BitSet();
        IntStream.range(0, rows.length).filter(r -> column.isNull(rows[r])).forEach(nulls::set);
        return switch (column) {
            case Column.Integers c ->
                new Column.Integers(
                        c.name(),
                        Arrays.stream(rows).mapToLong(r -> c.values()[r]).toArray(),
                        nulls);
            case Column.Doubles c ->
                new Column.Doubles(
                        c.name(),
                        Arrays.stream(rows).mapToDouble(r -> c.values()[r]).toArray(),
                        nulls);
            case Column.Booleans c -> {
                boolean[] values = new boolean[rows.length];
                IntStream.range(0, rows.length).forEach(r -> values[r] = c.values()[rows[r]]);
                yield new Column.Booleans(c.name(), values, nulls);
            }
            case Column.Texts c ->
                texts(
                        c.name(),
                        Arrays.stream(rows)
                                .mapToObj(r -> c.isNull(r) ? null : c.dictionary()[c.codes()[r]])
                                .toArray(String[]::new));
            case Column.Dates c ->
                new Column.Dates(
                        c.name(), Arrays.stream(rows).map(r -> c.epochDays()[r]).toArray(), nulls);
            case Column.Timestamps c ->
                new Column.Timestamps(
                        c.name(),
                        Arrays.stream(rows).mapToLong(r -> c.epochMicros()[r]).toArray(),
                        c.utc(),
                        nulls);
        };
    }

    /** Customers with a string id, categories, blanks and a Yes/No label, a quarter of them Yes. */
    static Table churn(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] id = new String[rows];
        String[] contract = new String[rows];
        String[] payment = new String[rows];
        Double[] charges = new Double[rows];
        long[] tenure = new long[rows];
        boolean[] senior = new boolean[rows];
        String[] churn = new String[rows];
        for (int row = 0; row < rows; row++) {
            id[row] = String.format(Locale.ROOT, "%04d-CUST", row);
            contract[row] = List.of("Month-to-month", "One year", "Two year").get(random.nextInt(3));
            payment[row] = random.nextInt(20) == 0
                    ? null
                    : List.of("Check", "Card", "Transfer").get(random.nextInt(3));
            tenure[row] = random.nextInt(72);
            charges[row] = tenure[row] == 0 ? null : 20 + random.nextDouble() * 100;
            senior[row] = random.nextInt(6) == 0;
            double risk = (contract[row].startsWith("Month") ? 1.8 : -0.5)
                    - tenure[row] / 30.0
                    + (senior[row] ? 0.5 : 0)
                    + random.nextGaussian() * 0.5;
            churn[row] = risk > 0.4 ? "Yes" : "No";
        }
        return of(
                texts("customer_id", id),
                texts("contract", contract),
                texts("payment", payment),
                doubles("charges", charges),
                integers("tenure", tenure),
                booleans("senior", senior),
                texts("churn", churn));
    }

    /** Customers of whom exactly so many have each label. */
    static Table churn(int yes, int no, long seed) {
        Table table = churn(6 * (yes + no), seed);
        Column.Texts label = (Column.Texts) table.column("churn").orElseThrow();
        int[] left = {yes, no};
        return pick(
                table,
                IntStream.range(0, table.rows())
                        .filter(row -> left[label.dictionary()[label.codes()[row]].equals("Yes") ? 0 : 1]-- > 0)
                        .toArray());
    }

    /** Districts with a number to predict, missing rooms and one category. */
    static Table housing(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] id = new long[rows];
        Double[] income = new Double[rows];
        Double[] rooms = new Double[rows];
        String[] ocean = new String[rows];
        Double[] value = new Double[rows];
        for (int row = 0; row < rows; row++) {
            id[row] = row;
            income[row] = 1 + random.nextDouble() * 9;
            rooms[row] = random.nextInt(15) == 0 ? null : 2 + random.nextDouble() * 5;
            ocean[row] = List.of("INLAND", "NEAR BAY", "<1H OCEAN").get(random.nextInt(3));
            value[row] =
                    40_000 * income[row] + (ocean[row].equals("INLAND") ? 0 : 90_000) + random.nextGaussian() * 10_000;
        }
        return of(
                integers("id", id),
                doubles("income", income),
                doubles("rooms", rooms),
                texts("ocean", ocean),
                doubles("value", value));
    }

    /** A definition with one directive per line, the algorithm on line 3. */
    static Relation.Model model(String entity, String label, String algorithm, String... parameters) {
        Map<String, String> values = new java.util.LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put(parameters[i], parameters[i + 1]);
        }
        SqlFile file = new SqlFile(
                "it",
                "sql/models/it.sql",
                "SELECT 1",
                "",
                List.of(
                        new SqlFile.DirectiveLine(Directive.LABEL, label, 2),
                        new SqlFile.DirectiveLine(Directive.ALGORITHM, algorithm, 3)),
                List.of(),
                "0".repeat(64));
        return new Relation.Model(
                file,
                List.of(entity),
                List.of(),
                label,
                Optional.empty(),
                Optional.empty(),
                new Relation.Algorithm(algorithm, values),
                Optional.empty(),
                Relation.Resample.NONE,
                Relation.Missing.MEDIAN,
                42,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * A model as its file has it: the label on line 1, the entity on line 2, then a directive on each line.
     *
     * @param directives key, value, key, value …
     */
    static Relation.Model declared(String label, String... directives) {
        List<DirectiveLine> lines = new ArrayList<>();
        lines.add(new DirectiveLine(Directive.LABEL, label, 1));
        lines.add(new DirectiveLine(Directive.ENTITY, label.equals("churn") ? "customer_id" : "id", 2));
        for (int i = 0; i < directives.length; i += 2) {
            lines.add(new DirectiveLine(
                    Directive.valueOf(directives[i].toUpperCase(Locale.ROOT)), directives[i + 1], 3 + i / 2));
        }
        return ModelDirectives.read(new SqlFile("m", "sql/models/m.sql", "", "", lines, List.of(), "0".repeat(64)));
    }

    static Relation.Model with(Relation.Model model, Relation.Resample resample) {
        return new Relation.Model(
                model.file(),
                model.entity(),
                model.time(),
                model.label(),
                model.task(),
                model.positive(),
                model.algorithm(),
                model.split(),
                resample,
                model.missing(),
                model.seed(),
                model.calibrate(),
                model.threshold());
    }

    static Relation.Model with(Relation.Model model, Relation.Missing missing) {
        return new Relation.Model(
                model.file(),
                model.entity(),
                model.time(),
                model.label(),
                model.task(),
                model.positive(),
                model.algorithm(),
                model.split(),
                model.resample(),
                missing,
                model.seed(),
                model.calibrate(),
                model.threshold());
    }

    static Relation.Model with(Relation.Model model, List<String> time, Relation.Split split) {
        return new Relation.Model(
                model.file(),
                model.entity(),
                time,
                model.label(),
                model.task(),
                model.positive(),
                model.algorithm(),
                Optional.of(split),
                model.resample(),
                model.missing(),
                model.seed(),
                model.calibrate(),
                model.threshold());
    }
}
