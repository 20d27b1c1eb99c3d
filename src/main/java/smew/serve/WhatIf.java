package smew.serve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.Near;
import smew.base.Problem;
import smew.base.SmewException;
import smew.columns.Column;
import smew.columns.Table;
import smew.model.Card;
import tools.jackson.databind.JsonNode;

/** Predictions for an entity as it might be: its online row with some features changed. Counted, but not logged: nobody acted on it. */
final class WhatIf {

    private WhatIf() {}

    static Answered ofDefaultModel(Call call) {
        return answer(call, call.snapshot().model());
    }

    static Answered ofModel(Call call) {
        return answer(call, call.snapshot().model(call.parameter(0)));
    }

    private static Answered answer(Call call, ServedModel model) {
        JsonNode features = JsonBody.read(call.body().bytes()).get("features");
        if (features == null || !features.isObject()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: expected {\"features\":{…}}, an object of the features to change and their values.");
        }
        Canary.Choice<ServedModel> chosen = Canary.choose(call, model);
        return chosen.named(answer(chosen.call(), chosen.served(), chosen.row(), features));
    }

    private static Answered answer(Call call, ServedModel model, int row, JsonNode features) {
        Table changed = changed(model, model.values().pick(row), features);
        return Predictions.one(call.unlogged(), model.over(changed), 0);
    }

    private static Table changed(ServedModel model, Table row, JsonNode features) {
        Map<String, Card.Input> inputs = new HashMap<>();
        model.card().inputs().forEach(input -> inputs.put(input.name(), input));
        List<Problem> problems = new ArrayList<>();
        Map<String, Column> changed = new HashMap<>();
        for (Map.Entry<String, JsonNode> feature : features.properties()) {
            String name = feature.getKey();
            Card.Input input = inputs.get(name);
            if (input == null) {
                problems.add(new Problem(
                        "feature " + Text.shown(name),
                        "is no input of model " + model.card().name() + "." + Near.hint(name, inputs.keySet())));
                continue;
            }
            Column column = cell(input, feature.getValue());
            if (column == null) {
                problems.add(new Problem(
                        "feature " + name,
                        "holds " + Text.shown(feature.getValue().toString()) + ", expected " + expected(input)
                                + " or null."));
            } else {
                changed.put(name, column);
            }
        }
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.DATA, "Reading features", problems);
        }
        return new Table(
                row.columns().stream()
                        .map(column -> changed.getOrDefault(column.name(), column))
                        .toList(),
                row.rows());
    }

    /** A column of this one value; null where it does not fit. */
    private static @Nullable Column cell(Card.Input input, JsonNode value) {
        BitSet nulls = new BitSet();
        nulls.set(0, value.isNull());
        String name = input.name();
        return switch (input.type()) {
            case NUMBER -> {
                if (value.isIntegralNumber() && value.canConvertToLong()) {
                    yield new Column.Integers(name, new long[] {value.longValue()}, nulls);
                }
                double number = value.isNumber() ? JsonBody.number(value) : value.isNull() ? 0 : Double.NaN;
                yield Double.isNaN(number) ? null : new Column.Doubles(name, new double[] {number}, nulls);
            }
            case BOOLEAN ->
                value.isBoolean() || value.isNull()
                        ? new Column.Booleans(name, new boolean[] {!value.isNull() && value.booleanValue()}, nulls)
                        : null;
            case CATEGORY -> {
                if (value.isNull()) {
                    yield new Column.Texts(name, new int[] {-1}, new String[] {}, nulls);
                }
                yield value.isString()
                        ? new Column.Texts(name, new int[] {0}, new String[] {value.stringValue()}, nulls)
                        : null;
            }
        };
    }

    private static String expected(Card.Input input) {
        return switch (input.type()) {
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case CATEGORY -> "a string";
        };
    }
}
