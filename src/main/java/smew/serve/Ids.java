package smew.serve;

import java.util.ArrayList;
import java.util.List;
import smew.base.Fault;
import smew.base.SmewException;
import smew.online.OnlineTable;
import tools.jackson.databind.JsonNode;

/** Ids as they are written in a path or in JSON. */
final class Ids {

    private Ids() {}

    /**
     * The row of the id at the end of a path.
     *
     * @throws SmewException NOT_FOUND when no entity has it, USAGE when it is malformed
     */
    static int row(Call call, OnlineTable table) {
        return table.find(parts(call, table)).orElseThrow(() -> unknown(call, table));
    }

    static SmewException unknown(Call call, OnlineTable table) {
        return new SmewException(
                Fault.NOT_FOUND,
                "Looking up id '" + Text.shown(Percent.decode(call.rawId())) + "' in " + table.name() + ": release "
                        + call.snapshot().release() + " has no such entity.");
    }

    /** The parts of the id at the end of a path. */
    static List<String> parts(Call call, OnlineTable table) {
        return parts(call.rawId(), table);
    }

    /**
     * The parts of an id in JSON: a number or a string; for a composite key an array of its parts, or a string as in a path.
     *
     * @throws SmewException USAGE when it is malformed
     */
    static List<String> parts(JsonNode id, OnlineTable table) {
        if (!id.isArray()) {
            String text = text(id);
            return table.key().size() == 1 ? List.of(text) : parts(text, table);
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode part : id) {
            parts.add(text(part));
        }
        return parts;
    }

    /** Parts are split before they are decoded, so that %2C is a comma inside a part; a key of one column is never split. */
    private static List<String> parts(String raw, OnlineTable table) {
        if (table.key().size() == 1) {
            return List.of(Percent.decode(raw));
        }
        List<String> parts = new ArrayList<>();
        for (String part : raw.split(",", -1)) {
            parts.add(Percent.decode(part));
        }
        return parts;
    }

    private static String text(JsonNode id) {
        if (id.isString()) {
            return id.stringValue();
        }
        if (id.isNumber() || id.isBoolean()) {
            return id.asString();
        }
        throw new SmewException(
                Fault.USAGE, "Found " + Text.shown(id.toString()) + ", expected an id: a number or a string.");
    }
}
