package smew.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import smew.base.Fault;
import smew.base.Problem;
import smew.base.SmewException;

/** How the columns of a table that exists differ from those it would get. Order does not matter, nor does upper or lower case. */
final class Differences {

    private Differences() {}

    static Optional<Problem> of(String table, List<ColumnTypes.Column> found, List<ColumnTypes.Column> wanted) {
        Map<String, String> there = byName(found);
        Map<String, String> here = byName(wanted);
        List<String> differences = new ArrayList<>();
        here.forEach((name, type) -> {
            String old = there.get(name);
            if (old == null) {
                differences.add(name + " (" + type + ") is missing there");
            } else if (!old.equalsIgnoreCase(type)) {
                differences.add(name + " is " + old + " there and " + type + " in the release");
            }
        });
        there.forEach((name, type) -> {
            if (!here.containsKey(name)) {
                differences.add(name + " (" + type + ") is there only");
            }
        });
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(
                        table,
                        "the table exists with other columns: " + String.join(", ", differences)
                                + ". Give --replace to make it anew with those of the release."));
    }

    /** @throws SmewException GATE where there are any */
    static void refuse(String destination, List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw SmewException.of(Fault.GATE, "Publishing to " + destination, problems);
        }
    }

    private static Map<String, String> byName(List<ColumnTypes.Column> columns) {
        Map<String, String> types = new LinkedHashMap<>();
        columns.forEach(column -> types.put(column.name().toLowerCase(Locale.ROOT), column.type()));
        return types;
    }
}
