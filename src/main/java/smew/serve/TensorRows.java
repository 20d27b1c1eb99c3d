package smew.serve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import smew.base.Fault;
import smew.base.SmewException;
import smew.model.Card;
import tools.jackson.databind.JsonNode;

/**
 * Rows from the tensors of the Open Inference Protocol: one for each input, of shape [rows] or [rows, 1]; or one for all inputs in
 * the order of the card, of shape [rows, inputs]. Data may be flat or nested.
 *
 * @param rows by input name, for the model to check
 */
record TensorRows(List<Map<String, @Nullable Object>> rows) {

    /**
     * Reads the inputs of a request.
     *
     * @param limit how many rows there may be
     * @throws SmewException USAGE where the request is malformed, DATA where shapes do not fit, TOO_LARGE beyond the limit
     */
    static TensorRows read(JsonNode body, Card card, int limit) {
        JsonNode inputs = body.get("inputs");
        if (inputs == null || !inputs.isArray() || inputs.isEmpty()) {
            throw new SmewException(
                    Fault.USAGE,
                    "Reading the body: expected {\"inputs\":[…]}, an array of tensors with name, shape, datatype and data.");
        }
        List<String> names = card.inputs().stream().map(Card.Input::name).toList();
        Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
        int count = -1;
        for (JsonNode tensor : inputs) {
            String name = tensor.path("name").asString("");
            List<Integer> shape = shape(tensor, name);
            List<@Nullable Object> data = data(tensor, name, shape, limit);
            int width = shape.size() < 2 ? 1 : shape.get(1);
            if (count >= 0 && count != shape.getFirst()) {
                throw shapes(name, "has " + shape.getFirst() + " rows, expected " + count + " as the tensors before");
            }
            count = shape.getFirst();
            if (columns.containsKey(name)) {
                throw shapes(name, "comes twice, expected each input once");
            }
            if (width == 1 && (names.size() == 1 || names.contains(name))) {
                columns.put(names.contains(name) ? name : names.getFirst(), data);
            } else if (width == names.size() && inputs.size() == 1) {
                for (int i = 0; i < width; i++) {
                    columns.put(names.get(i), every(data, i, width));
                }
            } else if (width > 1) {
                throw shapes(
                        name,
                        "has shape " + shape + ", expected [rows] for one input, or [rows, " + names.size()
                                + "] as the only tensor");
            }
        }
        return new TensorRows(rows(columns, count));
    }

    private static List<Map<String, @Nullable Object>> rows(Map<String, List<@Nullable Object>> columns, int count) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            Map<String, @Nullable Object> values = new HashMap<>();
            for (Map.Entry<String, List<@Nullable Object>> column : columns.entrySet()) {
                values.put(column.getKey(), column.getValue().get(row));
            }
            rows.add(values);
        }
        return rows;
    }

    private static List<@Nullable Object> every(List<@Nullable Object> data, int from, int step) {
        List<@Nullable Object> column = new ArrayList<>(data.size() / step);
        for (int at = from; at < data.size(); at += step) {
            column.add(data.get(at));
        }
        return column;
    }

    private static List<Integer> shape(JsonNode tensor, String name) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode size : tensor.path("shape")) {
            if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 1) {
                throw shapes(
                        name,
                        "has a size of " + Text.shown(size.toString())
                                + " in its shape, expected whole numbers from 1");
            }
            shape.add(size.intValue());
        }
        if (shape.isEmpty() || shape.size() > 2) {
            throw shapes(name, "has a shape of " + shape.size() + " sizes, expected [rows] or [rows, inputs]");
        }
        return shape;
    }

    private static List<@Nullable Object> data(JsonNode tensor, String name, List<Integer> shape, int limit) {
        if (shape.getFirst() > limit) {
            throw new SmewException(
                    Fault.TOO_LARGE,
                    "Reading tensor " + Text.shown(name) + ": found " + shape.getFirst()
                            + " rows, and the limit of this" + " server is " + limit
                            + ". Send them in several requests.");
        }
        List<@Nullable Object> data = new ArrayList<>();
        flatten(tensor.path("data"), Datatype.of(tensor.path("datatype"), name), name, data);
        long expected = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (data.size() != expected) {
            throw shapes(name, "holds " + data.size() + " values, expected " + expected + " for its shape " + shape);
        }
        return data;
    }

    private static void flatten(JsonNode node, Datatype type, String name, List<@Nullable Object> data) {
        for (JsonNode value : node) {
            if (value.isArray()) {
                flatten(value, type, name, data);
            } else if (value.isNull()) {
                data.add(null);
            } else if (type.holds(value)) {
                data.add(scalar(value));
            } else {
                throw shapes(name, "holds " + Text.shown(value.toString()) + ", which is no " + type);
            }
        }
    }

    private static Object scalar(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isIntegralNumber() && value.canConvertToLong()
                ? (Number) value.longValue()
                : (Number) JsonBody.number(value);
    }

    /** What a tensor may hold, as the protocol names it. */
    private enum Datatype {
        BOOL,
        UINT8,
        UINT16,
        UINT32,
        UINT64,
        INT8,
        INT16,
        INT32,
        INT64,
        FP16,
        FP32,
        FP64,
        BYTES;

        private static final Map<String, Datatype> BY_NAME =
                Arrays.stream(values()).collect(Collectors.toMap(Datatype::name, type -> type));

        static Datatype of(JsonNode named, String tensor) {
            Datatype known = named.isString() ? BY_NAME.get(named.stringValue()) : null;
            if (known == null) {
                throw shapes(
                        tensor,
                        "has the datatype " + (named.isMissingNode() ? "none" : Text.shown(named.toString()))
                                + ", expected one of "
                                + Arrays.stream(values()).map(Datatype::name).collect(Collectors.joining(", ")));
            }
            return known;
        }

        boolean holds(JsonNode value) {
            return switch (this) {
                case BOOL -> value.isBoolean();
                case BYTES -> value.isValueNode();
                case FP16, FP32, FP64 -> value.isNumber() && !Double.isNaN(JsonBody.number(value));
                case UINT8 -> isWhole(value, 8, false);
                case UINT16 -> isWhole(value, 16, false);
                case UINT32 -> isWhole(value, 32, false);
                case UINT64 -> isWhole(value, 64, false);
                case INT8 -> isWhole(value, 7, true);
                case INT16 -> isWhole(value, 15, true);
                case INT32 -> isWhole(value, 31, true);
                case INT64 -> isWhole(value, 63, true);
            };
        }

        /** Whether it is a whole number of so many bits beside a sign. */
        private static boolean isWhole(JsonNode value, int bits, boolean signed) {
            return value.isIntegralNumber()
                    && value.bigIntegerValue().bitLength() <= bits
                    && (signed || value.bigIntegerValue().signum() >= 0);
        }
    }

    private static SmewException shapes(String name, String found) {
        return new SmewException(Fault.DATA, "Reading tensor " + Text.shown(name) + ": it " + found + ".");
    }
}
